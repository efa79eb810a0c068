package io.nas4j.operation;

import static io.nas4j.operation.Argument.CHANNELS;
import static io.nas4j.operation.Argument.KERNEL;
import static io.nas4j.operation.Argument.STRIDE;
import static io.nas4j.operation.Primitive.learntNorm;

import io.nas4j.operation.Primitive.Activation;
import io.nas4j.operation.Primitive.Activation.Function;
import io.nas4j.operation.Primitive.Convolution;
import io.nas4j.operation.Primitive.Dense;
import io.nas4j.operation.Primitive.Dropout;
import io.nas4j.operation.Primitive.Flatten;
import io.nas4j.operation.Primitive.GlobalPool;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Single layers, as chains use them. */
final class LayerOperations {

    /** A bare convolution with bias; an explicit kernel stands for both sides. */
    static final Operation CONV =
            Operation.of(
                    "conv",
                    LayerOperations::conv,
                    KERNEL,
                    Argument.of("height"),
                    Argument.of("width"),
                    CHANNELS,
                    STRIDE);

    static final Operation BATCH_NORM =
            Operation.of("batch_norm", in -> List.of(learntNorm("norm")));

    static final Operation LAYER_NORM =
            Operation.of("layer_norm", in -> List.of(new Primitive.LayerNorm("norm")));

    static final Operation DROPOUT =
            Operation.of(
                    "dropout",
                    in -> List.of(new Dropout(in.get("percent"))),
                    Argument.of("percent").within(0, 99).or(50));

    static final Operation FLATTEN = Operation.of("flatten", in -> List.of(new Flatten()));

    static final Operation GLOBAL_POOL =
            Operation.of("global_pool", in -> List.of(new GlobalPool()));

    /** Fully connected; flattens what is not flat. */
    static final Operation DENSE =
            Operation.of(
                    "dense",
                    in -> List.of(new Flatten(), new Dense("dense", in.scaled("units"))),
                    Argument.of("units"));

    /** Global average pooling (images) and a fully-connected layer to the classes of the data. */
    static final Operation CLASSIFIER =
            Operation.of(
                    "classifier", in -> List.of(new GlobalPool(), new Dense("", in.classes())));

    private LayerOperations() {}

    /** Named after their functions. */
    static List<Operation> activations() {
        return Arrays.stream(Function.values())
                .map(
                        function ->
                                Operation.of(
                                        function.name().toLowerCase(Locale.ROOT),
                                        in -> List.of(new Activation(function))))
                .toList();
    }

    private static List<Primitive> conv(Arguments in) {
        int height = in.has("kernel") ? in.kernel() : in.get("height");
        int width = in.has("kernel") ? in.kernel() : in.get("width");
        int stride = in.stride();
        return List.of(
                new Convolution("conv", in.channels(), height, width, stride, stride, 1, 1, true));
    }
}
