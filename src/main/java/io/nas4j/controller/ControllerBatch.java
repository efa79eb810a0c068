package io.nas4j.controller;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nas4j.space.Decision;
import io.nas4j.space.Walk;
import java.util.Arrays;
import java.util.List;

/**
 * Strings of different lengths side by side, and the log-probability of their tokens. Rows are
 * (string, time); those behind a string's end count nothing.
 */
final class ControllerBatch {

    /** Stands for minus infinity in a mask: its product with a probability of 0 stays finite. */
    private static final double NEVER = -1e9;

    private final ControllerNetwork network;
    private final NDArray previous;
    private final NDArray chosen;
    private final NDArray mask;
    private final NDArray valid;
    private final NDList start;
    private final int length;

    /** Its arrays belong to {@code manager}. */
    ControllerBatch(
            ControllerNetwork network,
            ControllerVocabulary vocabulary,
            List<Walk> strings,
            NDManager manager) {
        this.network = network;
        this.length = strings.stream().mapToInt(s -> s.decisions().size()).max().orElseThrow();
        int rows = strings.size() * length;
        int width = vocabulary.size();
        long[] read = new long[rows];
        long[] written = new long[rows];
        double[] allowed = new double[rows * width];
        double[] inside = new double[rows];
        for (int k = 0; k < strings.size(); k++) {
            Walk string = strings.get(k);
            long before = network.begin();
            for (int t = 0; t < string.decisions().size(); t++) {
                int row = k * length + t;
                Decision decision = string.decisions().get(t);
                int offset = vocabulary.offset(decision);
                read[row] = before;
                before = offset + string.architecture().choices().get(t);
                written[row] = before;
                inside[row] = 1;
                Arrays.fill(allowed, row * width, (row + 1) * width, NEVER);
                Arrays.fill(
                        allowed, row * width + offset, row * width + offset + decision.arity(), 0);
            }
        }
        previous = manager.create(read, new Shape(strings.size(), length));
        chosen = manager.create(written, new Shape(rows, 1));
        mask = manager.create(allowed, new Shape(rows, width));
        valid = manager.create(inside, new Shape(rows));
        start = network.state(manager, strings.size());
    }

    /** One number a string, repeated for each of its rows: {@code [rows]}. */
    NDArray perRow(double[] values) {
        double[] repeated = new double[values.length * length];
        for (int k = 0; k < values.length; k++) {
            Arrays.fill(repeated, k * length, (k + 1) * length, values[k]);
        }
        return valid.getManager().create(repeated, new Shape(repeated.length)).mul(valid);
    }

    /** Log-probabilities of all tokens: {@code [rows, tokens]}. */
    NDArray logarithms(NDArray weights) {
        NDArray logits = network.forward(network.parts(weights), previous, start).get(0);
        return logits.reshape(mask.getShape()).add(mask).logSoftmax(1);
    }

    /**
     * Log-probabilities of the tokens that were written, 0 behind a string's end: {@code [rows]}.
     */
    NDArray written(NDArray logarithms) {
        return logarithms.gather(chosen, 1).reshape(valid.getShape()).mul(valid);
    }

    /** The sum of the entropies at all tokens: a number. */
    NDArray entropy(NDArray logarithms) {
        NDArray perToken = logarithms.exp().mul(logarithms).sum(new int[] {1});
        return perToken.mul(valid).sum().neg();
    }
}
