package io.nas4j.search;

import io.nas4j.trial.Trial;
import java.time.Duration;

/**
 * What a search has used up.
 *
 * @param trials that were really run: reused estimates do not count
 * @param elapsed wall-clock time
 * @param compute the sum of the trials' cost
 * @param steady scored trials since the best one
 */
public record BudgetUsage(int trials, Duration elapsed, Duration compute, int steady) {

    /** Nothing yet. */
    public static final BudgetUsage NOTHING = new BudgetUsage(0, Duration.ZERO, Duration.ZERO, 0);

    /**
     * After one more trial.
     *
     * @param trial the newest
     * @param ranked whether it has a score of the search's own measure
     * @param best whether it is now the best one
     * @return what is used up then
     */
    BudgetUsage plus(Trial trial, boolean ranked, boolean best) {
        if (trial.reused()) {
            return this;
        }
        Duration cost = trial.cost().compute();
        int since = best ? 0 : ranked ? steady + 1 : steady;
        return new BudgetUsage(
                trials + 1, elapsed, cost.isZero() ? compute : compute.plus(cost), since);
    }

    /** After one more trial that is none of the search's own: its cost counts, it does not. */
    BudgetUsage aside(Trial trial) {
        return new BudgetUsage(trials, elapsed, compute.plus(trial.cost().compute()), steady);
    }

    BudgetUsage running(int more) {
        return more == 0 ? this : new BudgetUsage(trials + more, elapsed, compute, steady);
    }

    BudgetUsage elapsed(Duration time) {
        return new BudgetUsage(trials, time, compute, steady);
    }
}
