package io.nas4j.space;

import static io.nas4j.space.Require.require;

import io.nas4j.operation.Operation;
import io.nas4j.operation.Operations;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An expression of the grammar: a network, or, when it holds {@link Choice} or {@link Subset}, a
 * space of networks.
 *
 * <p>A value (a feature map {@code [batch, channels, height, width]} or rows {@code [batch,
 * features]}) flows into every node and another one comes out. Nodes are immutable; the factories
 * of {@link Grammar} write them down briefly.
 */
public sealed interface Node {

    /** How several values become one. */
    enum Merge {
        /** Element-wise sum; {@code none} branches contribute zero. */
        SUM,
        /** Element-wise mean over the branches that are not {@code none}. */
        MEAN,
        /** Concatenation of channels; smaller maps are padded with zeros at the lower right. */
        CONCAT,
        /** The last value. */
        LAST,
        /** In a {@link Cell}: concatenation of the vertices that no other vertex reads. */
        LOOSE_ENDS
    }

    /**
     * A leaf: one operation.
     *
     * @param operation one of {@link Operations}, or one of your own
     * @param args its integer arguments; those left out are inherited from an enclosing {@code
     *     with}, or have their standard values
     */
    record Op(Operation operation, Map<String, Integer> args) implements Node {
        public Op {
            SortedMap<String, Integer> sorted = new TreeMap<>(args);
            args = java.util.Collections.unmodifiableSortedMap(sorted);
            operation.check(args);
        }

        /**
         * An operation of the catalogue.
         *
         * @param name one of {@link Operations#names()}
         * @param args its integer arguments
         */
        public Op(String name, Map<String, Integer> args) {
            this(Operations.of(name), args);
        }

        /**
         * What the operation is called.
         *
         * @return its name
         */
        public String name() {
            return operation.name();
        }

        /**
         * The same operation with other arguments.
         *
         * @param newArgs instead of all that it has
         * @return a copy
         */
        public Op with(Map<String, Integer> newArgs) {
            return new Op(operation, newArgs);
        }

        /**
         * The name as papers print it, for example {@code sep_conv_3x3}.
         *
         * @return a label without spaces
         */
        public String label() {
            String name = name();
            if (args.isEmpty()) {
                return name;
            }
            if (args.size() == 1 && args.containsKey("kernel")) {
                return name + "_" + args.get("kernel") + "x" + args.get("kernel");
            }
            return args.entrySet().stream()
                    .map(e -> e.getKey() + "=" + e.getValue())
                    .collect(Collectors.joining(",", name + "(", ")"));
        }

        @Override
        public String toString() {
            return label();
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.op(this);
        }
    }

    /**
     * A value inside the enclosing cell; what flows in is dropped.
     *
     * @param index cell inputs come first, then the vertices in order; from 0
     */
    record Input(int index) implements Node {
        public Input {
            require(index >= 0, "an input's index must be at least 0, but was %d.", index);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.input(this);
        }
    }

    /**
     * Steps one after the other. A {@link Cell} with k inputs reads the last k values of the chain
     * (the first one again where there are fewer).
     *
     * @param steps at least one
     */
    record Chain(List<Node> steps) implements Node {
        public Chain {
            steps = List.copyOf(steps);
            require(!steps.isEmpty(), "a chain must have at least one step, but had 0.");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.chain(this);
        }
    }

    /**
     * Branches that read the same value, merged.
     *
     * @param merge how the outputs become one
     * @param branches at least one
     */
    record Join(Merge merge, List<Node> branches) implements Node {
        public Join {
            branches = List.copyOf(branches);
            require(!branches.isEmpty(), "a join must have at least one branch, but had 0.");
            require(
                    merge != Merge.LOOSE_ENDS,
                    "a join cannot merge LOOSE_ENDS, only a cell can. Try CONCAT.");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.join(this);
        }
    }

