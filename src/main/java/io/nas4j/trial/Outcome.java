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

        private static final String EARLY = "early, since ";

        public Stopped {
            curve = List.copyOf(curve);
        }

        /**
         * The reason of a trial that a rule of the search stopped.
         *
         * @param why in words
         * @return a reason that {@link #isEarly} knows
         */
        public static String early(String why) {
            return EARLY + why;
        }

        /**
         * Whether a rule of the search stopped it: that is a result, like a score, and a resumed
         * search keeps it.
         *
         * @return false for what was interrupted or went over the budget
         */
        public boolean isEarly() {
            return reason.startsWith(EARLY);
        }

        /**
         * How far it came, and why no further.
         *
         * @return for example {@code stopped after epoch 3 at 0.6120: interrupted}
         */
        public String summary() {
            if (curve.isEmpty()) {
                return "stopped: " + reason;
            }
            Point last = curve.get(curve.size() - 1);
            return String.format(
                    java.util.Locale.ROOT,
                    "stopped after epoch %d at %.4f: %s",
                    last.step(),
                    last.score(),
                    reason);
        }
    }

    /**
     * It failed; the search goes on.
     *
     * @param reason in words, for example {@code loss became NaN in epoch 3}
     * @param detail where it happened, for a reader who mends it; may be empty
     * @param cost what it took until then
     */
    record Failed(String reason, String detail, Cost cost) implements Outcome {

        private static final int REASON_LENGTH = 300;

        /**
         * What went wrong, for a reader who did not write the code that threw it.
         *
         * @param thrown by an estimator, a strategy or the file system
         * @return the root cause's message in one line of at most 300 characters; its kind too,
         *     unless it was thrown to be read by a user
         */
        public static String reason(Throwable thrown) {
            Throwable root = root(thrown);
            if (root instanceof OutOfMemoryError) {
                return "out of memory ("
                        + root.getMessage()
                        + "). Try a smaller width, resolution or batch";
            }
            String message = root.getMessage() == null ? "" : root.getMessage().strip();
            String first = message.lines().findFirst().orElse("");
            boolean plain =
                    root.getClass() == IllegalArgumentException.class
                            || root.getClass() == IllegalStateException.class;
            String kind = root.getClass().getSimpleName();
            String text = first.isEmpty() ? kind : plain ? first : kind + ": " + first;
            return text.length() <= REASON_LENGTH ? text : text.substring(0, REASON_LENGTH) + "…";
        }

        /**
         * Where a chain of causes begins.
         *
         * @param thrown its end; a chain may be a ring
         * @return the first cause, or the 50th from the end
         */
        public static Throwable root(Throwable thrown) {
            Throwable root = thrown;
            for (int i = 0; i < 50 && root.getCause() != null; i++) {
                root = root.getCause();
            }
            return root;
        }
    }
}
