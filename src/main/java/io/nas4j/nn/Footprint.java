package io.nas4j.nn;

import java.util.Arrays;
import java.util.List;

/**
 * The memory of a prediction, counted without running it: what {@link Executor} holds at once on a
 * CPU, as it gives every intermediate result up after its last use. A result that is a view of
 * another one (a slice, a crop, what only acts in training) takes none of its own, and keeps that
 * other one. The input is held to the end, beside its copy with the channels innermost where the
 * network begins with one. A layer's own working space is left out.
 *
 * @param weights numbers that the network holds: parameters and running statistics
 * @param activations the most numbers of one sample that are held at once
 */
public record Footprint(long weights, long activations) {

    private static final int BYTES = Float.BYTES;

    /**
     * Counts a program.
     *
     * @param program a network
     * @return its footprint
     */
    public static Footprint of(Program program) {
        long weights = program.slots().stream().mapToLong(Slot::size).sum();
        return new Footprint(weights, activations(program));
    }

    private static long activations(Program program) {
        Program.Schedule schedule = program.schedule();
        List<Instruction> instructions = program.instructions();
        int[] owner = new int[program.values().size()];
        Arrays.setAll(owner, register -> register);
        int[] lastUse = schedule.lastUse().clone();
        lastUse[program.output().id()] = instructions.size();
        lastUse[program.input().id()] = instructions.size();
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            if (schedule.needed()[i] && isView(instruction)) {
                int seen = owner[instruction.inputs().get(0)];
                owner[instruction.output()] = seen;
                lastUse[seen] = Math.max(lastUse[seen], lastUse[instruction.output()]);
            }
        }
        long held = program.input().elements();
        long most = held;
        for (int i = 0; i < instructions.size(); i++) {
            if (schedule.needed()[i]) {
                int output = instructions.get(i).output();
                held += owner[output] == output ? elements(program, output) : 0;
                most = Math.max(most, held);
                for (int register = 0; register < owner.length; register++) {
                    boolean ends = owner[register] == register && lastUse[register] == i;
                    held -= ends ? elements(program, register) : 0;
                }
            }
        }
        return most;
    }

    private static long elements(Program program, int register) {
        return program.values().get(register).elements();
    }

    private static boolean isView(Instruction instruction) {
        Kernel kernel = instruction.kernel();
        boolean isSingle = instruction.inputs().size() == 1;
        return kernel instanceof Kernel.Slice
                || kernel instanceof Kernel.Crop
                || kernel instanceof Kernel.Dropout
                || kernel instanceof Kernel.DropPath
                || isSingle && (kernel instanceof Kernel.Sum || kernel instanceof Kernel.Concat);
    }

    /**
     * All of it in 32-bit floats.
     *
     * @param batch samples that are predicted together, at least 1
     * @return bytes
     */
    public long bytes(int batch) {
        return BYTES * Math.addExact(weights, Math.multiplyExact(activations, (long) batch));
    }
}
