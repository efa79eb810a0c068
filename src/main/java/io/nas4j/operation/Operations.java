package io.nas4j.operation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The catalogue: operations that nas4j brings, by name. */
public final class Operations {

    /** Zero: an edge that is not there. */
    public static final Operation NONE = CellOperations.NONE;

    /** The value itself; a factorized reduce for every halving. */
    public static final Operation SKIP_CONNECT = CellOperations.SKIP_CONNECT;

    /** ReLU, convolution, batch normalisation. */
    public static final Operation NOR_CONV = CellOperations.NOR_CONV;

    /** Halves a map by two strided 1×1 convolutions. */
    public static final Operation FACTORIZED_REDUCE = CellOperations.FACTORIZED_REDUCE;

    /** Mean of each channel, and a fully-connected layer to the classes. */
    public static final Operation CLASSIFIER = LayerOperations.CLASSIFIER;

    /** Fully connected. */
    public static final Operation DENSE = LayerOperations.DENSE;

    /** No value: arguments that later operations of the same chain inherit. */
    public static final Operation WITH;

    private static final Map<String, Operation> CATALOG = new LinkedHashMap<>();

    static {
        List.of(
                        NONE,
                        SKIP_CONNECT,
                        CellOperations.MAX_POOL,
                        CellOperations.AVG_POOL,
                        NOR_CONV,
                        CellOperations.SEP_CONV,
                        CellOperations.DIL_CONV,
                        CellOperations.FAC_CONV,
                        FACTORIZED_REDUCE,
                        MobileOperations.GROUP_CONV,
                        MobileOperations.MBCONV,
                        MobileOperations.SHUFFLE_BLOCK,
                        MobileOperations.SQUEEZE_EXCITE,
                        LayerOperations.CONV,
                        LayerOperations.BATCH_NORM,
                        LayerOperations.LAYER_NORM)
                .forEach(Operations::add);
        LayerOperations.activations().forEach(Operations::add);
        List.of(
                        LayerOperations.DROPOUT,
                        LayerOperations.FLATTEN,
                        LayerOperations.GLOBAL_POOL,
                        LayerOperations.DENSE,
                        CellOperations.STEM,
                        CellOperations.RESIDUAL,
                        LayerOperations.CLASSIFIER)
                .forEach(Operations::add);
        Map<String, Argument> all = new LinkedHashMap<>();
        CATALOG.values().forEach(op -> op.arguments().forEach(a -> all.putIfAbsent(a.name(), a)));
        WITH =
                new Operation(
                        "with", new ArrayList<>(all.values()), in -> List.of(), Optional.empty());
        add(WITH);
    }

    private Operations() {}

    /**
     * All names in a fixed order.
     *
     * @return an unmodifiable set
     */
    public static Set<String> names() {
        return Collections.unmodifiableSet(CATALOG.keySet());
    }

    /**
     * An operation by name.
     *
     * @param name one of {@link #names()}
     * @return the operation
     * @throws IllegalArgumentException for another name
     */
    public static Operation of(String name) {
        Operation found = CATALOG.get(name);
        if (found == null) {
            throw Argument.refused(
                    "unknown operation \"%s\". Try one of %s; or one of your own, as a value:"
                            + " op(Operation.of(\"%s\", ..)).",
                    name, String.join(", ", CATALOG.keySet()), name);
        }
        return found;
    }

    /**
     * Whether it brings an operation of a name.
     *
     * @param name any
     * @return the operation, or empty
     */
    public static Optional<Operation> find(String name) {
        return Optional.ofNullable(CATALOG.get(name));
    }

    private static void add(Operation operation) {
        CATALOG.put(operation.name(), operation);
    }
}
