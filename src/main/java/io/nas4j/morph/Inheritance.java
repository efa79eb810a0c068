package io.nas4j.morph;

import io.nas4j.nn.Instruction;
import io.nas4j.nn.Kernel;
import io.nas4j.nn.Program;
import io.nas4j.nn.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A child network's first weights from its parent's. Arrays of the same name and shape are copied;
 * where the child has more, it is made to compute what its parent computed, in evaluation mode:
 *
 * <ul>
 *   <li><em>kernel growth</em>: the parent's kernel lies in the middle of zeros; a smaller one is
 *       cut out of the middle, which computes something else
 *   <li><em>wider</em>: units that are added keep their random weights, and whoever reads them
 *       begins with zeros
 *   <li><em>skip, branch</em>: a branch that a sum gains begins with a normalisation whose scale is
 *       0, so that it adds nothing yet
 *   <li><em>deeper</em>: a convolution in a row that has no fewer channels than it reads begins as
 *       the identity, and so does its normalisation; exact where the activations around it leave
 *       alone what they get, as ReLU does after ReLU
 * </ul>
 *
 * <p>Everything else keeps its random first weights: an operation that replaces one of another
 * kind, for example. A concatenation whose parts have become wider does not compute what it did,
 * and neither does a layer normalisation over more channels.
 *
 * @param weights of the child
 * @param inherited share of the child's trained numbers that come from the parent, in [0, 1]
 * @see <a href="https://arxiv.org/abs/1511.05641">Chen et al., 2016: Net2Net</a>
 * @see <a href="https://arxiv.org/abs/1711.04528">Elsken et al., 2018: network morphisms in
 *     architecture search</a>
 */
public record Inheritance(WeightSet weights, double inherited) {

    /** What a normalisation adds to a variance; less this, a variance of 1 divides by 1. */
    private static final float EPSILON = 1e-5f;

    /**
     * Passes weights on.
     *
     * @param parent trained; not changed
     * @param child its random first weights; not changed
     * @return the child's weights
     */
    public static Inheritance of(WeightSet parent, WeightSet child) {
        return new Passing(parent, child).run();
    }

    /** One passing on. */
    private static final class Passing {
        private final WeightSet parent;
        private final Program program;
        private final List<float[]> arrays = new ArrayList<>();
        private final Map<String, Integer> parents = new HashMap<>();
        private long copied;
        private long all;

        Passing(WeightSet parent, WeightSet child) {
            this.parent = parent;
            this.program = child.program();
            child.arrays().forEach(array -> arrays.add(array.clone()));
            List<Slot> slots = parent.program().slots();
            for (int i = 0; i < slots.size(); i++) {
                parents.put(slots.get(i).name(), i);
            }
        }

        Inheritance run() {
            for (int i = 0; i < arrays.size(); i++) {
                Slot slot = program.slots().get(i);
                Integer from = parents.get(slot.name());
                long taken = 0;
                if (from != null) {
                    taken =
                            Overlap.copy(
                                    parent.program().slots().get(from),
                                    parent.arrays().get(from),
                                    slot,
                                    arrays.get(i));
                }
                if (slot.role().isTrained()) {
                    copied += taken;
                    all += slot.size();
                }
            }
            Growth growth = new Growth(parent.program(), program);
            growth.silent().forEach(slot -> fill(slot, 0));
            for (Instruction identity : growth.identities()) {
                identity(identity);
            }
            return new Inheritance(
                    new WeightSet(program, arrays), all == 0 ? 0 : (double) copied / all);
        }

        private void fill(int slot, float value) {
            java.util.Arrays.fill(arrays.get(slot), value);
        }

        private void identity(Instruction instruction) {
            for (int slot : instruction.slots()) {
                Slot its = program.slots().get(slot);
                switch (its.role()) {
                    case WEIGHT -> identity(its, arrays.get(slot));
                    case GAMMA -> fill(slot, 1);
                    case RUNNING_VARIANCE -> fill(slot, 1 - EPSILON);
                    case BIAS, BETA, RUNNING_MEAN -> fill(slot, 0);
                }
            }
        }

