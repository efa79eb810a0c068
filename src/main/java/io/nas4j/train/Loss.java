package io.nas4j.train;

import ai.djl.ndarray.NDArray;
import io.nas4j.data.Data;
import io.nas4j.data.Target;
import java.util.Arrays;

/** What training makes small: a scalar that can be differentiated. */
public sealed interface Loss permits CrossEntropy, SquaredError, BinaryCrossEntropy {

    /**
     * The mean loss of a batch.
     *
     * @param outputs of the network, {@code [batch, outputs]}
     * @param targets as {@link DeviceData.Batch#labels}
     * @return a scalar
     */
    NDArray of(NDArray outputs, NDArray targets);

    /**
     * What suits these data: cross entropy for classes, the squared error for (standardised)
     * numbers, one binary cross entropy a label for several labels.
     *
     * @param data with their split; where they are {@linkplain Data#balanced balanced}, rare
     *     classes weigh more
     * @param smoothing of class labels, in [0, 1); others have none
     * @return a loss
     */
    static Loss of(Data data, double smoothing) {
        int outputs = data.outputs();
        return switch (data.target().kind()) {
            case NUMBERS -> new SquaredError();
            case CLASSES ->
                    data.isBalanced()
                            ? new CrossEntropy(smoothing, classWeights(data))
                            : new CrossEntropy(smoothing);
            case LABELS ->
                    new BinaryCrossEntropy(data.isBalanced() ? labelWeights(data) : ones(outputs));
        };
    }

    private static float[] ones(int outputs) {
        float[] ones = new float[outputs];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Inverse to how frequent a class is in training; 1 for all where they are equally so. */
    private static float[] classWeights(Data data) {
        int[] train = data.split().train();
        long[] counts = new long[data.outputs()];
        for (int example : train) {
            counts[data.labels()[example]]++;
        }
        float[] weights = new float[counts.length];
        for (int c = 0; c < counts.length; c++) {
            weights[c] = (float) train.length / counts.length / Math.max(1, counts[c]);
        }
        return weights;
    }

    /** How many examples have a label not, for each that has it. */
    private static float[] labelWeights(Data data) {
        Target.Labels target = (Target.Labels) data.target();
        int[] train = data.split().train();
        float[] weights = new float[data.outputs()];
        for (int label = 0; label < weights.length; label++) {
            int at = label;
            long has =
                    Arrays.stream(train)
                            .filter(i -> target.marks()[i * weights.length + at] == 1)
                            .count();
            weights[label] = (float) (train.length - has) / Math.max(1, has);
        }
        return weights;
    }
}
