package io.nas4j.search;

import static io.nas4j.space.Require.require;

import java.time.Duration;
import java.util.Locale;

/**
 * When a search has spent enough: an immutable condition, composed with {@link #or} and {@link
 * #and}.
 *
 * <pre>{@code
 * Budget budget = trials(50).or(minutes(10));
 * }</pre>
 */
public sealed interface Budget {

    /**
     * A number of trials; failed ones count, reused estimates do not, the concluding trial of a
     * strategy with weights comes on top.
     *
     * @param count at least 1
     * @return the budget
     */
    static Budget trials(int count) {
        return new Trials(count);
    }

    /**
     * Wall-clock time, resumed searches included. Once a trial has a score, a running one is
     * stopped when the time is over.
     *
     * @param minutes more than 0; fractions are allowed
     * @return the budget
     */
    static Budget minutes(double minutes) {
        require(
                minutes > 0 && minutes < 1e9,
                "a budget of minutes must be more than 0, but was %s. Try minutes(10).",
                minutes);
        return new Elapsed(Duration.ofNanos(Math.round(minutes * 60e9)));
    }

    /**
     * The sum of the trials' own cost: what training took, or what a table says that it took.
     *
     * @param time more than 0
     * @return the budget
     */
    static Budget compute(Duration time) {
        return new Compute(time);
    }

    /**
     * Convergence: no better score in the last trials.
     *
     * @param scored how many scored trials in a row, at least 1; reused estimates do not count
     * @return the budget
     */
    static Budget steady(int scored) {
        return new Steady(scored);
    }

    /**
     * Whether to stop.
     *
     * @param spent so far
     * @return true when nothing more is to be started
     */
    boolean isSpent(BudgetUsage spent);

    /**
     * How much of it is used up.
     *
     * @param spent so far
     * @return in [0, 1]; 1 when spent
     */
    double fraction(BudgetUsage spent);

    /**
     * Ends with the first of two.
     *
     * @param other another budget
     * @return the budget
     */
    default Budget or(Budget other) {
        return new Either(this, other);
    }

    /**
     * Ends with the last of two.
     *
     * @param other another budget
     * @return the budget
     */
    default Budget and(Budget other) {
        return new Both(this, other);
    }

    /**
     * A number of trials.
     *
     * @param count at least 1
     */
    record Trials(int count) implements Budget {
        public Trials {
            require(
                    count >= 1,
                    "a budget of trials must be at least 1, but was %d. Try trials(50).",
                    count);
        }

        @Override
        public boolean isSpent(BudgetUsage spent) {
            return spent.trials() >= count;
        }

        @Override
        public double fraction(BudgetUsage spent) {
            return share(spent.trials(), count);
        }

        @Override
        public String toString() {
            return count + (count == 1 ? " trial" : " trials");
        }
    }

    /**
     * Wall-clock time.
     *
     * @param time more than 0
     */
    record Elapsed(Duration time) implements Budget {
        public Elapsed {
            requirePositive("elapsed time", time);
        }

        @Override
        public boolean isSpent(BudgetUsage spent) {
            return spent.elapsed().compareTo(time) >= 0;
        }

        @Override
        public double fraction(BudgetUsage spent) {
            return share(seconds(spent.elapsed()), seconds(time));
        }

        @Override
        public String toString() {
            return words(time);
        }
    }

    /**
     * The sum of the trials' cost.
     *
     * @param time more than 0
     */
    record Compute(Duration time) implements Budget {
        public Compute {
            requirePositive("compute", time);
        }

        @Override
        public boolean isSpent(BudgetUsage spent) {
            return spent.compute().compareTo(time) >= 0;
        }

        @Override
        public double fraction(BudgetUsage spent) {
            return share(seconds(spent.compute()), seconds(time));
        }

        @Override
        public String toString() {
            return words(time) + " of compute";
        }
    }

    /**
     * No improvement for a while.
     *
     * @param scored at least 1
     */
    record Steady(int scored) implements Budget {
        public Steady {
            require(
                    scored >= 1,
                    "a budget of steady trials must be at least 1, but was %d. Try steady(20).",
                    scored);
        }

        @Override
        public boolean isSpent(BudgetUsage spent) {
            return spent.steady() >= scored;
        }

        @Override
        public double fraction(BudgetUsage spent) {
            return share(spent.steady(), scored);
        }

        @Override
        public String toString() {
            return scored + " scored trials without a better one";
        }
    }

    /**
     * The first of two.
     *
     * @param first one
     * @param second other
     */
    record Either(Budget first, Budget second) implements Budget {
        @Override
        public boolean isSpent(BudgetUsage spent) {
            return first.isSpent(spent) || second.isSpent(spent);
        }

        @Override
        public double fraction(BudgetUsage spent) {
            return Math.max(first.fraction(spent), second.fraction(spent));
        }

        @Override
        public String toString() {
            return first + " or " + second;
        }
    }

    /**
     * The last of two.
     *
     * @param first one
     * @param second other
     */
    record Both(Budget first, Budget second) implements Budget {
        @Override
        public boolean isSpent(BudgetUsage spent) {
            return first.isSpent(spent) && second.isSpent(spent);
        }

        @Override
        public double fraction(BudgetUsage spent) {
            return Math.min(first.fraction(spent), second.fraction(spent));
        }

        @Override
        public String toString() {
            return "(" + first + " and " + second + ")";
        }
    }

    /**
     * Another budget, which some trials at the beginning do not count for; their time does.
     *
     * @param trials how many, at least 0
     * @param then what counts from there on
     */
    record After(int trials, Budget then) implements Budget {
        @Override
        public boolean isSpent(BudgetUsage spent) {
            return then.isSpent(later(spent));
        }

        @Override
        public double fraction(BudgetUsage spent) {
            return then.fraction(later(spent));
        }

        private BudgetUsage later(BudgetUsage spent) {
            int counted = Math.max(0, spent.trials() - trials);
            return new BudgetUsage(counted, spent.elapsed(), spent.compute(), spent.steady());
        }

        @Override
        public String toString() {
            return then + " after " + trials + " looks";
        }
    }

    private static void requirePositive(String what, Duration time) {
        require(
                !time.isNegative() && !time.isZero(),
                "a budget of %s must be more than 0, but was %s. Try Duration.ofMinutes(10).",
                what,
                time);
    }

    private static double share(double used, double all) {
        return Math.min(1, used / all);
    }

    private static double seconds(Duration time) {
        return time.getSeconds() + time.getNano() / 1e9;
    }

    private static String words(Duration time) {
        double minutes = time.toMillis() / 60e3;
        return minutes == Math.rint(minutes)
                ? String.format(Locale.ROOT, "%.0f min", minutes)
                : String.format(Locale.ROOT, "%.3g min", minutes);
    }
}
