package io.nas4j.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.nas4j.nn.ExecutionMode;
import io.nas4j.nn.Executor;
import io.nas4j.nn.Instruction;
import io.nas4j.nn.Kernel;
import io.nas4j.operation.Primitive.Activation.Function;

/** {@link Proxy#NASWOT}: which ReLUs let an image through, as a binary code. */
final class ActivationCodes {

    /** Entries of K are whole numbers, so this is far below what any two different codes give. */
    private static final double LEAST_PIVOT = 1e-6;

    private final int images;

    /** [images, images] */
    private final double[] kernel;

    ActivationCodes(int images) {
        this.images = images;
        this.kernel = new double[images * images];
    }

    static double of(InitialNetwork network) {
        ActivationCodes codes =
                new ActivationCodes(Math.toIntExact(network.inputs().getShape().get(0)));
        Executor.run(
                network.program(),
                network.inputs(),
                Leaves.of(network).slots(),
                ExecutionMode.TRAINING,
                (instruction, in, out) -> {
                    if (isRelu(instruction)) {
                        codes.add(in.get(0));
                    }
                    return out;
                });
        return codes.logDeterminant();
    }

    static boolean isRelu(Instruction instruction) {
        return instruction.kernel() instanceof Kernel.Activation activation
                && (activation.function() == Function.RELU
                        || activation.function() == Function.RELU6);
    }

    private void add(NDArray input) {
        NDArray code =
                input.gt(0).toType(DataType.FLOAT32, false).reshape(images, input.size() / images);
        add(code.matMul(code.transpose()).toFloatArray(), input.size() / images);
    }

    /**
     * Adds one layer.
     *
     * @param both [images, images]: units that are on for both
     * @param units how many there are
     */
    void add(float[] both, long units) {
        for (int i = 0; i < images; i++) {
            for (int j = 0; j < images; j++) {
                double on = both[i * images + j];
                double either = both[i * images + i] + both[j * images + j] - on;
                kernel[i * images + j] += on + units - either;
            }
        }
    }

    /** By Cholesky; where two images share a code, as if they differed in next to nothing. */
    double logDeterminant() {
        double[] lower = kernel.clone();
        double sum = 0;
        for (int j = 0; j < images; j++) {
            double pivot = lower[j * images + j];
            for (int k = 0; k < j; k++) {
                pivot -= lower[j * images + k] * lower[j * images + k];
            }
            double root = Math.sqrt(Math.max(pivot, LEAST_PIVOT));
            boolean empty = pivot <= LEAST_PIVOT;
            sum += 2 * Math.log(root);
            for (int i = j + 1; i < images; i++) {
                double value = lower[i * images + j];
                for (int k = 0; k < j; k++) {
                    value -= lower[i * images + k] * lower[j * images + k];
                }
                lower[i * images + j] = empty ? 0 : value / root;
            }
            lower[j * images + j] = root;
        }
        return sum;
    }
}
