package io.nas4j.search;

import static io.nas4j.space.Require.require;
import static java.util.stream.Collectors.joining;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.strategy.Proposal;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Set;

/** What the estimator's scores are called, and whether they say what the search wants. */
final class Measures {

    private final PerformanceEstimator estimator;
    private final List<Objective> objectives;
    private boolean checked;

    Measures(SearchSpec search) {
        this.estimator = search.estimator();
        this.objectives = search.objectives();
    }

    /** Less than the search's own fidelity is another measure: such trials are not ranked. */
    String of(Fidelity fidelity) {
        Fidelity whole = estimator.fidelity();
        boolean less =
                !fidelity.equals(whole)
                        && (fidelity.epochs() < whole.epochs()
                                || isCut(fidelity, whole)
                                || fidelity.data() < whole.data()
                                || fidelity.width() < whole.width()
                                || isCoarser(fidelity.resolution(), whole.resolution()));
        return less ? estimator.measure() + " at " + fidelity : estimator.measure();
    }

    /** As many epochs are another training where the learning rate falls over more of them. */
    private static boolean isCut(Fidelity fidelity, Fidelity whole) {
        return fidelity.epochs() == whole.epochs() && fidelity.horizon() != whole.horizon();
    }

    /** 0 is the data's own resolution. */
    private static boolean isCoarser(int resolution, int whole) {
        return resolution > 0 && (whole == 0 || resolution < whole);
    }

    /** Whether the estimator has scored it, rather than the strategy itself. */
    boolean isEstimate(Trial trial) {
        return trial.score().isPresent() && trial.measure().equals(of(trial.fidelity()));
    }

    /** Whether it answers the proposal; an interrupted trial does not. */
    boolean answers(Trial trial, Proposal.Evaluate proposal) {
        return trial.architecture().equals(proposal.architecture())
                && trial.fidelity().equals(proposal.fidelity())
                && trial.measure().equals(of(proposal.fidelity()))
                && !(trial.outcome() instanceof Outcome.Stopped);
    }

    /**
     * Of an estimator that does not say beforehand what it reports, its first estimate does.
     *
     * @throws IllegalArgumentException for an objective that nobody reports
     */
    void checkObjectives(Trial trial) {
        if (!checked && isEstimate(trial)) {
            check(((Outcome.Completed) trial.outcome()).estimate().values().keySet());
            checked = true;
        }
    }

    /** Before anything is trained, where it is known what the estimator reports. */
    void checkObjectives() {
        if (!estimator.reported().isEmpty()) {
            check(estimator.reported());
        }
    }

    private void check(Set<String> reported) {
        for (Objective objective : objectives) {
            require(
                    reported.contains(objective.metric()),
                    "objective \"%s\" is not reported by %s, which reports %s. Try another"
                            + " objective, or an estimator that reports it in its metrics, as"
                            + " measured(..) does.",
                    objective.metric(),
                    estimator.measure(),
                    reported.stream().sorted().collect(joining(", ")));
        }
    }
}
