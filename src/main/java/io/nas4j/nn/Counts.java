package io.nas4j.nn;

import io.nas4j.space.SearchSpace;

/**
 * The size of a network, counted without building it.
 *
 * @param parameters trained numbers: weights, biases, scales and offsets
 * @param multiplyAdds multiplications of one sample's forward pass in convolutions and dense layers
 * @param activations numbers that one sample's forward pass writes; four bytes each
 */
public record Counts(long parameters, long multiplyAdds, long activations) {

    /**
     * Counts a network as it is trained by itself.
     *
     * @param network a space without holes
     * @param input the shape of a sample
     * @param classes how many outputs
     * @param width a factor in (0, 1] on all channels and units
     * @return its size
     */
    public static Counts of(SearchSpace network, InputShape input, int classes, double width) {
        return of(Networks.lower(network, input, classes, width));
    }

    /**
     * Counts a program.
     *
     * @param program a network, or an operation
     * @return its size; work that the output does not need is left out, its weights are not
     */
    public static Counts of(Program program) {
        long parameters = 0;
        for (Slot slot : program.slots()) {
            parameters += slot.role().isTrained() ? slot.size() : 0;
        }
        long multiplyAdds = 0;
        long activations = 0;
        boolean[] needed = program.schedule().needed();
        for (int i = 0; i < needed.length; i++) {
            if (needed[i]) {
                Instruction instruction = program.instructions().get(i);
                Value result = program.values().get(instruction.output());
                activations += result.elements();
                multiplyAdds += multiplyAdds(program, instruction, result);
            }
        }
        return new Counts(parameters, multiplyAdds, activations);
    }

    static long multiplyAdds(Program program, Instruction instruction, Value result) {
        if (instruction.kernel() instanceof Kernel.Convolution
                || instruction.kernel() instanceof Kernel.Dense) {
            Slot weight = program.slots().get(instruction.slots().get(0));
            return weight.size() / weight.shape().get(0) * result.elements();
        }
        return instruction.kernel() instanceof Kernel.Foreign foreign
                ? foreign.block().multiplyAdds()
                : 0;
    }
}