    /**
     * A directed acyclic graph: vertex i reads {@code Input(0 .. inputs+i-1)}.
     *
     * <p>A cell with two or more inputs first brings each to the cell's channels and to the
     * smallest resolution among them (ReLU, 1×1 convolution, batch normalisation; or a factorized
     * reduce). The enclosing stride applies to the first operation behind each cell input.
     *
     * @param inputs how many values the cell reads, from 1 to 1,000
     * @param vertices at least one
     * @param output how the vertices become the cell's value
     */
    record Cell(int inputs, List<Node> vertices, Merge output) implements Node {
        private static final int MOST_INPUTS = 1_000;

        public Cell {
            vertices = List.copyOf(vertices);
            require(
                    inputs >= 1 && inputs <= MOST_INPUTS,
                    "a cell must have from 1 to %d inputs, but had %d.",
                    MOST_INPUTS,
                    inputs);
            require(!vertices.isEmpty(), "a cell must have at least one vertex, but had 0.");
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.cell(this);
        }
    }

    /**
     * A hole: one of several.
     *
     * @param name what is decided, without slashes
     * @param options at least one
     */
    record Choice(String name, List<Node> options) implements Node {
        public Choice {
            options = List.copyOf(options);
            requireName(name);
            require(
                    !options.isEmpty(),
                    "choice \"%s\" must have at least one option, but had 0 (an empty space). Try"
                            + " adding operations.",
                    name);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.choice(this);
        }
    }

    /**
     * A hole: {@code picks} distinct of several, merged.
     *
     * @param name what is decided, without slashes
     * @param picks how many, from 1 to the number of options
     * @param merge how the picked outputs become one
     * @param options at least one
     */
    record Subset(String name, int picks, Merge merge, List<Node> options) implements Node {
        public Subset {
            options = List.copyOf(options);
            requireName(name);
            require(
                    picks >= 1 && picks <= options.size(),
                    "subset \"%s\" must pick from 1 to %d options, but picks were %d.",
                    name,
                    options.size(),
                    picks);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.subset(this);
        }
    }

    /**
     * A shared definition: decided once, built at each place with weights of its own.
     *
     * @param name a key of {@link SearchSpace#shared()}
     */
    record Ref(String name) implements Node {
        public Ref {
            requireName(name);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.ref(this);
        }
    }

    /**
     * Calls the method of {@code visitor} that fits this node.
     *
     * @param visitor one method a kind of node
     * @param <R> what the visitor makes of a node
     * @return the visitor's answer
     */
    <R> R accept(Visitor<R> visitor);

    /**
     * One method for each kind of node.
     *
     * @param <R> what it makes of a node
     */
    interface Visitor<R> {
        /**
         * An operation.
         *
         * @param op the node
         * @return what it is worth to the visitor
         */
        R op(Op op);

        /**
         * A value inside a cell.
         *
         * @param input the node
         * @return what it is worth to the visitor
         */
        R input(Input input);

        /**
         * Steps in a row.
         *
         * @param chain the node
         * @return what it is worth to the visitor
         */
        R chain(Chain chain);

        /**
         * Branches of one input.
         *
         * @param join the node
         * @return what it is worth to the visitor
         */
        R join(Join join);

        /**
         * A graph of vertices.
         *
         * @param cell the node
         * @return what it is worth to the visitor
         */
        R cell(Cell cell);

        /**
         * A hole: one of several.
         *
         * @param choice the node
         * @return what it is worth to the visitor
         */
        R choice(Choice choice);

        /**
         * A hole: several of several.
         *
         * @param subset the node
         * @return what it is worth to the visitor
         */
        R subset(Subset subset);

        /**
         * A shared definition.
         *
         * @param ref the node
         * @return what it is worth to the visitor
         */
        R ref(Ref ref);
    }

    private static void requireName(String name) {
        require(
                !name.isBlank() && name.indexOf('/') < 0,
                "a name must not be blank and must not contain '/', but was \"%s\".",
                name);
    }
}
