package io.nas4j.space;

import io.nas4j.operation.Operations;
import java.util.List;
import java.util.stream.Collectors;

/** Short texts for nodes: what a table or an edge of a diagram shows. */
final class Labels implements Node.Visitor<String> {

    private static final Labels INSTANCE = new Labels();

    private Labels() {}

    static String of(Node node) {
        return node.accept(INSTANCE);
    }

    @Override
    public String op(Node.Op op) {
        if (op.operation().equals(Operations.WITH)) {
            return op.args().entrySet().stream()
                    .map(e -> e.getKey() + "=" + e.getValue())
                    .collect(Collectors.joining(","));
        }
        return op.label();
    }

    @Override
    public String input(Node.Input input) {
        return "input " + input.index();
    }

    @Override
    public String chain(Node.Chain chain) {
        return joined(chain.steps(), " > ");
    }

    @Override
    public String join(Node.Join join) {
        return joined(join.branches(), " | ");
    }

    @Override
    public String cell(Node.Cell cell) {
        return "cell of " + cell.vertices().size();
    }

    @Override
    public String choice(Node.Choice choice) {
        return choice.name();
    }

    @Override
    public String subset(Node.Subset subset) {
        return subset.name();
    }

    @Override
    public String ref(Node.Ref ref) {
        return ref.name();
    }

    private static String joined(List<Node> nodes, String separator) {
        return nodes.stream().map(Labels::of).collect(Collectors.joining(separator));
    }
}
