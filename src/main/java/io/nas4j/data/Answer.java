package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the numbers mean that a network computes: a class' or a label's score, or a number that is
 * to be predicted, {@code output * scale + offset}.
 *
 * @param kind of target
 * @param names one an output
 * @param scale factor of each output; 1 unless numbers are predicted
 * @param offset added behind; 0 unless numbers are predicted
 */
public record Answer(
        Target.Kind kind, List<String> names, List<Double> scale, List<Double> offset) {

    public Answer {
        names = List.copyOf(names);
        scale = List.copyOf(scale);
        offset = List.copyOf(offset);
        require(
                kind == Target.Kind.CLASSES ? names.size() >= 2 : !names.isEmpty(),
                "a classifier has at least 2 classes, and whatever else answers at least 1 number,"
                        + " but this has %s.",
                names);
        require(
                scale.size() == names.size() && offset.size() == names.size(),
                "each of %d outputs has a scale and an offset, but there are %d and %d.",
                names.size(),
                scale.size(),
                offset.size());
    }

    /**
     * Outputs that are read as they are.
     *
     * @param kind of target
     * @param names one an output
     */
    public Answer(Target.Kind kind, List<String> names) {
        this(
                kind,
                names,
                Collections.nCopies(names.size(), 1.0),
                Collections.nCopies(names.size(), 0.0));
    }

    /**
     * A classifier's.
     *
     * @param names of the classes, by label
     * @return outputs that are read as they are
     */
    public static Answer classes(List<String> names) {
        return new Answer(Target.Kind.CLASSES, names);
    }

    /**
     * Of a network that learns these data: numbers to be predicted have mean 0 and deviation 1 over
     * the training split while it learns.
     *
     * @param data with their split
     * @return what its outputs mean
     */
    public static Answer of(Data data) {
        if (!(data.target() instanceof Target.Numbers numbers)) {
            return new Answer(data.target().kind(), data.target().names());
        }
        int[] train = data.split().train();
        int width = numbers.names().size();
        double[] mean = new double[width];
        double[] deviation = new double[width];
        for (int j = 0; j < width; j++) {
            for (int example : train) {
                mean[j] += numbers.values()[example * width + j];
            }
            mean[j] /= train.length;
            for (int example : train) {
                double off = numbers.values()[example * width + j] - mean[j];
                deviation[j] += off * off;
            }
            deviation[j] = Math.sqrt(deviation[j] / train.length);
        }
        return new Answer(
                Target.Kind.NUMBERS,
                numbers.names(),
                IntStream.range(0, width)
                        .mapToObj(j -> deviation[j] == 0 ? 1 : deviation[j])
                        .toList(),
                IntStream.range(0, width).mapToObj(j -> mean[j]).toList());
    }

    /**
     * How many numbers the network computes.
     *
     * @return at least 1
     */
    public int outputs() {
        return names.size();
    }

    /**
     * The numbers that a network predicts, in their own units.
     *
     * @param outputs as the network gives them, of any number of examples
     * @return as long as {@code outputs}
     */
    public float[] numbers(float[] outputs) {
        float[] numbers = new float[outputs.length];
        for (int i = 0; i < outputs.length; i++) {
            int j = i % names.size();
            numbers[i] = (float) (outputs[i] * scale.get(j) + offset.get(j));
        }
        return numbers;
    }

    /**
     * What a network learns to give, the reverse of {@link #numbers}.
     *
     * @param numbers in their own units
     * @return as long as {@code numbers}
     */
    public float[] outputs(float[] numbers) {
        float[] outputs = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            int j = i % names.size();
            outputs[i] = (float) ((numbers[i] - offset.get(j)) / scale.get(j));
        }
        return outputs;
    }

    /**
     * Refuses what is of another kind.
     *
     * @param wanted what can be done
     * @param what in words, for example {@code a confusion matrix}
     * @throws IllegalArgumentException unless it is of that kind
     */
    public void requireKind(Target.Kind wanted, String what) {
        require(kind == wanted, "%s needs %s, but here %s.", what, words(wanted), predicted());
    }

    /**
     * What the score of a network with such answers is called, of data that are not balanced.
     *
     * @return in words
     */
    public String score() {
        return switch (kind) {
            case CLASSES -> "accuracy";
            case NUMBERS -> "R²";
            case LABELS -> "F1";
        };
    }

    private String predicted() {
        return words(kind) + " " + names + " are predicted";
    }

    private static String words(Target.Kind kind) {
        return switch (kind) {
            case CLASSES -> "classes";
            case NUMBERS -> "numbers";
            case LABELS -> "several labels";
        };
    }
}
