package io.nas4j.view;

import io.nas4j.space.Decision;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node beside its decision.
 *
 * @param node the expression
 * @param decision what is open here; present for a choice and a subset
 * @param children in order
 */
record Tree(Node node, Optional<Decision> decision, List<Tree> children) {

    /** The root under the empty name, then each shared definition that is reached. */
    static Map<String, Tree> of(SearchSpace space) {
        Set<String> reached = new LinkedHashSet<>();
        reach(space.root(), space, reached);
        // decisions() lists them pre-order within a definition, definitions in this order
        Iterator<Decision> decisions = space.decisions().iterator();
        Map<String, Tree> trees = new LinkedHashMap<>();
        trees.put("", build(space.root(), decisions));
        reached.forEach(name -> trees.put(name, build(space.shared().get(name), decisions)));
        return trees;
    }

    boolean isOpen() {
        return decision.isPresent() || children.stream().anyMatch(Tree::isOpen);
    }

    boolean readsInput() {
        return node instanceof Node.Input || children.stream().anyMatch(Tree::readsInput);
    }

    boolean isWith() {
        return node instanceof Node.Op op && op.name().equals("with");
    }

    /** A choice between values of arguments. */
    boolean isArgument() {
        return node instanceof Node.Choice && children.stream().allMatch(Tree::isWith);
    }

    private static void reach(Node node, SearchSpace space, Set<String> reached) {
        if (node instanceof Node.Ref ref) {
            if (!reached.contains(ref.name())) {
                reach(space.shared().get(ref.name()), space, reached);
                reached.add(ref.name());
            }
            return;
        }
        parts(node).forEach(part -> reach(part, space, reached));
    }

    private static Tree build(Node node, Iterator<Decision> decisions) {
        boolean hole = node instanceof Node.Choice || node instanceof Node.Subset;
        Optional<Decision> decision = hole ? Optional.of(decisions.next()) : Optional.empty();
        List<Tree> children = new ArrayList<>();
        parts(node).forEach(part -> children.add(build(part, decisions)));
        return new Tree(node, decision, List.copyOf(children));
    }

    private static List<Node> parts(Node node) {
        if (node instanceof Node.Chain chain) {
            return chain.steps();
        }
        if (node instanceof Node.Join join) {
            return join.branches();
        }
        if (node instanceof Node.Cell cell) {
            return cell.vertices();
        }
        if (node instanceof Node.Choice choice) {
            return choice.options();
        }
        return node instanceof Node.Subset subset ? subset.options() : List.of();
    }
}
