package io.nas4j.oneshot;

import io.nas4j.sharing.Answers;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** What a path through a trained supernet is scored by; of several, their mean in common units. */
public enum PathScore {

    /**
     * The share of right answers on the validation data: what the papers search by.
     *
     * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al., 2020, section 3.3</a>
     */
    ACCURACY {
        @Override
        double of(Supplier<Answers> answers, DoubleSupplier angle) {
            return answers.get().accuracy();
        }
    },

    /**
     * The geometric mean of the probabilities that the right classes of the validation data get,
     * e^-cross-entropy. Less coarse than the accuracy.
     */
    LIKELIHOOD {
        @Override
        double of(Supplier<Answers> answers, DoubleSupplier angle) {
            return answers.get().likelihood();
        }
    },

    /**
     * The angle between the path's weights now and at the start, as a share of π. It needs no
     * images and no forward pass. It favours networks that can learn much, and so in part those of
     * many weights: compare it with the number of parameters.
     *
     * @see <a href="https://arxiv.org/abs/2101.11834">Zhang et al., 2021 (RLNAS)</a>
     */
    ANGLE {
        @Override
        double of(Supplier<Answers> answers, DoubleSupplier angle) {
            return angle.getAsDouble() / Math.PI;
        }

        @Override
        boolean asksImages() {
            return false;
        }
    };

    /**
     * The score.
     *
     * @param answers of the path to some images; taken only where needed
     * @param angle of its weights in [0, π]
     * @return in [0, 1]
     */
    abstract double of(Supplier<Answers> answers, DoubleSupplier angle);

    /** Whether the network has to run. */
    boolean asksImages() {
        return true;
    }

    /** What a trial's metric of it is called. */
    String metric() {
        return name().toLowerCase(Locale.ROOT);
    }
}
