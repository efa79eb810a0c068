package io.nas4j.estimate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Csv;
import io.nas4j.data.Data;
import io.nas4j.space.Architecture;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every estimator without native libraries against {@link PerformanceEstimatorContract}. */
class EstimatorsKeepTheContractTest {

    private static final SearchSpace THREE =
            SearchSpace.of(
                    "three",
                    Grammar.choice("op", Grammar.skip(), Grammar.norConv(1), Grammar.norConv(3)));
    private static final List<Architecture> ALL = THREE.stream().toList();

    /** On {@link #THREE}. */
    abstract static class Contract extends PerformanceEstimatorContract {
        @Override
        protected Task task() {
            return on(THREE);
        }

        @Override
        protected List<Architecture> architectures() {
            return ALL;
        }
    }

    @Nested
    class NasBench extends PerformanceEstimatorContract {
        @Override
        protected PerformanceEstimator estimator() {
            return Tabular.of(NasBench201.CIFAR100);
        }

        @Override
        protected Task task() {
            return on(Spaces.nasBench201());
        }

        @Override
        protected Optional<PerformanceEstimator> other() {
            return Optional.of(Tabular.of(NasBench201.CIFAR10));
        }

        @Override
        protected Optional<Task> unfit() {
            return Optional.of(on(THREE));
        }
    }

    @Nested
    class NasBenchOfOneSeed extends NasBench {
        @Override
        protected PerformanceEstimator estimator() {
            return Tabular.of(NasBench201.CIFAR100).oneSeed();
        }

        @Override
        protected Optional<PerformanceEstimator> other() {
            return Optional.of(Tabular.of(NasBench201.CIFAR100));
        }
    }

    @Nested
    class OwnTable extends Contract {
        @Override
        protected PerformanceEstimator estimator() {
            return Tabular.csv(
                    Csv.parse("own", "architecture,score,size\n0,0.1,1\n1,0.2,2\n2,0.3,3\n"),
                    THREE);
        }

        @Override
        protected Optional<Task> unfit() {
            return Optional.of(on(Spaces.nasBench201()));
        }
    }

    @Nested
    class OwnTableWithRungs extends Contract {
        @Override
        protected PerformanceEstimator estimator() {
            List<TableRow> rows = new ArrayList<>();
            for (Architecture architecture : ALL) {
                for (int epochs : List.of(1, 3, 9)) {
                    double score = 0.1 * epochs + architecture.choices().get(0);
                    rows.add(TableRow.of(architecture, score, epochs).epochs(epochs));
                }
            }
            return Tabular.of(ScoreTable.of("rungs", rows));
        }
    }

    @Nested
    class Replay extends Contract {
        @Override
        protected PerformanceEstimator estimator() {
            History history = History.empty("mine");
            for (Architecture architecture : ALL) {
                history =
                        history.plus(
                                new Trial(
                                        history.size(),
                                        architecture,
                                        "mine",
                                        Fidelity.NONE,
                                        0,
                                        OptionalInt.empty(),
                                        new Outcome.Completed(Estimate.of(history.size()))));
            }
            return Tabular.replay(history);
        }
    }

    @Nested
    class OwnFunction extends Contract {
        @Override
        protected PerformanceEstimator estimator() {
            return PerformanceEstimator.of("own", candidate -> candidate.architecture().hashCode());
        }

        @Override
        protected Optional<PerformanceEstimator> other() {
            return Optional.of(PerformanceEstimator.of("other", candidate -> 0));
        }
    }

    @Test
    void chanceThatIsNotTheSeedsIsFound() {
        java.util.SplittableRandom own = new java.util.SplittableRandom(1);
        assertBroken(PerformanceEstimator.of("chance", c -> own.nextDouble()), "context.seed()");
    }

    @Test
    void aScoreThatIsNoNumberIsFound() {
        assertBroken(PerformanceEstimator.of("nan", c -> Double.NaN), "must be finite");
    }

    @Test
    void aMemoryOfEarlierCandidatesIsFound() {
        PerformanceEstimator counting =
                new Own(
                        () -> {
                            int[] estimated = {0};
                            return (candidate, context) -> Estimate.of(estimated[0]++);
                        });
        assertBroken(counting, "must not depend on what was estimated before");
    }

    @Test
    void anEstimatorThatDoesNotHeedARefusalIsFound() {
        PerformanceEstimator deaf =
                new Own(
                        () ->
                                (candidate, context) -> {
                                    context.report(1, 0.5);
                                    context.report(2, 0.6);
                                    return Estimate.of(0.6);
                                });
        assertBroken(deaf, "after report(..) said false, but 2 were");
    }

    /**
     * An estimator of a user's own.
     *
     * @param sessions what opens one
     */
    private record Own(java.util.function.Supplier<Session> sessions)
            implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return sessions.get();
        }

        @Override
        public String measure() {
            return "own";
        }
    }

    private static void assertBroken(PerformanceEstimator estimator, String message) {
        assertThatThrownBy(() -> PerformanceEstimatorContract.verify(estimator, on(THREE)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    private static Task on(SearchSpace space) {
        Data data = Data.rows("rows", new float[2], 1, new int[] {0, 1}, List.of("a", "b"));
        return new Task(space, data, new Seeds(1));
    }
}
