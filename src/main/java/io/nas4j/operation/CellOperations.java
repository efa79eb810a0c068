package io.nas4j.operation;

import static io.nas4j.operation.Argument.CHANNELS;
import static io.nas4j.operation.Argument.KERNEL;
import static io.nas4j.operation.Argument.STRIDE;
import static io.nas4j.operation.Primitive.RELU;
import static io.nas4j.operation.Primitive.conv;
import static io.nas4j.operation.Primitive.depthwise;
import static io.nas4j.operation.Primitive.learntNorm;
import static io.nas4j.operation.Primitive.norm;

import io.nas4j.operation.Primitive.BatchNorm;
import io.nas4j.operation.Primitive.Branches;
import io.nas4j.operation.Primitive.Convolution;
import io.nas4j.operation.Primitive.EvenSides;
import io.nas4j.operation.Primitive.Pool;
import io.nas4j.operation.Primitive.Shift;
import io.nas4j.operation.Primitive.Zero;
import java.util.ArrayList;
import java.util.List;

/**
 * What the cells of papers choose from, and what lies between cells.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019: separable and dilated
 *     convolutions, factorized reduce</a>
 * @see <a href="https://arxiv.org/abs/2001.00326">Dong and Yang, 2020: the residual block</a>
 */
final class CellOperations {

    static final Operation NONE =
            Operation.of("none", in -> List.of(new Zero(in.stride())), STRIDE);

    /** An identity; a factorized reduce for every halving. */
    static final Operation SKIP_CONNECT =
            Operation.of("skip_connect", CellOperations::skip, STRIDE).fusesAs(Fusion.REDUCE);

    static final Operation MAX_POOL =
            Operation.of("max_pool", in -> pool(true, in), KERNEL, STRIDE).fusesAs(Fusion.POOLING);

    static final Operation AVG_POOL =
            Operation.of("avg_pool", in -> pool(false, in), KERNEL, STRIDE).fusesAs(Fusion.POOLING);

    /** ReLU, convolution, batch normalisation. */
    static final Operation NOR_CONV =
            Operation.of(
                            "nor_conv",
                            in ->
                                    List.of(
                                            RELU,
                                            conv("conv", in.channels(), in.kernel(), in.stride()),
                                            norm("norm")),
                            KERNEL,
                            CHANNELS,
                            STRIDE)
                    .fusesAs(Fusion.CONVOLUTION);

    /** (ReLU, depthwise, 1×1, batch normalisation) twice. */
    static final Operation SEP_CONV =
            Operation.of(
                            "sep_conv",
                            in -> {
                                List<Primitive> both =
                                        new ArrayList<>(
                                                half(
                                                        "0.",
                                                        in.inputs(),
                                                        in.kernel(),
                                                        in.stride(),
                                                        1));
                                both.addAll(half("1.", in.channels(), in.kernel(), 1, 1));
                                return both;
                            },
                            KERNEL,
                            CHANNELS,
                            STRIDE)
                    .fusesAs(Fusion.SEPARABLE);

    /** ReLU, depthwise with dilation 2, 1×1, batch normalisation. */
    static final Operation DIL_CONV =
            Operation.of(
                            "dil_conv",
                            in -> half("0.", in.channels(), in.kernel(), in.stride(), 2),
                            KERNEL,
                            CHANNELS,
                            STRIDE)
                    .fusesAs(Fusion.DILATED);

    /** ReLU, 1×k convolution, k×1 convolution, batch normalisation. */
    static final Operation FAC_CONV =
            Operation.of("fac_conv", CellOperations::factorized, KERNEL, CHANNELS, STRIDE);

    static final Operation FACTORIZED_REDUCE =
            Operation.of("factorized_reduce", in -> reduce("", in.channels()), CHANNELS)
                    .fusesAs(Fusion.REDUCE);

    /** 3×3 convolution, batch normalisation. */
    static final Operation STEM =
            Operation.of(
                    "stem",
                    in -> List.of(conv("conv", in.channels(), 3, 1), learntNorm("norm")),
                    CHANNELS);

    /**
     * Two 3×3 convolutions and a shortcut, as between the stages of NAS-Bench-201: where it
     * reduces, a mean pooling and a 1×1 convolution; where only the channels change, ReLU, 1×1
     * convolution and batch normalisation; else the input itself.
     */
    static final Operation RESIDUAL =
            Operation.of("residual", CellOperations::basicBlock, CHANNELS, STRIDE);

    private CellOperations() {}

    private static List<Primitive> skip(Arguments in) {
        int stride = in.stride();
        if (Integer.bitCount(stride) != 1) {
            throw Argument.refused(
                    "the stride of \"%s\" at %s must be a power of two, but was %d.",
                    in.operation().name(), in.place(), stride);
        }
        List<Primitive> layers = new ArrayList<>();
        for (int left = stride; left > 1; left /= 2) {
            layers.addAll(reduce(left == stride ? "" : left + ".", in.inputs()));
        }
        return layers;
    }

    private static List<Primitive> pool(boolean max, Arguments in) {
        return List.of(
                new Pool(max, in.kernel(), in.stride()),
                new BatchNorm("norm", BatchNorm.Kind.COMPETING));
    }

    private static List<Primitive> half(
            String part, int channels, int kernel, int stride, int dilation) {
        return List.of(
                RELU,
                depthwise(part + "depthwise", kernel, stride, dilation),
                conv(part + "pointwise", channels, 1, 1),
                norm(part + "norm"));
    }

    private static List<Primitive> factorized(Arguments in) {
        int kernel = in.kernel();
        int stride = in.stride();
        return List.of(
                RELU,
                new Convolution("row", in.channels(), 1, kernel, 1, stride, 1, 1, false),
                new Convolution("column", in.channels(), kernel, 1, stride, 1, 1, 1, false),
                norm("norm"));
    }

    /** Halves a map by two strided 1×1 convolutions, the second one pixel to the lower right. */
    private static List<Primitive> reduce(String part, int channels) {
        return List.of(RELU, new EvenSides(), halves(part, channels), norm(part + "norm"));
    }

    static Branches halves(int channels) {
        return halves("", channels);
    }

    private static Branches halves(String part, int channels) {
        int half = channels / 2;
        List<List<Primitive>> both = new ArrayList<>();
        if (half > 0) {
            both.add(List.of(conv(part + "even", half, 1, 2)));
        }
        both.add(List.of(new Shift(), conv(part + "odd", channels - half, 1, 2)));
        return new Branches(true, both);
    }

    private static List<Primitive> basicBlock(Arguments in) {
        int channels = in.channels();
        int stride = in.stride();
        List<Primitive> body =
                List.of(
                        RELU,
                        conv("body.conv0", channels, 3, stride),
                        learntNorm("body.norm0"),
                        RELU,
                        conv("body.conv1", channels, 3, 1),
                        learntNorm("body.norm1"));
        List<Primitive> side = List.of();
        if (stride > 1) {
            side = List.of(new Pool(false, stride, stride), conv("side.conv", channels, 1, 1));
        } else if (channels != in.inputs()) {
            side = List.of(RELU, conv("side.conv", channels, 1, 1), learntNorm("side.norm"));
        }
        return List.of(new Branches(false, List.of(body, side)));
    }
}
