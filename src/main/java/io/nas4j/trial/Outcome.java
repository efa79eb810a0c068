package io.nas4j.trial;

import io.nas4j.space.OptionWeights;
import java.util.List;
import java.util.OptionalInt;

/** How a trial ended. */
public sealed interface Outcome {

    /**
     * It has a score.
     *
     * @param estimate finite score
     * @param learned what the strategy believed at that moment; empty for strategies without such
     * @param reuses the number of the earlier trial whose estimate this is, where the same network
     *     had been estimated before
     */
    record Completed(Estimate estimate, OptionWeights learned, OptionalInt reuses)
            implements Outcome {
        /**
         * An estimate of a strategy that tells nothing of what it learned.
         *
         * @param estimate whole
         */
        public Completed(Estimate estimate) {
            this(estimate, OptionWeights.NONE, OptionalInt.empty());
        }
    }

    /**
     * It was stopped before its end: pruned, interrupted, over budget.
     *
     * @param reason in words
     * @param curve what was reported until then
     * @param cost what it took until then
     */
    record Stopped(String reason, List<Point> curve, Cost cost) implements Outcome {
        public Stopped {
            curve = List.copyOf(curve);
        }
    }

    /**
     * It failed; the search goes on.
     *
     * @param reason in words, for example {@code loss became NaN in epoch 3}
     * @param detail where it happened, for a reader who mends it; may be empty
     * @param cost what it took until then
     */
    record Failed(String reason, String detail, Cost cost) implements Outcome {}
}
