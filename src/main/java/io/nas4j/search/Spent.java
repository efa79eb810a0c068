package io.nas4j.search;

import io.nas4j.trial.Trial;
import java.time.Duration;

/**
 * What a search has used up.
 *
 * @param trials that were really run: reused estimates do not count
 * @param elapsed time on the wall
 * @param compute the sum of the trials' cost
 * @param steady scored trials since the best one
 */
public record Spent(int trials, Duration elapsed, Duration compute, int steady) {

    /** Nothing yet. */
    public static final Spent NOTHING = new Spent(0, Duration.ZERO, Duration.ZERO, 0);

    /**
     * After one more trial.
     *
     * @param trial the newest
     * @param ranked whether it has a score of the search's own measure
     * @param best whether it is now the best one
     * @return what is used up then
     */
    Spent plus(Trial trial, boolean ranked, boolean best) {
        if (trial.reused()) {
            return this;
        }
        Duration cost = trial.cost().compute();
        int since = best ? 0 : ranked ? steady + 1 : steady;
        return new Spent(trials + 1, elapsed, cost.isZero() ? compute : compute.plus(cost), since);
    }

    Spent running(int more) {
        return more == 0 ? this : new Spent(trials + more, elapsed, compute, steady);
    }

    Spent elapsed(Duration time) {
        return new Spent(trials, time, compute, steady);
    }
}
