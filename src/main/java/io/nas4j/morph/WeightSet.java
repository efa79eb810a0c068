package io.nas4j.morph;

import static io.nas4j.space.Require.require;

import io.nas4j.nn.Program;
import io.nas4j.nn.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The arrays of a network on the heap: weights and running statistics.
 *
 * @param program the network
 * @param arrays one a slot of the program, in row-major order; not copied
 */
public record WeightSet(Program program, List<float[]> arrays) {

    public WeightSet {
        arrays = List.copyOf(arrays);
        require(
                arrays.size() == program.slots().size(),
                "a network of %d arrays was given %d. Try the weights of the same architecture.",
                program.slots().size(),
                arrays.size());
        for (int i = 0; i < arrays.size(); i++) {
            Slot slot = program.slots().get(i);
            require(
                    arrays.get(i).length == slot.size(),
                    "array \"%s\" of %s has %d numbers, but was given %d. Try the weights of the"
                            + " same architecture, channels and classes.",
                    slot.name(),
                    slot.shape(),
                    slot.size(),
                    arrays.get(i).length);
        }
    }

    /**
     * Initial weights.
     *
     * @param program a network
     * @param random where they come from
     * @return a new set
     */
    public static WeightSet initial(Program program, RandomGenerator random) {
        List<float[]> arrays = new ArrayList<>();
        program.slots().forEach(slot -> arrays.add(slot.initial(random)));
        return new WeightSet(program, arrays);
    }
}
