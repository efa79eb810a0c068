package io.nas4j.space;

import io.nas4j.operation.Operations;
import io.nas4j.space.Node.Merge;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a network expression means, over any domain of values: the one interpreter behind networks,
 * shapes, counts, fingerprints and diagrams.
 *
 * <p>A subclass says what an operation, a merge and a cell's preparation do to its values; this
 * class knows the flow: which value reaches which node, which arguments an operation inherits,
 * where a cell's stride applies. An instance serves one {@link #run} at a time.
 *
 * @param <V> a value: a symbol, a shape, a hash
 */
public abstract class Flow<V> {

    /** What pays a stride that no operation took. */
    private static final Node.Op SKIP = Grammar.skip();

    private Map<String, WalkPlan> plans;

    /** By {@link WalkPlan#hole}; null where holes stay open. */
    private int[] answers;

    private Scope scope;
    private long signature;
    private CellValues<V> inside = CellValues.none();
    private boolean droppable;
    private Spot place;

    /** Written out only where somebody asks. */
    private record Spot(Spot outer, Object part) {}

    private record Vertex(int index) {
        @Override
        public String toString() {
            return "v" + index;
        }
    }

    /** A value and the stride that the next operation still owes it. */
    private record Signal<V>(V value, int stride) {}

    /**
     * Runs a space or a network.
     *
     * @param space with holes only if {@link #choose} is overridden
     * @param input what flows in
     * @return what flows out
     */
    public final V run(SearchSpace space, V input) {
        return run(space, null, input);
    }

    /**
     * The same as for the architecture's network, but for {@link #place}, and does not build it.
     */
    final V run(SearchSpace space, Architecture architecture, V input) {
        plans = space.plans();
        answers = architecture == null ? null : Replay.byHole(space, architecture);
        scope = space.outermost();
        inside = CellValues.none();
        droppable = false;
        place = null;
        return settle(flow(plans.get(""), new Signal<>(input, 1)));
    }

    /**
     * One operation.
     *
     * @param op all inherited arguments filled in; {@code stride} is present wherever the operation
     *     takes it, {@code channels} is absent where the input's are kept
     * @param input what it reads
     * @return what it makes
     */
    protected abstract V apply(Node.Op op, V input);

    /**
     * Several values become one.
     *
     * @param merge never {@code LAST} nor {@code LOOSE_ENDS}: these are resolved before
     * @param values at least one
     * @return the merged value
     */
    protected abstract V merge(Merge merge, List<V> values);

    /**
     * The inputs of a cell with two or more inputs, brought to one shape.
     *
     * @param inputs two or more
     * @param channels the cell's channels, or 0 when no {@code with} names them
     * @return as many values, of the same channels and resolution
     */
    protected abstract List<V> prepare(List<V> inputs, int channels);

    /**
     * A hole: all options have been run on the same input.
     *
     * @param decision what is open
     * @param merge how several picks merge; {@code SUM} for a choice
     * @param droppable whether the whole is one of several edges that may be left out (an option of
     *     a subset), so that a relaxation needs the weight of "no edge" too
     * @param options one value an option
     * @return the mixed value
     * @throws IllegalStateException unless overridden
     */
    protected V choose(Decision decision, Merge merge, boolean droppable, List<V> options) {
        throw new IllegalStateException(
                "a network has no holes, but \""
                        + decision.id()
                        + "\" is open. Try space.network(..).");
    }

    /**
     * Called before the options of a hole are run; {@link #choose} follows when they have been.
     *
     * @param decision what is open
     * @param options what may fill it
     * @param input what every option would read
     * @return what every option reads
     */
    protected V open(Decision decision, List<Node> options, V input) {
        return input;
    }

    /**
     * Called before a shared definition is built at one place; returns what later is handed to
     * {@link #leave}.
     *
     * @param name of the definition
     */
    protected void enter(String name) {}

    /**
     * Called after a shared definition was built.
     *
     * @param name of the definition
     */
    protected void leave(String name) {}

