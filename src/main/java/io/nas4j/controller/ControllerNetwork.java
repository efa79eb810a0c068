package io.nas4j.controller;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import io.nas4j.nn.Scaling;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The controller's arithmetic: embedding, DJL's stacked LSTM, one linear layer whose rows are the
 * heads of all decisions. All weights are one vector, so a step of the optimizer is one operation.
 */
final class ControllerNetwork {

    private final RnnController settings;
    private final int tokens;
    private final List<Shape> shapes = new ArrayList<>();
    private final long[] ends;
    private final int size;

    ControllerNetwork(RnnController settings, int tokens) {
        this.settings = settings;
        this.tokens = tokens;
        int units = settings.units();
        shapes.add(new Shape(tokens + 1, units));
        for (int layer = 0; layer < settings.layers(); layer++) {
            shapes.add(new Shape(4L * units, units));
            shapes.add(new Shape(4L * units, units));
            shapes.add(new Shape(4L * units));
            shapes.add(new Shape(4L * units));
        }
        shapes.add(new Shape(tokens, units));
        shapes.add(new Shape(tokens));
        ends = new long[shapes.size() - 1];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += shapes.get(i).size();
            ends[i] = end;
        }
        size = Math.toIntExact(end + tokens);
    }

    /** How many weights there are. */
    int size() {
        return size;
    }

    /** Weights {@code [size]}, uniform, from Java's generator so that engines agree. */
    double[] start(RandomGenerator random) {
        double[] weights = new double[size];
        for (int i = 0; i < size; i++) {
            weights[i] = (settings.initial() * (2 * random.nextDouble() - 1));
        }
        return weights;
    }

    /** The weights as the parts that {@link #forward} takes; views, differentiable. */
    NDList parts(NDArray weights) {
        NDList flat = weights.split(ends);
        NDList parts = new NDList(shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            parts.add(flat.get(i).reshape(shapes.get(i)));
        }
        return parts;
    }

    /** Before the first token: two arrays {@code [layers, batch, units]} of zeros. */
    NDList state(NDManager manager, long batch) {
        Shape shape = new Shape(settings.layers(), batch, settings.units());
        return new NDList(
                manager.zeros(shape, DataType.FLOAT64), manager.zeros(shape, DataType.FLOAT64));
    }

    /**
     * Reads tokens.
     *
     * @param parts of the weights
     * @param previous {@code [batch, time]} of int64
     * @param state of {@link #state} or of an earlier call
     * @return logits {@code [batch, time, tokens]} of all heads, then the state
     */
    NDList forward(NDList parts, NDArray previous, NDList state) {
        NDArray embedded =
                Embedding.embedding(previous, parts.get(0), SparseFormat.DENSE).singletonOrThrow();
        NDList lstm = new NDList(parts.subList(1, parts.size() - 2));
        NDList out =
                embedded.getNDArrayInternal()
                        .lstm(
                                embedded,
                                state,
                                lstm,
                                true,
                                settings.layers(),
                                0,
                                false,
                                false,
                                true);
        NDArray weight = parts.get(parts.size() - 2);
        NDArray bias = parts.get(parts.size() - 1);
        NDArray logits = Linear.linear(out.get(0), weight, bias).singletonOrThrow();
        if (settings.temperature() != 1) {
            logits = Scaling.times(logits, 1 / settings.temperature());
        }
        if (settings.tanhConstant() > 0) {
            logits = Scaling.times(logits.tanh(), settings.tanhConstant());
        }
        return new NDList(logits, out.get(1), out.get(2));
    }

    /** The token that stands before the first. */
    int begin() {
        return tokens;
    }
}
