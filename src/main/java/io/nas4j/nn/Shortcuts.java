package io.nas4j.nn;

import io.nas4j.nn.Kernel.Convolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program of the same numbers in fewer calls: what is computed from the same values in the same
 * way is computed once (the ReLU and the pooling of a value that several edges read), and a
 * factorized reduce is one convolution. Slots and registers keep their numbers.
 */
final class Shortcuts {

    /** A computation without arrays of its own. */
    private record Computation(Kernel kernel, List<Integer> inputs) {}

    private final Program program;

    /** By register: who holds the same numbers. */
    private final Map<Integer, Integer> same = new HashMap<>();

    private final Map<Computation, Integer> known = new HashMap<>();
    private final Map<Integer, Instruction> makers = new HashMap<>();
    private final List<Instruction> fewer = new ArrayList<>();

    private Shortcuts(Program program) {
        this.program = program;
    }

    /** The numbers of gradients too, but for the order in which they are summed. */
    static Program of(Program program) {
        return new Shortcuts(program).run();
    }

    private Program run() {
        for (Instruction old : program.instructions()) {
            List<Integer> inputs = old.inputs().stream().map(this::holder).toList();
            Computation computation = new Computation(old.kernel(), inputs);
            Integer earlier = isPure(old.kernel()) ? known.get(computation) : null;
            if (earlier != null) {
                same.put(old.output(), earlier);
                continue;
            }
            known.put(computation, old.output());
            Instruction one =
                    new Instruction(old.place(), old.kernel(), inputs, old.output(), old.slots());
            makers.put(one.output(), one);
            fewer.add(old.kernel() instanceof Kernel.Concat ? reduction(one) : one);
        }
        Value output = program.values().get(holder(program.output().id()));
        return new Program(program.input(), fewer, program.slots(), program.values(), output);
    }

    private int holder(int register) {
        return same.getOrDefault(register, register);
    }

    /** Whether it always makes the same of the same, and changes nothing. */
    private static boolean isPure(Kernel kernel) {
        return kernel instanceof Kernel.Activation
                || kernel instanceof Kernel.Pool
                || kernel instanceof Kernel.GlobalPool
                || kernel instanceof Kernel.Flatten
                || kernel instanceof Kernel.Pad
                || kernel instanceof Kernel.Crop
                || kernel instanceof Kernel.Slice
                || kernel instanceof Kernel.Shuffle
                || kernel instanceof Kernel.ChannelsLast
                || kernel instanceof Kernel.Concat
                || kernel instanceof Kernel.Sum
                || kernel instanceof Kernel.Zero;
    }

    /** The concatenation itself where it is not the end of a factorized reduce. */
    private Instruction reduction(Instruction concat) {
        if (concat.inputs().size() != 2) {
            return concat;
        }
        Instruction even = makers.get(concat.inputs().get(0));
        Instruction odd = makers.get(concat.inputs().get(1));
        if (!halves(even) || !halves(odd)) {
            return concat;
        }
        int source = even.inputs().get(0);
        Instruction crop = makers.get(odd.inputs().get(0));
        Value read = program.values().get(source);
        Kernel shifted = new Kernel.Crop(1, 1, read.height() - 1, read.width() - 1);
        if (crop == null
                || crop.inputs().get(0) != source
                || !crop.kernel().equals(shifted)
                || read.height() % 2 != 0
                || read.width() % 2 != 0) {
            return concat;
        }
        return new Instruction(
                concat.place(),
                new Kernel.Reduce(),
                List.of(source),
                concat.output(),
                List.of(even.slots().get(0), odd.slots().get(0)));
    }

    /** A 1×1 convolution of every other pixel, without bias. */
    private boolean halves(Instruction instruction) {
        if (instruction == null
                || !instruction.kernel().equals(new Convolution(2, 2, 0, 0, 1, 1))
                || instruction.slots().size() != 1) {
            return false;
        }
        List<Integer> weight = program.slots().get(instruction.slots().get(0)).shape();
        return weight.get(2) == 1 && weight.get(3) == 1;
    }
}
