package io.nas4j.operation;

import static io.nas4j.operation.Argument.CHANNELS;
import static io.nas4j.operation.Argument.KERNEL;
import static io.nas4j.operation.Argument.STRIDE;
import static io.nas4j.operation.Primitive.HARD_SIGMOID;
import static io.nas4j.operation.Primitive.RELU;
import static io.nas4j.operation.Primitive.RELU6;
import static io.nas4j.operation.Primitive.SIGMOID;
import static io.nas4j.operation.Primitive.conv;
import static io.nas4j.operation.Primitive.depthwise;
import static io.nas4j.operation.Primitive.norm;
import static io.nas4j.operation.Primitive.residual;

import io.nas4j.operation.Primitive.Activation;
import io.nas4j.operation.Primitive.Branches;
import io.nas4j.operation.Primitive.Scale;
import io.nas4j.operation.Primitive.Shuffle;
import io.nas4j.operation.Primitive.Slice;
import java.util.ArrayList;
import java.util.List;

/** Blocks of networks for small devices. */
final class MobileOperations {

    /**
     * ReLU, a convolution in groups of channels, batch normalisation.
     *
     * @see <a href="https://arxiv.org/abs/1611.05431">Xie et al., 2017</a>
     */
    static final Operation GROUP_CONV =
            Operation.of(
                    "group_conv",
                    MobileOperations::groupConv,
                    KERNEL,
                    Argument.of("groups").or(2),
                    CHANNELS,
                    STRIDE);

    /**
     * Each channel times a number between 0 and 1 that two dense layers make of the means of all
     * channels, the first of them {@code reduction} times narrower.
     *
     * @see <a href="https://arxiv.org/abs/1709.01507">Hu et al., 2018</a>
     */
    static final Operation SQUEEZE_EXCITE =
            Operation.of(
                    "squeeze_excite",
                    in -> List.of(squeezeExcite("", in.inputs(), in.get("reduction"), SIGMOID)),
                    Argument.of("reduction").or(4));

    /**
     * An inverted residual: 1×1 to {@code expansion} times the channels, depthwise, 1×1 back, each
     * with batch normalisation, the first two with ReLU up to 6; the input is added where the shape
     * is kept. Without the first 1×1 at expansion 1. {@code se} 1 puts a squeeze-and-excitation
     * behind the depthwise convolution, as MobileNetV3 does.
     *
     * @see <a href="https://arxiv.org/abs/1801.04381">Sandler et al., 2018, table 1</a>
     * @see <a href="https://arxiv.org/abs/1905.02244">Howard et al., 2019, figure 4</a>
     */
    static final Operation MBCONV =
            Operation.of(
                    "mbconv",
                    MobileOperations::invertedResidual,
                    KERNEL,
                    Argument.of("expansion").or(6),
                    Argument.of("se").within(0, 1).or(0),
                    CHANNELS,
                    STRIDE);

    /**
     * At stride 1 and with channels kept, half of the channels pass and the other half go through
     * 1×1, depthwise and 1×1; else both halves are made of all channels. Then both are shuffled.
     *
     * @see <a href="https://arxiv.org/abs/1807.11164">Ma et al., 2018, figure 3 (c) and (d)</a>
     */
    static final Operation SHUFFLE_BLOCK =
            Operation.of("shuffle_block", MobileOperations::shuffled, KERNEL, CHANNELS, STRIDE);

    private MobileOperations() {}

    private static List<Primitive> groupConv(Arguments in) {
        int groups = in.get("groups");
        in.require(
                in.inputs() % groups == 0 && in.channels() % groups == 0,
                "needs numbers of channels that its %d groups divide, but reads %d and makes %d."
                        + " Try other channels.",
                groups,
                in.inputs(),
                in.channels());
        return List.of(
                RELU,
                conv("conv", in.channels(), in.kernel(), in.stride()).grouped(groups),
                norm("norm"));
    }

    private static Scale squeezeExcite(String part, int channels, int reduction, Activation gate) {
        return Primitive.scale(
                Primitive.globalPool(),
                Primitive.dense(part + "squeeze", Math.max(1, channels / reduction)),
                RELU,
                Primitive.dense(part + "excite", channels),
                gate);
    }

    private static List<Primitive> invertedResidual(Arguments in) {
        int expansion = in.get("expansion");
        int inner = in.inputs() * expansion;
        List<Primitive> body = new ArrayList<>();
        if (expansion > 1) {
            body.add(conv("expand", inner, 1, 1));
            body.add(norm("expand_norm"));
            body.add(RELU6);
        }
        body.add(depthwise("depthwise", in.kernel(), in.stride(), 1));
        body.add(norm("depthwise_norm"));
        body.add(RELU6);
        if (in.get("se") == 1) {
            body.add(squeezeExcite("se.", inner, 4, HARD_SIGMOID));
        }
        body.add(conv("project", in.channels(), 1, 1));
        body.add(norm("project_norm"));
        boolean kept = in.stride() == 1 && in.channels() == in.inputs();
        return kept ? List.of(residual(body)) : body;
    }

    private static List<Primitive> shuffled(Arguments in) {
        int channels = in.channels();
        in.require(
                channels % 2 == 0,
                "needs an even number of channels, but makes %d. Try other channels.",
                channels);
        boolean split = in.stride() == 1 && channels == in.inputs();
        int half = channels / 2;
        List<Primitive> deep = new ArrayList<>();
        List<Primitive> side = new ArrayList<>();
        if (split) {
            side.add(new Slice(0, half));
            deep.add(new Slice(half, channels));
        } else {
            side.add(depthwise("side.depthwise", in.kernel(), in.stride(), 1));
            side.add(norm("side.depthwise_norm"));
            side.add(conv("side.pointwise", half, 1, 1));
            side.add(norm("side.pointwise_norm"));
            side.add(RELU);
        }
        deep.add(conv("reduce", half, 1, 1));
        deep.add(norm("reduce_norm"));
        deep.add(RELU);
        deep.add(depthwise("depthwise", in.kernel(), in.stride(), 1));
        deep.add(norm("depthwise_norm"));
        deep.add(conv("pointwise", half, 1, 1));
        deep.add(norm("pointwise_norm"));
        deep.add(RELU);
        return List.of(new Branches(true, List.of(side, deep)), new Shuffle(2));
    }
}
