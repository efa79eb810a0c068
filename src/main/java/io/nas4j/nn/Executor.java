package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import java.util.List;

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
     * @param slots one array a slot; read only where it runs
     * @param run training or not
     * @return the output, on the manager of {@code x}
     */
    public static NDArray run(Program program, NDArray x, List<NDArray> slots, ExecutionMode run) {
        return run(program, x, slots, run, (instruction, in, out) -> out);
    }

    /**
     * Runs it once, looked at.
     *
     * @param program what to run
     * @param x {@code [batch, channels, height, width]}, or {@code [batch, features]} for rows
     * @param slots one array a slot; read only where it runs
     * @param run training or not
     * @param tap sees every instruction that runs, in order
     * @return the output, on the manager of {@code x}
     */
    public static NDArray run(
            Program program, NDArray x, List<NDArray> slots, ExecutionMode run, Tap tap) {
        Program.Schedule schedule = program.schedule();
        NDArray[] registers = new NDArray[program.values().size()];
        registers[0] = shaped(program.input(), x);
        for (int i = 0; i < schedule.needed().length; i++) {
            if (schedule.needed()[i]) {
                Instruction instruction = program.instructions().get(i);
                List<NDArray> in = instruction.inputs().stream().map(id -> registers[id]).toList();
                List<NDArray> own = instruction.slots().stream().map(slots::get).toList();
                registers[instruction.output()] =
                        tap.see(instruction, in, instruction.kernel().run(in, own, run));
                for (int id : instruction.inputs()) {
                    if (schedule.lastUse()[id] == i && registers[id] != null) {
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
