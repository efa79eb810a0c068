package io.nas4j.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.Kernel;
import java.util.ArrayList;
import java.util.List;

/** {@link Proxy#FISHER}. */
final class Fisher {

    private Fisher() {}

    /**
     * A layer's output, and zeros that were added to it: their gradient is the output's.
     *
     * @param output {@code [batch, channels, ..]}
     * @param zeros of the same shape
     */
    private record Activation(NDArray output, NDArray zeros) {

        double information() {
            Shape shape = output.getShape();
            long images = shape.get(0);
            long channels = shape.get(1);
            float[] sums =
                    output.stopGradient()
                            .mul(zeros.getGradient())
                            .reshape(images * channels, output.size() / (images * channels))
                            .sum(new int[] {1})
                            .toFloatArray();
            double squares = 0;
            for (double sum : sums) {
                squares += sum * sum;
            }
            return squares / images / 2;
        }
    }

    static double of(InitialNetwork network) {
        List<Activation> activations = new ArrayList<>();
        LossGradient.backward(
                network,
                Leaves.of(network).recorded(),
                (instruction, in, out) -> {
                    if (!(instruction.kernel() instanceof Kernel.Convolution
                            || instruction.kernel() instanceof Kernel.Dense)) {
                        return out;
                    }
                    NDArray zeros = network.manager().zeros(out.getShape(), out.getDataType());
                    zeros.setRequiresGradient(true);
                    activations.add(new Activation(out, zeros));
                    return out.add(zeros);
                });
        return activations.stream().mapToDouble(Activation::information).sum();
    }
}
