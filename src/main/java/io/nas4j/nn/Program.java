package io.nas4j.nn;

import java.util.Arrays;
import java.util.List;

/**
 * A tree of the grammar as a list of array operations: what {@link Executor} runs and {@link
 * Counts} counts.
 *
 * <p>Instructions are in an order in which they can run; every register is written once. Those
 * whose result nobody needs are still listed, because their weights belong to the network; they do
 * not run.
 *
 * @param input register 0
 * @param instructions in order
 * @param slots arrays: weights and running statistics
 * @param values registers by id
 * @param output what flows out: the logits
 */
public record Program(
        Value input,
        List<Instruction> instructions,
        List<Slot> slots,
        List<Value> values,
        Value output) {

    public Program {
        instructions = List.copyOf(instructions);
        slots = List.copyOf(slots);
        values = List.copyOf(values);
    }

    /**
     * What runs, and when a register is free.
     *
     * @param needed by instruction
     * @param lastUse by register: the last instruction that reads it, -1 when none does
     */
    record Schedule(boolean[] needed, int[] lastUse) {}

    /**
     * Which instructions the output needs.
     *
     * @return the schedule
     */
    Schedule schedule() {
        boolean[] wanted = new boolean[values.size()];
        boolean[] needed = new boolean[instructions.size()];
        int[] lastUse = new int[values.size()];
        Arrays.fill(lastUse, -1);
        wanted[output.id()] = true;
        for (int i = instructions.size() - 1; i >= 0; i--) {
            Instruction instruction = instructions.get(i);
            if (!wanted[instruction.output()]) {
                continue;
            }
            needed[i] = true;
            for (int register : instruction.inputs()) {
                wanted[register] = true;
                lastUse[register] = Math.max(lastUse[register], i);
            }
        }
        return new Schedule(needed, lastUse);
    }

    /**
     * Which slots the output depends on.
     *
     * @return by slot
     */
    public boolean[] live() {
        boolean[] needed = schedule().needed();
        boolean[] live = new boolean[slots.size()];
        for (int i = 0; i < needed.length; i++) {
            if (needed[i]) {
                instructions.get(i).slots().forEach(slot -> live[slot] = true);
            }
        }
        return live;
    }
}
