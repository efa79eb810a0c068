package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import io.nas4j.nn.Fragment;
import io.nas4j.nn.Normaliser;
import io.nas4j.operation.Fusion;
import io.nas4j.space.Node;
import io.nas4j.space.Node.Merge;
import java.util.List;
import java.util.Optional;

/** One value of a supernet and what makes it. */
sealed interface SupernetStep {
    int output();

    List<Integer> inputs();

    /** An operation with weights of its own, from {@code firstWeight} on. */
    record Apply(
            Node.Op op, Fragment fragment, int firstWeight, int weightCount, int input, int output)
            implements SupernetStep {
        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }

        /** The fast form that the operation declares, where its layers are of that form. */
        Optional<Fusion> fusion() {
            return op.operation().fusion().filter(form -> form.fits(fragment.layers()));
        }

        NDArray run(NDArray x, List<NDArray> weights, Normaliser normaliser) {
            return fragment.run(x, weights, normaliser);
        }
    }

    /** No edge: zeros of the size that its neighbours have. */
    record Zeros(Size size, int input, int output) implements SupernetStep {
        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }
    }

    record Merged(Merge merge, List<Integer> inputs, int output) implements SupernetStep {}

    /** The first channels of a value. */
    record Leading(int channels, int input, int output) implements SupernetStep {
        @Override
        public List<Integer> inputs() {
            return List.of(input);
        }
    }

    /**
     * What came of a value's first channels, and its others beside it.
     *
     * @param part one of so many channels is {@code mixed}
     * @param whole the value, at the resolution of {@code mixed}
     */
    record Widened(int part, int mixed, int whole, int output) implements SupernetStep {
        @Override
        public List<Integer> inputs() {
            return List.of(mixed, whole);
        }
    }

    /** The weighted sum of the options of one decision, times how many of them are picked. */
    record Mixed(int logits, int picks, List<Integer> inputs, int output) implements SupernetStep {}
}
