package io.nas4j.nn;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One array that a {@link Program} needs besides its input.
 *
 * @param name unique and stable, as PyTorch names them: {@code 3/v2/0/1.0.depthwise.weight}
 * @param role what it is
 * @param shape {@code [out, in / groups, height, width]} of a convolution, {@code [out, in]} of a
 *     dense layer, {@code [channels]} of the others
 * @param fanIn how many inputs reach one output; 0 where that has no meaning
 */
public record Slot(String name, Role role, List<Integer> shape, int fanIn) {

    /** What an array is for. */
    public enum Role {
        WEIGHT,
        BIAS,
        GAMMA,
        BETA,
        RUNNING_MEAN,
        RUNNING_VARIANCE;

        String suffix() {
            return switch (this) {
                case WEIGHT, GAMMA -> "weight";
                case BIAS, BETA -> "bias";
                case RUNNING_MEAN -> "running_mean";
                case RUNNING_VARIANCE -> "running_var";
            };
        }

        /**
         * Whether an optimizer changes it; running statistics are not counted as parameters.
         *
         * @return false for running statistics
         */
        public boolean isTrained() {
            return this != RUNNING_MEAN && this != RUNNING_VARIANCE;
        }
    }

    public Slot {
        shape = List.copyOf(shape);
    }

    /**
     * The same called otherwise.
     *
     * @param newName unique and stable
     * @return a copy
     */
    public Slot named(String newName) {
        return new Slot(newName, role, shape, fanIn);
    }

    /**
     * The shape as DJL has it.
     *
     * @return as many dimensions
     */
    public Shape dimensions() {
        return new Shape(shape.stream().mapToLong(Integer::longValue).toArray());
    }

    /**
     * How many numbers it holds.
     *
     * @return at least 1
     */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /**
     * Initial numbers, by PyTorch's defaults: weights and biases uniform within 1/√fanIn, scales
     * and variances one, the rest zero.
     *
     * @param random where the numbers come from
     * @return in row-major order
     */
    public float[] initial(RandomGenerator random) {
        float[] values = new float[Math.toIntExact(size())];
        switch (role) {
            case WEIGHT, BIAS -> {
                float bound = (float) (1 / Math.sqrt(fanIn));
                for (int i = 0; i < values.length; i++) {
                    values[i] = bound * (2 * random.nextFloat() - 1);
                }
            }
            case GAMMA, RUNNING_VARIANCE -> Arrays.fill(values, 1);
            case BETA, RUNNING_MEAN -> {
                // zeros
            }
        }
        return values;
    }
}
