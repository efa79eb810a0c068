package io.nas4j.space;

import static io.nas4j.space.Require.require;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One walk: asks the chooser for each reachable decision and, if wanted, builds the network. */
final class Walker {

    /** Decisions of a usual space: lists that need not grow. */
    private static final int EXPECTED = 32;

    private final Map<String, WalkPlan> plans;
    private final Chooser chooser;
    private final boolean build;
    final List<WalkPlan> holes = new ArrayList<>(EXPECTED);
    final List<Integer> answers = new ArrayList<>(EXPECTED);
    final Map<String, Node> shared = new LinkedHashMap<>();

    Walker(Map<String, WalkPlan> plans, Chooser chooser, boolean build) {
        this.plans = plans;
        this.chooser = chooser;
        this.build = build;
    }

    Node walk() {
        return walk(plans.get(""));
    }

    List<Decision> decisions() {
        List<Decision> met = new ArrayList<>(holes.size());
        holes.forEach(plan -> met.add(plan.decision));
        return met;
    }

    private Node walk(WalkPlan plan) {
        if (!plan.open) {
            return plan.node;
        }
        if (plan.node instanceof Node.Ref ref) {
            if (!shared.containsKey(ref.name())) {
                Node decided = walk(plan.target.orElseThrow());
                shared.put(ref.name(), decided);
            }
            return ref;
        }
        if (plan.decision != null) {
            return decide(plan);
        }
        if (!build) {
            for (int i = 0; i < plan.children.size(); i++) {
                walk(plan.children.get(i));
            }
            return plan.node;
        }
        List<Node> children = new ArrayList<>(plan.children.size());
        for (WalkPlan child : plan.children) {
            children.add(walk(child));
        }
        return rebuilt(plan.node, children);
    }

    private Node decide(WalkPlan plan) {
        Decision decision = plan.decision;
        int answer = chooser.choose(decision);
        // asked here, so that an answer of a walk that is right leaves no garbage
        if (answer < 0 || answer >= decision.arity()) {
            require(
                    false,
                    "an answer to \"%s\" must be in [0, %d), but was %d.",
                    decision.id(),
                    decision.arity(),
                    answer);
        }
        holes.add(plan);
        answers.add(answer);
        if (decision.picks() == 1) {
            return walk(plan.children.get(answer));
        }
        List<Integer> options = plan.picked(answer);
        List<Node> picked = build ? new ArrayList<>(decision.picks()) : List.of();
        for (int i = 0; i < options.size(); i++) {
            Node option = walk(plan.children.get(options.get(i)));
            if (build) {
                picked.add(option);
            }
        }
        return build ? new Node.Join(((Node.Subset) plan.node).merge(), picked) : plan.node;
    }

    private static Node rebuilt(Node node, List<Node> children) {
        if (node instanceof Node.Chain) {
            return new Node.Chain(children);
        }
        if (node instanceof Node.Join join) {
            return new Node.Join(join.merge(), children);
        }
        Node.Cell cell = (Node.Cell) node;
        return new Node.Cell(cell.inputs(), children, cell.output());
    }
}
