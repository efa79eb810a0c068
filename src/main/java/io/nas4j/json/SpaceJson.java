package io.nas4j.json;

import static io.nas4j.space.Require.require;

import io.nas4j.operation.GraphOperations;
import io.nas4j.operation.Operation;
import io.nas4j.operation.Operations;
import io.nas4j.space.Architecture;
import io.nas4j.space.Constraint;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Spaces as node trees, architectures as answers. */
final class SpaceJson {

    private SpaceJson() {}

    static void write(Writer out, SearchSpace space) {
        out.field("name", space.name());
        out.object("root", () -> write(out, space.root()));
        out.object(
                "shared",
                () ->
                        space.shared()
                                .forEach((name, node) -> out.object(name, () -> write(out, node))));
        if (!space.constraints().isEmpty()) {
            out.objects("where", space.constraints(), c -> out.field("constraint", c.name()));
        }
    }

    /**
     * A space. Of its constraints it has the names only.
     *
     * @param own the operations in it that are not of the catalogue
     */
    static SearchSpace space(Fields in, Collection<Operation> own) {
        NodeReader reader = new NodeReader(own);
        Map<String, Node> shared = new LinkedHashMap<>();
        Fields definitions = in.object("shared");
        for (String name : definitions.names()) {
            shared.put(name, reader.node(definitions.object(name)));
        }
        SearchSpace space = SearchSpace.of(in.text("name"), reader.node(in.object("root")), shared);
        return in.has("where")
                ? space.where(
                        in.objects("where").stream()
                                .map(constraint -> Constraint.named(constraint.text("constraint")))
                                .toArray(Constraint[]::new))
                : space;
    }

    static void write(Writer out, Walk walk) {
        List<Integer> choices = walk.architecture().choices();
        out.field("space", walk.architecture().space()).integers("choices", choices);
        out.object(
                "decisions",
                () -> {
                    for (int i = 0; i < choices.size(); i++) {
                        out.field(walk.decisions().get(i).id(), choices.get(i));
                    }
                });
    }

    /**
     * By decision, where these are given: an architecture then survives a reordered grammar. The
     * list alone is enough, too; both must agree.
     */
    static Architecture architecture(SearchSpace space, Fields in) {
        require(
                in.text("space").equals(space.name()),
                "an architecture of space \"%s\" was expected, but it is of \"%s\".",
                space.name(),
                in.text("space"));
        if (!in.has("decisions")) {
            return listed(space, in);
        }
        Fields answers = in.object("decisions");
        List<String> met = new ArrayList<>();
        Architecture architecture =
                space.choose(
                        decision -> {
                            met.add(decision.id());
                            return answers.integer(decision.id());
                        });
        require(
                met.size() == answers.names().size(),
                "decisions must be those that the answers reach (%s), but were %s.",
                met,
                answers.names());
        require(
                !in.has("choices") || in.integers("choices").equals(architecture.choices()),
                "choices and decisions must agree, but were %s and %s.",
                in,
                architecture.choices());
        return architecture;
    }

    /** The short form inside of trials, whose space is known. */
    static Architecture listed(SearchSpace space, Fields in) {
        Architecture architecture = new Architecture(space.name(), in.integers("choices"));
        space.check(architecture);
        return architecture;
    }

    private static void write(Writer out, Node node) {
        node.accept(new NodeWriter(out));
    }

    private record NodeReader(Collection<Operation> own) {
        Node node(Fields in) {
            if (in.has("op")) {
                Map<String, Integer> args = new LinkedHashMap<>();
                if (in.has("args")) {
                    Fields given = in.object("args");
                    given.names().forEach(name -> args.put(name, given.integer(name)));
                }
                return new Node.Op(operation(in.text("op")), args);
            }
            if (in.has("input")) {
                return new Node.Input(in.integer("input"));
            }
            if (in.has("chain")) {
                return new Node.Chain(nodes(in, "chain"));
            }
            if (in.has("join")) {
                return new Node.Join(merge(in, "join"), nodes(in, "branches"));
            }
            if (in.has("cell")) {
                return new Node.Cell(
                        in.integer("inputs"), nodes(in, "vertices"), merge(in, "cell"));
            }
            if (in.has("choice")) {
                return new Node.Choice(in.text("choice"), nodes(in, "options"));
            }
            if (in.has("subset")) {
                return new Node.Subset(
                        in.text("subset"),
                        in.integer("picks"),
                        merge(in, "merge"),
                        nodes(in, "options"));
            }
            require(
                    in.has("ref"),
                    "a node must have one of op, input, chain, join, cell, choice, subset or ref, but"
                            + " has %s.",
                    in.names());
            return new Node.Ref(in.text("ref"));
        }

        private List<Node> nodes(Fields in, String name) {
            return in.objects(name).stream().map(this::node).toList();
        }

        private Merge merge(Fields in, String name) {
            for (Merge merge : Merge.values()) {
                if (merge.name().equals(in.text(name))) {
                    return merge;
                }
            }
            throw new IllegalArgumentException(
                    "field \""
                            + name
                            + "\" must be one of "
                            + List.of(Merge.values())
                            + ", but was "
                            + in.text(name)
                            + ".");
        }

        private Operation operation(String name) {
            return own.stream()
                    .filter(operation -> operation.name().equals(name))
                    .findFirst()
                    .or(() -> Operations.find(name))
                    .or(() -> GraphOperations.find(name))
                    .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
        }

        private String unknown(String name) {
            return "unknown operation \""
                    + name
                    + "\": it is neither nas4j's nor among those given ("
                    + String.join(", ", own.stream().map(Operation::name).toList())
                    + "). Try handing over the operation that the space was made with.";
        }
    }

    private record NodeWriter(Writer out) implements Node.Visitor<Writer> {
        @Override
        public Writer op(Node.Op op) {
            out.field("op", op.name());
            return op.args().isEmpty()
                    ? out
                    : out.object("args", () -> op.args().forEach(out::field));
        }

        @Override
        public Writer input(Node.Input input) {
            return out.field("input", input.index());
        }

        @Override
        public Writer chain(Node.Chain chain) {
            return nodes("chain", chain.steps());
        }

        @Override
        public Writer join(Node.Join join) {
            out.field("join", join.merge().name());
            return nodes("branches", join.branches());
        }

        @Override
        public Writer cell(Node.Cell cell) {
            out.field("cell", cell.output().name()).field("inputs", cell.inputs());
            return nodes("vertices", cell.vertices());
        }

        @Override
        public Writer choice(Node.Choice choice) {
            out.field("choice", choice.name());
            return nodes("options", choice.options());
        }

        @Override
        public Writer subset(Node.Subset subset) {
            out.field("subset", subset.name())
                    .field("picks", subset.picks())
                    .field("merge", subset.merge().name());
            return nodes("options", subset.options());
        }

        @Override
        public Writer ref(Node.Ref ref) {
            return out.field("ref", ref.name());
        }

        private Writer nodes(String name, List<Node> nodes) {
            return out.objects(name, nodes, node -> node.accept(this));
        }
    }
}
