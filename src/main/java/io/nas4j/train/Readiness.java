package io.nas4j.train;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.data.Target;
import java.util.BitSet;
import java.util.List;

/** Whether there is something to learn in the training split, asked before anything trains. */
public final class Readiness {

    private Readiness() {}

    /**
     * Refuses data from which nothing can be learned.
     *
     * @param data with their split
     * @throws IllegalArgumentException where training knows one class only, or not a class (or
     *     label) that it is judged by, or one and the same number only
     */
    public static void check(Data data) {
        if (data.target() instanceof Target.Classes target) {
            classes(data, target);
        } else if (data.target() instanceof Target.Numbers target) {
            numbers(data, target);
        } else if (data.target() instanceof Target.Labels target) {
            labels(data, target);
        }
    }

    private static void classes(Data data, Target.Classes target) {
        BitSet seen = new BitSet();
        for (int example : data.split().train()) {
            seen.set(target.labels()[example]);
        }
        require(
                seen.cardinality() >= 2,
                "training needs examples of at least 2 classes, but the training split of \"%s\""
                        + " has only \"%s\". Try %s.",
                data.name(),
                target.names().get(seen.nextSetBit(0)),
                target.names().size() == 1 ? "examples of another class" : "data.split(0.7, 0.15)");
        for (int[] part : List.of(data.split().validation(), data.split().test())) {
            for (int example : part) {
                int label = target.labels()[example];
                require(
                        seen.get(label),
                        "every class must be in the training split, but of \"%s\" example %d, which"
                                + " is held back, is the first of \"%s\". Try data.split(0.7,"
                                + " 0.15), or leaving that class out.",
                        data.name(),
                        example,
                        target.names().get(label));
            }
        }
    }

    private static void numbers(Data data, Target.Numbers target) {
        int width = target.names().size();
        for (int j = 0; j < width; j++) {
            float first = target.values()[data.split().train()[0] * width + j];
            boolean differs = false;
            for (int example : data.split().train()) {
                differs |= target.values()[example * width + j] != first;
            }
            require(
                    differs,
                    "what is to be predicted must differ from example to example, but \"%s\" of"
                            + " \"%s\" is always %s in training. Try another target.",
                    target.names().get(j),
                    data.name(),
                    first);
        }
    }

    private static void labels(Data data, Target.Labels target) {
        int width = target.names().size();
        for (int label = 0; label < width; label++) {
            int has = 0;
            for (int example : data.split().train()) {
                has += target.marks()[example * width + label];
            }
            require(
                    has > 0 && has < data.split().train().length,
                    "every label must be on some training examples and not on others, but \"%s\" of"
                            + " \"%s\" is on %s. Try another split, or leaving it out.",
                    target.names().get(label),
                    data.name(),
                    has == 0 ? "none" : "all");
        }
    }
}