    /** What brings an input of a cell to the cell's channels where it has its resolution. */
    protected static Node.Op fitting(int channels) {
        return new Node.Op(
                Operations.NOR_CONV, Map.of("channels", channels, "kernel", 1, "stride", 1));
    }

    /** What brings an input of a cell to the cell's channels and halves its resolution. */
    protected static Node.Op halving(int channels) {
        return new Node.Op(Operations.FACTORIZED_REDUCE, Map.of("channels", channels));
    }

    /**
     * Where in the network the interpreter is: unique for every operation, stable between runs.
     *
     * @return a path such as {@code 3/v2/0/1}
     */
    protected final String place() {
        StringBuilder path = new StringBuilder();
        for (Spot spot = place; spot != null; spot = spot.outer()) {
            path.insert(0, spot.part());
            if (spot.outer() != null) {
                path.insert(0, '/');
            }
        }
        return path.toString();
    }

    /** Nobody asks for places of an architecture that is not built. */
    private Spot spot(Spot outer, Object part) {
        return answers == null ? new Spot(outer, part) : null;
    }

    /** What the operation that is being applied is with its arguments: equal on every JVM. */
    final long signature() {
        return signature;
    }

    /** What stands there once the architecture has answered. */
    private WalkPlan decided(WalkPlan plan) {
        WalkPlan current = plan;
        while (answers != null && current.decision != null && current.decision.picks() == 1) {
            current = current.children.get(answers[current.hole]);
        }
        return current;
    }

    private Signal<V> flow(WalkPlan undecided, Signal<V> current) {
        WalkPlan plan = decided(undecided);
        Node node = plan.node;
        if (node instanceof Node.Op op) {
            return new Signal<>(applied(plan, op, current), 1);
        }
        if (node instanceof Node.Input input) {
            return new Signal<>(inside.get(input.index()), inside.stride(input.index()));
        }
        if (node instanceof Node.Chain) {
            return chain(plan, current);
        }
        if (node instanceof Node.Cell cell) {
            // not a step of a chain: it reads the one value there is, as often as it reads any
            return cell(plan, cell, Collections.nCopies(cell.inputs(), settle(current)));
        }
        if (node instanceof Node.Ref ref) {
            return within(ref, () -> flow(plan.target.orElseThrow(), current));
        }
        return branches(plan, current);
    }

    private Signal<V> chain(WalkPlan plan, Signal<V> start) {
        Scope outer = scope;
        Spot outerPlace = place;
        List<Signal<V>> values = plan.recalls ? new ArrayList<>(plan.children.size()) : List.of();
        Signal<V> current = start;
        for (int i = 0; i < plan.children.size(); i++) {
            place = spot(outerPlace, i);
            WalkPlan step = decided(plan.children.get(i));
            if (step.with) {
                scope = scope.behind(step);
                continue;
            }
            if (isWith(step)) {
                throw new IllegalArgumentException(
                        "decision \""
                                + step.decision.id()
                                + "\" sets an argument ("
                                + String.join(", ", step.decision.labels())
                                + "), and integers have no continuous relaxation. Try a space of"
                                + " cells, or a strategy without gradients.");
            }
            if (plan.recalls) {
                current = step(step, current, values.isEmpty() ? List.of(start) : values);
                values.add(current);
            } else {
                current = flow(step, current);
            }
        }
        scope = outer;
        place = outerPlace;
        return current;
    }

    /** A choice between {@code with} steps: once decided, such a step itself. */
    private static boolean isWith(WalkPlan step) {
        return step.node instanceof Node.Choice
                && step.children.stream().allMatch(option -> option.with);
    }

    private Signal<V> step(WalkPlan plan, Signal<V> current, List<Signal<V>> history) {
        if (plan.node instanceof Node.Cell cell) {
            List<V> inputs = new ArrayList<>(cell.inputs());
            for (int i = cell.inputs(); i >= 1; i--) {
                inputs.add(settle(history.get(Math.max(0, history.size() - i))));
            }
            return cell(plan, cell, inputs);
        }
        if (plan.node instanceof Node.Ref ref) {
            return within(ref, () -> step(decided(plan.target.orElseThrow()), current, history));
        }
        return flow(plan, current);
    }

