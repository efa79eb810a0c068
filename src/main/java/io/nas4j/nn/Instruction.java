package io.nas4j.nn;

import java.util.List;

/**
 * One step of a {@link Program}.
 *
 * @param place where in the tree it comes from, as {@code Flow.place()} names it
 * @param kernel what it computes
 * @param inputs the registers it reads
 * @param output the register it writes; each is written once
 * @param slots the arrays it uses, as {@link Kernel} lists them
 */
public record Instruction(
        String place, Kernel kernel, List<Integer> inputs, int output, List<Integer> slots) {

    public Instruction {
        inputs = List.copyOf(inputs);
        slots = List.copyOf(slots);
    }
}
