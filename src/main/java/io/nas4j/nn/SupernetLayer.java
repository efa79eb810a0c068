package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import io.nas4j.space.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * One layer of a candidate operation as DARTS runs it in its search: plain calls on arrays, weights
 * handed in, batch statistics always, no affine part inside cells.
 *
 * <p>This is the readable form that {@link FusedEdges} must agree with.
 */
sealed interface SupernetLayer {

    /** The size of a feature map without its batch: {@code height} and {@code width} 0 for rows. */
    record Size(int channels, int height, int width) {
        long count() {
            return (long) channels * Math.max(1, height) * Math.max(1, width);
        }

        Size halved(int stride) {
            return new Size(channels, ceil(height, stride), ceil(width, stride));
        }
    }

    /** One array of weights: how it is called, and over how many inputs its start is spread. */
    record Weight(String name, Shape shape, long fanIn, float constant) {

        static Weight drawn(String name, Shape shape, long fanIn) {
            return new Weight(name, shape, fanIn, Float.NaN);
        }

        boolean isDrawn() {
            return Float.isNaN(constant);
        }
    }

    /** Weights in the order in which {@link #apply} takes them. */
    List<Weight> weights(Size in);

    Size out(Size in);

    /** Reads {@code x}, {@code [batch, channels, height, width]}; never writes to it. */
    NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser);

    /** Whether zeros come out where zeros go in, whatever the weights. */
    default boolean keepsZero() {
        return true;
    }

    record Relu() implements SupernetLayer {
        @Override
        public List<Weight> weights(Size in) {
            return List.of();
        }

        @Override
        public Size out(Size in) {
            return in;
        }

        @Override
        public NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            return Activation.relu(x);
        }
    }

    /** A convolution without bias, "same" padding. */
    record Conv(
            String name, int outputs, int height, int width, int stride, int dilation, int groups)
            implements SupernetLayer {

        static Conv square(String name, int outputs, int kernel, int stride) {
            return new Conv(name, outputs, kernel, kernel, stride, 1, 1);
        }

        @Override
        public List<Weight> weights(Size in) {
            long inputs = in.channels() / groups;
            return List.of(
                    Weight.drawn(
                            name + ".weight",
                            new Shape(outputs, inputs, height, width),
                            inputs * height * width));
        }

        @Override
        public Size out(Size in) {
            return new Size(outputs, in.height(), in.width()).halved(stride);
        }

        @Override
        public NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            return convolve(
                    x,
                    weights.get(0),
                    stride,
                    dilation * (height - 1) / 2,
                    dilation * (width - 1) / 2,
                    dilation,
                    groups);
        }
    }

    /** Batch normalisation by the batch's own statistics. */
    record Norm(String name, boolean affine) implements SupernetLayer {

        static Norm plain() {
            return new Norm("norm", false);
        }

        @Override
        public List<Weight> weights(Size in) {
            Shape shape = new Shape(in.channels());
            return affine
                    ? List.of(
                            new Weight(name + ".weight", shape, 1, 1),
                            new Weight(name + ".bias", shape, 1, 0))
                    : List.of();
        }

        @Override
        public Size out(Size in) {
            return in;
        }

        @Override
        public NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            return affine
                    ? normaliser.normalise(x, weights.get(0), weights.get(1))
                    : normaliser.normalise(x, null, null);
        }

        @Override
        public boolean keepsZero() {
            return !affine;
        }
    }

    record Pooling(boolean max, int kernel, int stride) implements SupernetLayer {
        @Override
        public List<Weight> weights(Size in) {
            return List.of();
        }

        @Override
        public Size out(Size in) {
            return in.halved(stride);
        }

        @Override
        public NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            Shape window = new Shape(kernel, kernel);
            Shape step = new Shape(stride, stride);
            Shape padding = new Shape((kernel - 1) / 2, (kernel - 1) / 2);
            return max
                    ? Pool.maxPool2d(x, window, step, padding, kernel % 2 == 0)
                    : AveragePool.of(x, kernel, stride, (kernel - 1) / 2, false);
        }
    }

    /** Two strided 1×1 convolutions, one of them shifted by a pixel; ReLU before. */
    record Reduce(int outputs) implements SupernetLayer {
        @Override
        public List<Weight> weights(Size in) {
            Shape shape = new Shape(outputs / 2, in.channels(), 1, 1);
            return List.of(
                    Weight.drawn("even.weight", shape, in.channels()),
                    Weight.drawn("odd.weight", shape, in.channels()));
        }

        @Override
        public Size out(Size in) {
            require(
                    outputs % 2 == 0,
                    "a factorized reduce needs an even number of channels, but has %d.",
                    outputs);
            return new Size(outputs, in.height(), in.width()).halved(2);
        }

        @Override
        public NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            NDArray active = Activation.relu(x);
            long height = active.getShape().get(2);
            long width = active.getShape().get(3);
            // an odd side: one more row or column of zeros, so that both halves are of one size
            NDArray padded =
                    height % 2 == 0 && width % 2 == 0
                            ? active
                            : active.pad(new Shape(0, width % 2, 0, height % 2), 0);
            NDArray shifted = padded.get(":, :, 1:, 1:");
            NDArray even = convolve(padded, weights.get(0), 2, 0, 0, 1, 1);
            NDArray odd = convolve(shifted, weights.get(1), 2, 0, 0, 1, 1);
            return even.concat(odd, 1);
        }
    }

    /** Nothing: zeros of the size that its neighbours have. */
    record Zero(Size size) implements SupernetLayer {
        @Override
        public List<Weight> weights(Size in) {
            return List.of();
        }

        @Override
        public Size out(Size in) {
            return size;
        }

        @Override
        public NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            long batch = x.getShape().get(0);
            Shape shape =
                    size.height() == 0
                            ? new Shape(batch, size.channels())
                            : new Shape(batch, size.channels(), size.height(), size.width());
            return x.getManager().zeros(shape);
        }
    }

    /** Global average pooling where there is a map, and a fully-connected layer. */
    record Head(int classes) implements SupernetLayer {
        @Override
        public List<Weight> weights(Size in) {
            long inputs = in.channels();
            return List.of(
                    Weight.drawn("weight", new Shape(classes, inputs), inputs),
                    Weight.drawn("bias", new Shape(classes), inputs));
        }

        @Override
        public Size out(Size in) {
            return new Size(classes, 0, 0);
        }

        @Override
        public NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            NDArray rows = x.getShape().dimension() == 4 ? Pool.globalAvgPool2d(x) : x;
            return rows.matMul(weights.get(0).transpose()).add(weights.get(1));
        }

        @Override
        public boolean keepsZero() {
            return false;
        }
    }

    /** The sum of two branches. */
    record Residual(List<SupernetLayer> body, List<SupernetLayer> side) implements SupernetLayer {
        @Override
        public List<Weight> weights(Size in) {
            List<Weight> all = new ArrayList<>(named("body", SupernetLayer.weights(body, in)));
            all.addAll(named("side", SupernetLayer.weights(side, in)));
            return all;
        }

        @Override
        public Size out(Size in) {
            return SupernetLayer.out(body, in);
        }

        @Override
        public NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            int split = weights.size() - count(side, x);
            List<NDArray> forSide = weights.subList(split, weights.size());
            return SupernetLayer.apply(body, x, weights.subList(0, split), normaliser)
                    .add(SupernetLayer.apply(side, x, forSide, normaliser));
        }

        @Override
        public boolean keepsZero() {
            return false;
        }

        private static int count(List<SupernetLayer> layers, NDArray x) {
            return SupernetLayer.weights(layers, sizeOf(x)).size();
        }

        private static List<Weight> named(String prefix, List<Weight> weights) {
            return weights.stream()
                    .map(w -> new Weight(prefix + "." + w.name, w.shape, w.fanIn, w.constant))
                    .toList();
        }
    }

    /**
     * The layers of one operation, as DARTS' search has them.
     *
     * @param op with all arguments that matter filled in
     * @param in what it reads
     * @param classes of the data
     */
    static List<SupernetLayer> of(Node.Op op, Size in, int classes) {
        int stride = op.args().getOrDefault("stride", 1);
        int channels = op.args().getOrDefault("channels", in.channels());
        int kernel = op.args().getOrDefault("kernel", 3);
        require(
                stride <= 2,
                "a supernet's strides must be 1 or 2, but \"%s\" has %d.",
                op.name(),
                stride);
        switch (op.name()) {
            case "none":
                return List.of(new Zero(in));
            case "skip_connect":
                return stride == 1 ? List.of() : List.of(new Reduce(in.channels()), Norm.plain());
            case "factorized_reduce":
                return List.of(new Reduce(channels), Norm.plain());
            case "max_pool":
            case "avg_pool":
                return List.of(
                        new Pooling(op.name().equals("max_pool"), kernel, stride), Norm.plain());
            case "nor_conv":
                return List.of(
                        new Relu(), Conv.square("conv", channels, kernel, stride), Norm.plain());
            case "sep_conv":
                List<SupernetLayer> both =
                        new ArrayList<>(half("0.", in.channels(), channels, kernel, stride, 1));
                both.addAll(half("1.", channels, channels, kernel, 1, 1));
                return both;
            case "dil_conv":
                return half("0.", in.channels(), channels, kernel, stride, 2);
            case "fac_conv":
                return List.of(
                        new Relu(),
                        new Conv("row", channels, 1, kernel, stride, 1, 1),
                        new Conv("column", channels, kernel, 1, 1, 1, 1),
                        Norm.plain());
            case "stem":
                return List.of(Conv.square("conv", channels, 3, stride), new Norm("norm", true));
            case "batch_norm":
                return List.of(new Norm("norm", true));
            case "relu":
                return List.of(new Relu());
            case "residual":
                return List.of(residual(in.channels(), channels, stride));
            case "classifier":
                return List.of(new Head(classes));
            default:
                throw new IllegalArgumentException(
                        "operation \""
                                + op.name()
                                + "\" has no place in a supernet. Try a space of cells, or a"
                                + " strategy without gradients.");
        }
    }

    /** ReLU, depthwise, 1×1, batch normalisation. */
    private static List<SupernetLayer> half(
            String name, int inputs, int outputs, int kernel, int stride, int dilation) {
        return List.of(
                new Relu(),
                new Conv(name + "depthwise", inputs, kernel, kernel, stride, dilation, inputs),
                Conv.square(name + "pointwise", outputs, 1, 1),
                Norm.plain());
    }

    /** Between the stages of NAS-Bench-201. */
    private static SupernetLayer residual(int inputs, int outputs, int stride) {
        List<SupernetLayer> body =
                List.of(
                        new Relu(),
                        Conv.square("conv0", outputs, 3, stride),
                        new Norm("norm0", true),
                        new Relu(),
                        Conv.square("conv1", outputs, 3, 1),
                        new Norm("norm1", true));
        List<SupernetLayer> side = new ArrayList<>();
        if (stride == 2) {
            side.add(new Pooling(false, 2, 2));
        }
        if (inputs != outputs || stride == 2) {
            side.add(Conv.square("conv", outputs, 1, 1));
        }
        return new Residual(body, List.copyOf(side));
    }

    static List<Weight> weights(List<SupernetLayer> layers, Size in) {
        List<Weight> all = new ArrayList<>();
        Size size = in;
        for (SupernetLayer layer : layers) {
            all.addAll(layer.weights(size));
            size = layer.out(size);
        }
        return all;
    }

    static Size out(List<SupernetLayer> layers, Size in) {
        Size size = in;
        for (SupernetLayer layer : layers) {
            size = layer.out(size);
        }
        return size;
    }

    static NDArray apply(List<SupernetLayer> layers, NDArray x, List<NDArray> weights) {
        return apply(layers, x, weights, Normaliser.BATCH);
    }

    static NDArray apply(
            List<SupernetLayer> layers, NDArray x, List<NDArray> weights, Normaliser normaliser) {
        NDArray value = x;
        Size size = sizeOf(x);
        int at = 0;
        for (SupernetLayer layer : layers) {
            int count = layer.weights(size).size();
            value = layer.apply(value, weights.subList(at, at + count), normaliser);
            at += count;
            size = layer.out(size);
        }
        return value;
    }

    private static Size sizeOf(NDArray x) {
        Shape shape = x.getShape();
        return shape.dimension() == 4
                ? new Size((int) shape.get(1), (int) shape.get(2), (int) shape.get(3))
                : new Size((int) shape.get(1), 0, 0);
    }

    static NDArray convolve(
            NDArray x,
            NDArray weight,
            int stride,
            int paddingHeight,
            int paddingWidth,
            int dilation,
            int groups) {
        return Convolutions.of(
                x,
                weight,
                null,
                new Shape(stride, stride),
                new Shape(paddingHeight, paddingWidth),
                dilation,
                groups);
    }

    /** By the batch's own statistics; the running ones, which nobody reads, go to scratch. */
    static NDArray norm(NDArray x, NDArray gamma, NDArray beta) {
        Shape channels = new Shape(x.getShape().get(1));
        NDManager manager = x.getManager();
        return BatchNorm.batchNorm(
                        x,
                        manager.zeros(channels),
                        manager.zeros(channels),
                        gamma == null ? manager.ones(channels) : gamma,
                        beta == null ? manager.zeros(channels) : beta,
                        1,
                        0.1f,
                        1e-5f,
                        true)
                .singletonOrThrow();
    }

    private static int ceil(int side, int stride) {
        return (side + stride - 1) / stride;
    }
}
