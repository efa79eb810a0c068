package io.nas4j.space;

import static io.nas4j.space.Require.require;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The operations that a network can be built from, and the arguments each takes.
 *
 * <p>{@code [b, c, h, w]} goes in, {@code [b, channels, h/stride, w/stride]} comes out; height and
 * width are kept at stride 1 ("same" padding). {@code channels} and {@code stride} are inherited
 * from an enclosing {@code with} where an operation does not name them.
 */
public final class Operations {

    private static final Map<String, Set<String>> CATALOG = new LinkedHashMap<>();

    static {
        // zero, identity (a factorized reduce at stride 2) and pooling, as in DARTS
        add("none");
        add("skip_connect", "stride");
        add("max_pool", "kernel", "stride");
        add("avg_pool", "kernel", "stride");
        // ReLU, convolution, batch normalisation
        add("nor_conv", "kernel", "channels", "stride");
        // (ReLU, depthwise, 1×1, batch normalisation) twice
        add("sep_conv", "kernel", "channels", "stride");
        // ReLU, depthwise with dilation 2, 1×1, batch normalisation
        add("dil_conv", "kernel", "channels", "stride");
        // ReLU, 1×k convolution, k×1 convolution, batch normalisation
        add("fac_conv", "kernel", "channels", "stride");
        add("factorized_reduce", "channels");
        // a bare convolution with bias, as chains use it
        add("conv", "kernel", "height", "width", "channels", "stride");
        add("batch_norm");
        add("relu");
        add("leaky_relu");
        add("elu");
        add("gelu");
        add("silu");
        add("tanh");
        add("sigmoid");
        add("dropout", "percent");
        add("flatten");
        add("global_pool");
        // fully connected; flattens what is not flat
        add("dense", "units");
        // 3×3 convolution, batch normalisation
        add("stem", "channels");
        // two 3×3 convolutions and a shortcut, as between the stages of NAS-Bench-201
        add("residual", "channels", "stride");
        // global average pooling (images) and a fully-connected layer to the classes of the data
        add("classifier");
        // no value: arguments that later operations of the same chain inherit
        add("with", "channels", "stride", "kernel", "height", "width", "units", "percent");
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
     * Whether an operation has an argument.
     *
     * @param operation one of {@link #names()}
     * @param argument for example {@code kernel}
     * @return true when it may be given or inherited
     */
    public static boolean takes(String operation, String argument) {
        return CATALOG.get(operation).contains(argument);
    }

    static void check(Node.Op op) {
        Set<String> allowed = CATALOG.get(op.name());
        require(
                allowed != null,
                "unknown operation \"%s\". Try one of %s.",
                op.name(),
                String.join(", ", CATALOG.keySet()));
        op.args()
                .forEach(
                        (name, value) -> {
                            require(
                                    allowed.contains(name),
                                    "operation \"%s\" has no argument \"%s\". Try one of %s.",
                                    op.name(),
                                    name,
                                    allowed);
                            require(
                                    value >= (name.equals("percent") ? 0 : 1),
                                    "argument \"%s\" of \"%s\" must be at least 1, but was %d.",
                                    name,
                                    op.name(),
                                    value);
                        });
    }

    private static void add(String name, String... args) {
        // insertion order is the order of error messages
        CATALOG.put(
                name,
                Collections.unmodifiableSet(
                        new java.util.LinkedHashSet<>(java.util.List.of(args))));
    }
}