        /** Ones in the middle of a channel's own kernel; units beyond these stay random. */
        private static void identity(Slot slot, float[] weight) {
            int perGroup = slot.shape().get(1);
            int height = slot.shape().get(2);
            int width = slot.shape().get(3);
            int units = perGroup == 1 ? slot.shape().get(0) : perGroup;
            java.util.Arrays.fill(weight, 0, units * perGroup * height * width, 0);
            for (int out = 0; out < units; out++) {
                int in = perGroup == 1 ? 0 : out;
                weight[((out * perGroup + in) * height + height / 2) * width + width / 2] = 1;
            }
        }
    }

    /** Where a child has more instructions than its parent, and of what kind. */
    private static final class Growth {
        private final Program child;
        private final Set<String> known = new HashSet<>();
        private final Map<String, Integer> sums = new HashMap<>();
        private final Map<Integer, Instruction> writers = new HashMap<>();

        Growth(Program parent, Program child) {
            this.child = child;
            for (Instruction instruction : parent.instructions()) {
                if (!(instruction.kernel() instanceof Kernel.Zero)) {
                    known.add(instruction.place());
                }
                if (instruction.kernel() instanceof Kernel.Sum) {
                    sums.merge(instruction.place(), instruction.inputs().size(), Math::max);
                }
            }
            child.instructions().forEach(its -> writers.put(its.output(), its));
        }

        /** The scale of every new branch that comes on top of the parent's summands. */
        List<Integer> silent() {
            List<Integer> scales = new ArrayList<>();
            for (Instruction sum : child.instructions()) {
                if (!(sum.kernel() instanceof Kernel.Sum)) {
                    continue;
                }
                int more = sum.inputs().size() - sums.getOrDefault(sum.place(), 1);
                List<Integer> fresh = new ArrayList<>();
                for (int register : sum.inputs()) {
                    Instruction last = last(register);
                    if (last != null
                            && last.kernel() instanceof Kernel.Normalise
                            && !known.contains(last.place())) {
                        fresh.add(scale(last));
                    }
                }
                if (more > 0 && fresh.size() <= more) {
                    scales.addAll(fresh);
                }
            }
            return scales;
        }

        /** What made a summand, apart from drop-path. */
        private Instruction last(int register) {
            Instruction writer = writers.get(register);
            while (writer != null && writer.kernel() instanceof Kernel.DropPath) {
                writer = writers.get(writer.inputs().get(0));
            }
            return writer;
        }

        private int scale(Instruction norm) {
            return norm.slots().stream()
                    .filter(slot -> child.slots().get(slot).role() == Slot.Role.GAMMA)
                    .findFirst()
                    .orElseThrow();
        }

        /** New convolutions and normalisations in a row that can be identities. */
        List<Instruction> identities() {
            Set<Integer> summed = new HashSet<>();
            for (Instruction instruction : child.instructions()) {
                if (instruction.kernel() instanceof Kernel.Sum) {
                    instruction.inputs().forEach(register -> mark(register, summed));
                }
            }
            List<Instruction> all = new ArrayList<>();
            for (Instruction instruction : child.instructions()) {
                boolean fresh =
                        !known.contains(instruction.place())
                                && !summed.contains(instruction.output());
                if (fresh && (isNorm(instruction) || keepsChannels(instruction))) {
                    all.add(instruction);
                }
            }
            return all;
        }

        /** A branch, back to where it begins with an instruction that the parent has. */
        private void mark(int register, Set<Integer> summed) {
            Instruction writer = writers.get(register);
            while (writer != null
                    && !known.contains(writer.place())
                    && summed.add(writer.output())) {
                writer = writers.get(writer.inputs().get(0));
            }
        }

        private static boolean isNorm(Instruction instruction) {
            return instruction.kernel() instanceof Kernel.Normalise;
        }

        private boolean keepsChannels(Instruction instruction) {
            if (!(instruction.kernel() instanceof Kernel.Convolution conv)) {
                return false;
            }
            Slot weight = child.slots().get(instruction.slots().get(0));
            boolean odd = weight.shape().get(2) % 2 == 1 && weight.shape().get(3) % 2 == 1;
            int in = child.values().get(instruction.inputs().get(0)).channels();
            int out = weight.shape().get(0);
            boolean keeps = conv.groups() == 1 ? out >= in : conv.groups() == in && out == in;
            return odd && keeps && conv.strideHeight() == 1 && conv.strideWidth() == 1;
        }
    }
}
