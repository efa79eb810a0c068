package io.nas4j.export;

import io.nas4j.nn.Instruction;
import io.nas4j.nn.Kernel;
import io.nas4j.nn.Program;
import java.util.List;

/** A language: what an instruction is called in it. */
interface Dialect {

    /**
     * One instruction as an expression.
     *
     * @param kernel what it computes
     * @param in names of its inputs
     * @param slots names of its arrays
     * @return an expression of the language
     * @throws IllegalArgumentException for a block of a user's own, which has no source
     */
    String expression(Kernel kernel, List<String> in, List<String> slots);

    /** The refusal that all languages share. */
    static IllegalArgumentException foreign(Program program, Instruction instruction) {
        return new IllegalArgumentException(
                "a network is handed over as source, but at \""
                        + instruction.place()
                        + "\" it has "
                        + instruction.kernel().getClass().getSimpleName()
                        + ", of which only the compiled form is known. Try operations made of"
                        + " primitives, or NasModel.save.");
    }
}
