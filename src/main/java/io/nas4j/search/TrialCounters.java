package io.nas4j.search;

import io.nas4j.analysis.Confirmation;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;

/** Counts over the trials that the strategy has heard of. */
final class TrialCounters {

    static final int FAILURES = 10;

    private volatile BudgetUsage spent = BudgetUsage.NOTHING;
    private int failures;
    private int repeats;

    /** Read by running trials too, hence volatile. */
    BudgetUsage spent() {
        return spent;
    }

    int failures() {
        return failures;
    }

    int repeats() {
        return repeats;
    }

    /** Counts the last trial of {@code view}. */
    void count(History view, Trial trial) {
        if (Confirmation.isOne(trial)) {
            spent = spent.aside(trial);
            return;
        }
        boolean ranked = trial.measure().equals(view.measure()) && trial.score().isPresent();
        boolean best = ranked && view.best().get() == trial;
        spent = spent.plus(trial, ranked, best);
        if (trial.reused()) {
            repeats++;
            return;
        }
        repeats = 0;
        failures = trial.outcome() instanceof Outcome.Failed ? failures + 1 : 0;
    }

    /** A search that is run again after it ended by failures gets another chance. */
    void forgive() {
        if (failures >= FAILURES) {
            failures = 0;
        }
    }
}
