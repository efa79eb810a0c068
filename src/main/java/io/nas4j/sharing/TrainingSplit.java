package io.nas4j.sharing;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.data.Target;
import io.nas4j.train.Readiness;
import io.nas4j.train.Sampling;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which examples a supernet learns from and is scored on; always the same ones for the same share.
 *
 * @param weights what the weights learn from, as indices into the data
 * @param alpha what alpha learns from; empty where there is no alpha
 * @param validation what scores are taken on
 */
public record TrainingSplit(int[] weights, int[] alpha, int[] validation) {

    /**
     * One half of the training data for the weights, the other for alpha (DARTS, section 3.1.1).
     *
     * @param name of the strategy, for messages
     * @throws IllegalArgumentException for rows, without validation data, and for halves that are
     *     smaller than a batch
     */
    public static TrainingSplit halves(String name, Data data, SupernetTraining training) {
        requireSuits(name, data);
        int[] order = fixed(data);
        int half = (int) (order.length * training.data() / 2);
        require(
                half >= 2,
                "a supernet trains on two halves of the training data, but %s of %d examples make"
                        + " halves of %d. Try a larger share, or more data.",
                training.data(),
                order.length,
                half);
        require(
                half >= training.batch(),
                "a half of the training data has %d examples, fewer than a batch (%d). Try"
                        + " batch(%d), or a larger share of the data.",
                half,
                training.batch(),
                half);
        return new TrainingSplit(
                Arrays.copyOfRange(order, 0, half),
                Arrays.copyOfRange(order, half, 2 * half),
                data.split().validation());
    }

    /**
     * All of the training data for the weights.
     *
     * @param name of the strategy, for messages
     * @throws IllegalArgumentException for rows, without validation data, and for less than a batch
     */
    public static TrainingSplit whole(String name, Data data, SupernetTraining training) {
        requireSuits(name, data);
        int[] order = fixed(data);
        int count = (int) (order.length * training.data());
        require(
                count >= training.batch(),
                "%s of the training data are %d examples, fewer than a batch (%d). Try batch(%d),"
                        + " or a larger share.",
                training.data(),
                count,
                training.batch(),
                count);
        return new TrainingSplit(
                Arrays.copyOf(order, count), new int[0], data.split().validation());
    }

    private static int[] fixed(Data data) {
        return Sampling.shuffled(data.split().train(), new SplittableRandom(1));
    }

    private static void requireSuits(String name, Data data) {
        require(
                data.isImages(),
                "%s searches networks of images, but data \"%s\" are rows. Try EVOLUTION.",
                name,
                data.name());
        require(
                data.target().kind() == Target.Kind.CLASSES,
                "%s searches classifiers, but of data \"%s\" something else is to be predicted. Try"
                        + " EVOLUTION.",
                name,
                data.name());
        require(
                !data.isBalanced(),
                "%s scores by accuracy, but data \"%s\" are balanced. Try EVOLUTION, or the data as"
                        + " they are.",
                name,
                data.name());
        Readiness.check(data);
        require(
                data.split().validation().length > 0,
                "%s scores its supernet on the validation data, but \"%s\" has none. Try another"
                        + " split.",
                name,
                data.name());
    }

    /** Batch number {@code step} of an order; only whole batches. */
    public static int[] batch(int[] order, int step, int size) {
        return Arrays.copyOfRange(order, step * size, (step + 1) * size);
    }
}
