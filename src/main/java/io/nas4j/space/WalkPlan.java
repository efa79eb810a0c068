package io.nas4j.space;

import static io.nas4j.space.Require.require;

import io.nas4j.operation.Operation;
import io.nas4j.operation.Operations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node with what never changes between walks: its children, its decision, its position. Built
 * once a space, with every check that a space must pass.
 */
final class WalkPlan {

    /** Of how many answers it is remembered what they pick. */
    private static final int MOST_PICKED = 256;

    final Node node;
    final Decision decision;
    final List<WalkPlan> children;

    /** What a reference names; empty for all else. */
    final Optional<WalkPlan> target;

    /** The decision's place among those of the space, from 0; -1 where there is none. */
    final int hole;

    /** Whether a walk has anything to do below here. */
    final boolean open;

    /** Whether this is a step that sets arguments of those behind it. */
    final boolean with;

    /** Whether a step of this chain may be a cell, which reads what earlier steps have made. */
    final boolean recalls;

    /** How many nodes there are from here on, all options and what references name written out. */
    private final long extent;

    /** What answers pick, each worked out when first asked for; a race does no harm. */
    private final List<Integer>[] picked;

    private WalkPlan(Node node, List<WalkPlan> children) {
        this(node, null, -1, children, Optional.empty());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private WalkPlan(
            Node node,
            Decision decision,
            int hole,
            List<WalkPlan> children,
            Optional<WalkPlan> target) {
        this.target = target;
        this.picked = new List[decision == null ? 0 : Math.min(MOST_PICKED, decision.arity())];
        long sum = 1 + target.map(plan -> plan.extent).orElse(0L);
        for (WalkPlan child : children) {
            sum = Math.min(Long.MAX_VALUE / 2, sum + child.extent);
        }
        this.extent = sum;
        this.node = node;
        this.decision = decision;
        this.hole = hole;
        this.children = children;
        this.with = node instanceof Node.Op op && op.operation().equals(Operations.WITH);
        this.recalls =
                node instanceof Node.Cell
                        || node instanceof Node.Ref
                        || children.stream().anyMatch(child -> child.recalls);
        this.open =
                decision != null
                        || node instanceof Node.Ref
                        || children.stream().anyMatch(child -> child.open);
    }

    /** The options that an answer stands for: {@link Decision#picked}. */
    List<Integer> picked(int answer) {
        if (answer < 0 || answer >= picked.length) {
            return decision.picked(answer);
        }
        List<Integer> known = picked[answer];
        if (known == null) {
            known = decision.picked(answer);
            picked[answer] = known;
        }
        return known;
    }

    /** Adds the decisions from here on whose options hold no decision. */
    void addLeaves(Set<String> ids) {
        if (decision != null && children.stream().noneMatch(child -> child.open)) {
            ids.add(decision.id());
        }
        children.forEach(child -> child.addLeaves(ids));
    }

    /** Adds the decisions from here on, in grammar order. */
    void addDecisions(List<Decision> all) {
        if (decision != null) {
            all.add(decision);
        }
        children.forEach(child -> child.addDecisions(all));
    }

    /** Adds the operations from here on that are not of the catalogue. */
    void addOwn(Set<Operation> own) {
        if (node instanceof Node.Op op && Operations.find(op.name()).isEmpty()) {
            own.add(op.operation());
        }
        children.forEach(child -> child.addOwn(own));
    }

    /** Root first (key ""), then each shared definition that is reached. */
    static Map<String, WalkPlan> of(Node root, Map<String, Node> shared) {
        return new Builder(shared).build(root);
    }

    private static final class Builder implements Node.Visitor<WalkPlan> {
        /** A few definitions that name each other twice stand for more than any machine holds. */
        private static final long LARGEST = 1_000_000;

        /** How deep definitions may nest, those of references in those of others. */
        private static final int DEEPEST = 200;

        /** Stands for any position among names of decisions. */
        private static final String POSITION = "";

        private final Map<String, Node> shared;
        private final Map<String, WalkPlan> plans = new LinkedHashMap<>();
        private final Map<String, Operation> operations = new LinkedHashMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private final Set<String> ids = new HashSet<>();
        private String path = "";

        /** How many values {@link Node.Input} may name here; 0 outside of cells. */
        private int visible;

        private int depth;

        Builder(Map<String, Node> shared) {
            this.shared = shared;
        }

        Map<String, WalkPlan> build(Node root) {
            Map<String, WalkPlan> result = new LinkedHashMap<>();
            WalkPlan whole = root.accept(this);
            require(
                    whole.extent <= LARGEST,
                    "a space must have at most %d nodes, options and references written out, but"
                            + " has %d. Try fewer references to references.",
                    LARGEST,
                    whole.extent);
            result.put("", whole);
            result.putAll(plans);
            return Collections.unmodifiableMap(result);
        }

        @Override
        public WalkPlan op(Node.Op op) {
            Operation known = operations.merge(op.name(), op.operation(), (one, other) -> one);
            require(
                    known.equals(op.operation())
                            && Operations.find(op.name()).orElse(known).equals(known),
                    "operation \"%s\" is defined twice. Try another name for one of the two.",
                    op.name());
            return new WalkPlan(op, List.of());
        }

        @Override
        public WalkPlan input(Node.Input input) {
            require(
                    input.index() < visible,
                    "input %d is not visible here: a vertex sees only the cell's inputs and the"
                            + " vertices before it (%d values).",
                    input.index(),
                    visible);
            return new WalkPlan(input, List.of());
        }

        @Override
        public WalkPlan chain(Node.Chain chain) {
            return new WalkPlan(chain, children(chain.steps(), path));
        }

        @Override
        public WalkPlan join(Node.Join join) {
            return new WalkPlan(join, children(join.branches(), path));
        }

        @Override
        public WalkPlan cell(Node.Cell cell) {
            String outerPath = path;
            int outerVisible = visible;
            List<WalkPlan> vertices = new ArrayList<>();
            deeper();
            for (int i = 0; i < cell.vertices().size(); i++) {
                visible = cell.inputs() + i;
                path = join(outerPath, "v" + visible);
                vertices.add(cell.vertices().get(i).accept(this));
            }
            depth--;
            path = outerPath;
            visible = outerVisible;
            return new WalkPlan(cell, List.copyOf(vertices));
        }

        @Override
        public WalkPlan choice(Node.Choice choice) {
            return hole(choice, choice.name(), 1, choice.options());
        }

        @Override
        public WalkPlan subset(Node.Subset subset) {
            return hole(subset, subset.name(), subset.picks(), subset.options());
        }

        @Override
        public WalkPlan ref(Node.Ref ref) {
            String name = ref.name();
            Node definition = shared.get(name);
            require(
                    definition != null,
                    "reference \"%s\" has no definition. Try one of %s.",
                    name,
                    shared.keySet());
            require(
                    !open.contains(name),
                    "reference \"%s\" is cyclic (%s -> %s). Try a definition that does not contain"
                            + " itself.",
                    name,
                    String.join(" -> ", (Iterable<String>) open::descendingIterator),
                    name);
            if (!plans.containsKey(name)) {
                String outerPath = path;
                int outerVisible = visible;
                path = name;
                visible = 0;
                open.push(name);
                deeper();
                WalkPlan plan = definition.accept(this);
                depth--;
                open.pop();
                path = outerPath;
                visible = outerVisible;
                plans.put(name, plan);
            }
            return new WalkPlan(ref, null, -1, List.of(), Optional.of(plans.get(name)));
        }

        private WalkPlan hole(Node node, String name, int picks, List<Node> options) {
            String outer = path;
            String id = join(path, name);
            int hole = ids.size();
            require(
                    ids.add(id),
                    "two decisions are both called \"%s\". Try different names for the holes.",
                    id);
            List<String> labels = options.stream().map(Labels::of).toList();
            Decision decision = new Decision(id, options.size(), picks, labels);
            require(
                    decision.isCountable(),
                    "a subset has at most %d answers, but \"%s\" picks %d of %d options. Try fewer"
                            + " options.",
                    Integer.MAX_VALUE,
                    id,
                    picks,
                    options.size());
            List<WalkPlan> children = children(options, id);
            path = outer;
            return new WalkPlan(node, decision, hole, children, Optional.empty());
        }

        /** Every level is a call within calls, here and wherever a space is walked. */
        private void deeper() {
            depth++;
            require(
                    depth <= DEEPEST,
                    "a space must nest at most %d deep, references included, but goes deeper. Try"
                            + " one chain of many steps.",
                    DEEPEST);
        }

        /** Positions enter a path only where siblings have decisions of one name. */
        private List<WalkPlan> children(List<Node> nodes, String base) {
            String outer = path;
            deeper();
            List<Set<String>> names = nodes.stream().map(Builder::names).toList();
            Siblings siblings = new Siblings(names);
            List<WalkPlan> result = new ArrayList<>();
            for (int i = 0; i < nodes.size(); i++) {
                path = siblings.confuse(names.get(i)) ? join(base, "" + i) : base;
                result.add(nodes.get(i).accept(this));
            }
            depth--;
            path = outer;
            return List.copyOf(result);
        }

        /** What the decisions of siblings are called, counted. */
        private static final class Siblings {
            private final Map<String, Integer> counts = new HashMap<>();
            private int deciding;

            Siblings(List<Set<String>> names) {
                for (Set<String> own : names) {
                    deciding += own.isEmpty() ? 0 : 1;
                    own.forEach(name -> counts.merge(name, 1, Integer::sum));
                }
            }

            /** Whether a sibling's decisions could be taken for those of one of them. */
            boolean confuse(Set<String> own) {
                return !own.isEmpty()
                        && deciding > 1
                        && (counts.containsKey(POSITION)
                                || own.stream().anyMatch(name -> counts.get(name) > 1));
            }
        }

        /** What the paths of a node's decisions begin with; empty where it has none. */
        private static Set<String> names(Node node) {
            if (node instanceof Node.Choice choice) {
                return Set.of(choice.name());
            }
            if (node instanceof Node.Subset subset) {
                return Set.of(subset.name());
            }
            if (node instanceof Node.Cell cell) {
                boolean decides = cell.vertices().stream().anyMatch(v -> !names(v).isEmpty());
                return decides ? Set.of(POSITION) : Set.of();
            }
            if (node instanceof Node.Chain chain) {
                return names(chain.steps());
            }
            return node instanceof Node.Join join ? names(join.branches()) : Set.of();
        }

        private static Set<String> names(List<Node> parts) {
            List<Set<String>> names = parts.stream().map(Builder::names).toList();
            Set<String> result = new HashSet<>();
            Siblings siblings = new Siblings(names);
            for (Set<String> own : names) {
                result.addAll(siblings.confuse(own) ? Set.of(POSITION) : own);
            }
            return result;
        }

        private static String join(String path, String name) {
            return path.isEmpty() ? name : path + "/" + name;
        }
    }
}
