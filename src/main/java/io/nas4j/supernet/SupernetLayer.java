package io.nas4j.supernet;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.pooling.Pool;
import io.nas4j.nn.AveragePool;
import io.nas4j.nn.Convolutions;
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
            return Convolutions.same(
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
            boolean ceil = kernel % 2 == 0; // a window of 2 needs it on a map of odd size
            return max
                    ? Pool.maxPool2d(x, window, step, padding, ceil)
                    : AveragePool.of(x, kernel, stride, (kernel - 1) / 2, ceil);
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
            NDArray even = Convolutions.same(padded, weights.get(0), 2, 0, 0, 1, 1);
            NDArray odd = Convolutions.same(shifted, weights.get(1), 2, 0, 0, 1, 1);
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
            List<Weight> all = new ArrayList<>(named("body", SupernetOperations.weights(body, in)));
            all.addAll(named("side", SupernetOperations.weights(side, in)));
            return all;
        }

        @Override
        public Size out(Size in) {
            return SupernetOperations.out(body, in);
        }

        @Override
        public NDArray apply(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            int split = weights.size() - count(side, x);
            List<NDArray> forSide = weights.subList(split, weights.size());
            return SupernetOperations.apply(body, x, weights.subList(0, split), normaliser)
                    .add(SupernetOperations.apply(side, x, forSide, normaliser));
        }

        @Override
        public boolean keepsZero() {
            return false;
        }

        private static int count(List<SupernetLayer> layers, NDArray x) {
            return SupernetOperations.weights(layers, SupernetOperations.sizeOf(x)).size();
        }

        private static List<Weight> named(String prefix, List<Weight> weights) {
            return weights.stream()
                    .map(w -> new Weight(prefix + "." + w.name, w.shape, w.fanIn, w.constant))
                    .toList();
        }
    }

    private static int ceil(int side, int stride) {
        return (side + stride - 1) / stride;
    }
}
