package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Runs a {@link Program} on arrays and closes every intermediate result after its last use.
 *
 * <p>Closing only gives up Java's handle: what a backward pass still needs is kept by libtorch.
 * Slices of weights may stay on the weights' manager, so a step belongs into an {@code NDScope}.
 */
public final class Executor {

    private Executor() {}

    /**
     * Runs it once.
     *
     * @param program what to run
     * @param x {@code [batch, channels, height, width]}, or {@code [batch, features]} for rows
     * @param slots the array of a slot by its index; asked only for those that run
     * @param run training or not, and what happens at holes
     * @return {@code [batch, classes]}, on the manager of {@code x}
     */
    public static NDArray run(
            Program program, NDArray x, IntFunction<NDArray> slots, ExecutionMode run) {
        Map<Instruction, Mixture.Pick> picks = new IdentityHashMap<>();
        for (Instruction instruction : program.instructions()) {
            if (instruction.kernel() instanceof Kernel.Mix mix) {
                picks.put(instruction, run.mixture().pick(mix));
            }
        }
        Program.Schedule schedule =
                program.schedule(instruction -> reads(program, instruction, picks));
        NDArray[] registers = new NDArray[program.values().size()];
        registers[0] = shaped(program.input(), x);
        for (int i = 0; i < schedule.needed().length; i++) {
            if (schedule.needed()[i]) {
                Instruction instruction = program.instructions().get(i);
                List<Integer> inputs = reads(program, instruction, picks);
                List<NDArray> in = inputs.stream().map(id -> registers[id]).toList();
                registers[instruction.output()] =
                        instruction.kernel() instanceof Kernel.Mix mix
                                ? mix(mix, instruction, inputs, in, picks.get(instruction), run)
                                : instruction
                                        .kernel()
                                        .run(
                                                in,
                                                instruction.slots().stream()
                                                        .map(slots::apply)
                                                        .toList(),
                                                run);
                for (int id : inputs) {
                    if (schedule.lastUse()[id] == i) {
                        free(registers, id);
                    }
                }
            }
        }
        return registers[program.output().id()];
    }

    private static NDArray shaped(Value input, NDArray x) {
        long[] shape = x.getShape().getShape();
        long elements = 1;
        for (int i = 1; i < shape.length; i++) {
            elements *= shape[i];
        }
        require(
                shape.length >= 2 && shape[1] == input.channels() && elements == input.elements(),
                "the network was compiled for samples of %s, but got an array of shape %s.",
                input.shape(),
                x.getShape());
        if (input.flat()) {
            return shape.length == 2 ? x : x.reshape(shape[0], -1);
        }
        return x;
    }

    /**
     * The registers that an instruction reads in this run: of a hole, what is picked and not zero.
     */
    private static List<Integer> reads(
            Program program, Instruction instruction, Map<Instruction, Mixture.Pick> picks) {
        Mixture.Pick pick = picks.get(instruction);
        if (pick == null) {
            return instruction.inputs();
        }
        List<Integer> picked = pick.options().stream().map(instruction.inputs()::get).toList();
        List<Integer> some = picked.stream().filter(id -> !isZero(program, id)).toList();
        return some.isEmpty() ? picked.subList(0, 1) : some;
    }

    private static boolean isZero(Program program, int id) {
        return program.values().get(id).zero();
    }

    private static NDArray mix(
            Kernel.Mix mix,
            Instruction instruction,
            List<Integer> inputs,
            List<NDArray> in,
            Mixture.Pick pick,
            ExecutionMode run) {
        if (pick.weights() == null) {
            return mix.run(in, List.of(), run);
        }
        List<NDArray> weights = new ArrayList<>();
        int next = 0;
        for (int at = 0; at < pick.options().size() && next < inputs.size(); at++) {
            if (instruction.inputs().get(pick.options().get(at)).equals(inputs.get(next))) {
                weights.add(pick.weights().get(at));
                next++;
            }
        }
        return mix.weighted(in, weights);
    }

    /** An instruction may have passed its input on, so only the last holder closes it. */
    public static void free(NDArray[] registers, int id) {
        NDArray array = registers[id];
        registers[id] = id == 0 ? array : null;
        for (NDArray other : registers) {
            if (other == array) {
                return;
            }
        }
        array.close();
    }
}
