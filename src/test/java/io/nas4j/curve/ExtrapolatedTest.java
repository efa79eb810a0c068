package io.nas4j.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.PerformanceEstimatorContract;
import io.nas4j.estimate.ScoreTable;
import io.nas4j.estimate.TableRow;
import io.nas4j.estimate.Tabular;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.space.Architecture;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Extrapolation of curves that a table has whole. */
class ExtrapolatedTest extends PerformanceEstimatorContract {

    private static final SearchSpace THREE =
            SearchSpace.of(
                    "three",
                    Grammar.choice("op", Grammar.skip(), Grammar.norConv(1), Grammar.norConv(3)));
    private static final List<Architecture> ALL = THREE.stream().toList();

    /** Slow learners end better: after eight epochs the order is the reverse of the last. */
    private static double score(int network, int epoch) {
        return 0.75 + 0.08 * network - (0.4 + 0.2 * network) * Math.pow(epoch, -0.4);
    }

    private static Tabular table() {
        List<TableRow> rows = new ArrayList<>();
        for (int network = 0; network < 3; network++) {
            for (int epoch = 1; epoch <= 30; epoch++) {
                rows.add(
                        TableRow.of(ALL.get(network), score(network, epoch), 60.0 * epoch)
                                .epochs(epoch));
            }
        }
        return Tabular.of(ScoreTable.of("thirty", rows));
    }

    @Override
    protected PerformanceEstimator estimator() {
        return new Extrapolated(table());
    }

    @Override
    protected Task task() {
        return Searches.task(THREE, 1);
    }

    @Override
    protected List<Architecture> architectures() {
        return ALL;
    }

    @Override
    protected Optional<PerformanceEstimator> other() {
        return Optional.of(new Extrapolated(table()).from(5));
    }

    private List<Trial> search(PerformanceEstimator estimator) {
        return new SearchLoop(
                        SearchSpec.of(task(), new RandomSearch(), estimator, Budget.trials(3)))
                .run()
                .history()
                .trials();
    }

    @Test
    void trainsAThirdAndPredictsTheEnd() {
        List<Trial> trials = search(estimator());
        assertThat(trials).hasSize(3);
        for (Trial trial : trials) {
            int network = ALL.indexOf(trial.architecture());
            Estimate estimate = ((Outcome.Completed) trial.outcome()).estimate();
            assertThat(trial.fidelity()).isEqualTo(Fidelity.epochs(30).cutAt(10));
            assertThat(estimate.cost().compute()).isEqualTo(Duration.ofMinutes(10));
            assertThat(estimate.metrics().get(Metrics.LAST_SCORE)).isEqualTo(score(network, 10));
            // several forms fit ten points within the assumed noise
            assertThat(estimate.score()).isCloseTo(score(network, 30), within(0.02));
            assertThat(estimate.score())
                    .isGreaterThanOrEqualTo(estimate.metrics().get(Metrics.SCORE_LOW))
                    .isGreaterThan(score(network, 10));
        }
    }

    /** The point of it. */
    @Test
    void ranksWhatTheLastValueGetsWrong() {
        assertThat(score(0, 8)).isGreaterThan(score(2, 8));
        List<Trial> trials = new ArrayList<>(search(new Extrapolated(table()).from(8)));
        trials.sort(java.util.Comparator.comparingInt(trial -> ALL.indexOf(trial.architecture())));
        assertThat(trials).extracting(trial -> trial.score().getAsDouble()).isSorted();
    }

    @Test
    void badSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Extrapolated(table()).from(30))
                .withMessageContaining("must be in [1, 29], but were 30. Try 10.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Extrapolated(PerformanceEstimator.of("one", candidate -> 1)))
                .withMessageContaining("must train at least 2 epochs, but one trains 0");
    }

    @Test
    void anEstimatorWithoutACurveIsAFailedTrial() {
        PerformanceEstimator blind =
                new PerformanceEstimator() {
                    @Override
                    public Session open(Task task) {
                        return (candidate, context) -> Estimate.of(0.5);
                    }

                    @Override
                    public Fidelity fidelity() {
                        return Fidelity.epochs(9);
                    }

                    @Override
                    public String measure() {
                        return "blind";
                    }
                };
        assertThat(((Outcome.Failed) search(new Extrapolated(blind)).get(0).outcome()).reason())
                .contains("needs a learning curve, but blind reports none");
    }
}
