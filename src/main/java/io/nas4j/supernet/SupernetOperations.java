package io.nas4j.supernet;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.nas4j.space.Node;
import io.nas4j.supernet.SupernetLayer.Conv;
import io.nas4j.supernet.SupernetLayer.Head;
import io.nas4j.supernet.SupernetLayer.Norm;
import io.nas4j.supernet.SupernetLayer.Pooling;
import io.nas4j.supernet.SupernetLayer.Reduce;
import io.nas4j.supernet.SupernetLayer.Relu;
import io.nas4j.supernet.SupernetLayer.Residual;
import io.nas4j.supernet.SupernetLayer.Size;
import io.nas4j.supernet.SupernetLayer.Weight;
import io.nas4j.supernet.SupernetLayer.Zero;
import java.util.ArrayList;
import java.util.List;

/** Operations of a supernet as lists of layers: which they are, and what a list of them does. */
final class SupernetOperations {

    private SupernetOperations() {}

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
            NDArray next = layer.apply(value, weights.subList(at, at + count), normaliser);
            if (value != x && value != next) {
                value.close(); // what the backward pass needs of it, libtorch keeps
            }
            value = next;
            at += count;
            size = layer.out(size);
        }
        return value;
    }

    static Size sizeOf(NDArray x) {
        Shape shape = x.getShape();
        return shape.dimension() == 4
                ? new Size((int) shape.get(1), (int) shape.get(2), (int) shape.get(3))
                : new Size((int) shape.get(1), 0, 0);
    }
}