    private Signal<V> within(Node.Ref ref, Supplier<Signal<V>> body) {
        enter(ref.name());
        Signal<V> result = body.get();
        leave(ref.name());
        return result;
    }

    private Signal<V> cell(WalkPlan plan, Node.Cell cell, List<V> inputs) {
        CellValues<V> outer = inside;
        boolean outerDroppable = droppable;
        Scope outerScope = scope;
        Spot outerPlace = place;

        place = spot(outerPlace, "in");
        List<V> prepared = inputs.size() == 1 ? inputs : prepare(inputs, scope.channels);
        CellValues<V> here = CellValues.of(prepared, plan.children.size(), scope.stride);
        inside = here;
        scope = scope.inCell();
        droppable = false;
        for (int i = 0; i < plan.children.size(); i++) {
            place = spot(outerPlace, new Vertex(here.inputs() + i));
            Signal<V> first = new Signal<>(here.all().get(0), here.stride());
            here.add(settle(flow(plan.children.get(i), first)));
        }
        place = spot(outerPlace, "out");
        V output = output(cell.output(), here);

        inside = outer;
        droppable = outerDroppable;
        scope = outerScope;
        place = outerPlace;
        return new Signal<>(output, 1);
    }

    private V output(Merge merge, CellValues<V> cell) {
        List<V> vertices = cell.vertices();
        return switch (merge) {
            case LAST -> vertices.get(vertices.size() - 1);
            case LOOSE_ENDS -> merge(Merge.CONCAT, cell.looseEnds());
            default -> merge(merge, vertices);
        };
    }

    /** A join, a subset that is decided, or a hole with every option run. */
    private Signal<V> branches(WalkPlan plan, Signal<V> current) {
        if (answers != null && plan.node instanceof Node.Subset subset) {
            List<V> values = new ArrayList<>(plan.decision.picks());
            List<Integer> picked = plan.picked(answers[plan.hole]);
            for (int i = 0; i < picked.size(); i++) {
                values.add(settle(flow(plan.children.get(picked.get(i)), current)));
            }
            return merged(subset.merge(), values);
        }
        Spot outerPlace = place;
        boolean outerDroppable = droppable;
        droppable = plan.node instanceof Node.Subset || (plan.decision != null && droppable);
        Signal<V> read = plan.decision == null ? current : opened(plan, current);
        List<V> values = new ArrayList<>(plan.children.size());
        for (int i = 0; i < plan.children.size(); i++) {
            place = spot(outerPlace, i);
            values.add(settle(flow(plan.children.get(i), read)));
        }
        droppable = outerDroppable;
        place = outerPlace;
        if (plan.decision != null) {
            Merge merge = plan.node instanceof Node.Subset subset ? subset.merge() : Merge.SUM;
            return new Signal<>(choose(plan.decision, merge, droppable, values), 1);
        }
        return merged(((Node.Join) plan.node).merge(), values);
    }

    private Signal<V> merged(Merge merge, List<V> values) {
        return new Signal<>(
                merge == Merge.LAST ? values.get(values.size() - 1) : merge(merge, values), 1);
    }

    private Signal<V> opened(WalkPlan plan, Signal<V> current) {
        List<Node> options = plan.children.stream().map(option -> option.node).toList();
        return new Signal<>(open(plan.decision, options, current.value()), current.stride());
    }

    /** Pays a stride that no operation took: an identity that halves. */
    private V settle(Signal<V> signal) {
        return signal.stride() == 1 ? signal.value() : applied(SKIP, SKIP, signal);
    }

    private V applied(Object where, Node.Op op, Signal<V> input) {
        Scope.Placed here = scope.place(where, op, input.stride());
        signature = here.signature();
        return apply(here.op(), input.value());
    }
}
