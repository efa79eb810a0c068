package io.nas4j.space;

import java.util.List;
import java.util.Map;

/** Writes shared definitions out where they are used. */
record Inline(Map<String, Node> shared) implements Node.Visitor<Node> {

    static Node of(Node root, Map<String, Node> shared) {
        return root.accept(new Inline(shared));
    }

    @Override
    public Node op(Node.Op op) {
        return op;
    }

    @Override
    public Node input(Node.Input input) {
        return input;
    }

    @Override
    public Node chain(Node.Chain chain) {
        return new Node.Chain(all(chain.steps()));
    }

    @Override
    public Node join(Node.Join join) {
        return new Node.Join(join.merge(), all(join.branches()));
    }

    @Override
    public Node cell(Node.Cell cell) {
        return new Node.Cell(cell.inputs(), all(cell.vertices()), cell.output());
    }

    @Override
    public Node choice(Node.Choice choice) {
        return new Node.Choice(choice.name(), all(choice.options()));
    }

    @Override
    public Node subset(Node.Subset subset) {
        return new Node.Subset(
                subset.name(), subset.picks(), subset.merge(), all(subset.options()));
    }

    @Override
    public Node ref(Node.Ref ref) {
        return shared.get(ref.name()).accept(this);
    }

    private List<Node> all(List<Node> nodes) {
        return nodes.stream().map(node -> node.accept(this)).toList();
    }
}
