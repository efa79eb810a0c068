package io.nas4j.nn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One layer of a network, and what it takes.
 *
 * @param place where in the network it stands, as its weights' names begin
 * @param kind what it computes, for example {@code Convolution 3×3}
 * @param shape of its result for one example, without the batch
 * @param parameters that are trained; a weight that several layers use is counted at the first
 * @param multiplyAdds for one example
 */
public record LayerCount(
        String place, String kind, String shape, long parameters, long multiplyAdds) {

    /**
     * All layers whose result the output needs, in the order in which they run.
     *
     * @param program a network
     * @return at least one
     */
    public static List<LayerCount> of(Program program) {
        boolean[] needed = program.schedule().needed();
        Set<Integer> seen = new HashSet<>();
        List<LayerCount> layers = new ArrayList<>();
        for (int i = 0; i < needed.length; i++) {
            if (!needed[i]) {
                continue;
            }
            Instruction instruction = program.instructions().get(i);
            Value result = program.values().get(instruction.output());
            long parameters = 0;
            for (int slot : instruction.slots()) {
                if (seen.add(slot) && program.slots().get(slot).role().isTrained()) {
                    parameters += program.slots().get(slot).size();
                }
            }
            layers.add(
                    new LayerCount(
                            instruction.place(),
                            kind(program, instruction),
                            result.shape(),
                            parameters,
                            Counts.multiplyAdds(program, instruction, result)));
        }
        return layers;
    }

    /**
     * Which instructions the output needs.
     *
     * @param program a network
     * @return by instruction
     */
    public static boolean[] needed(Program program) {
        return program.schedule().needed();
    }

    private static String kind(Program program, Instruction instruction) {
        String name = instruction.kernel().getClass().getSimpleName();
        if (instruction.kernel() instanceof Kernel.Convolution convolution) {
            List<Integer> weight = program.slots().get(instruction.slots().get(0)).shape();
            return String.format(
                    Locale.ROOT,
                    "%s %d×%d%s%s",
                    convolution.groups() > 1 ? "GroupConvolution" : name,
                    weight.get(2),
                    weight.get(3),
                    convolution.strideHeight() > 1 ? " /" + convolution.strideHeight() : "",
                    convolution.dilation() > 1 ? " dilated" : "");
        }
        if (instruction.kernel() instanceof Kernel.Activation activation) {
            return activation.function().name().toLowerCase(Locale.ROOT);
        }
        return name;
    }
}
