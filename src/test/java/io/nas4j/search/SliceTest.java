package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Searches.Hand;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Strategies that train something of their own. */
class SliceTest {

    @Test
    void everySliceIsATrialWithWhatWasLearned() {
        RunResult finished = new SearchLoop(search(new Epochs(3), Searches.SUM)).run();
        List<Trial> trials = finished.history().trials();
        assertThat(trials)
                .extracting(Trial::measure)
                .containsExactly("supernet", "supernet", "supernet", "sum");
        Outcome.Completed second = (Outcome.Completed) trials.get(1).outcome();
        assertThat(second.learned().byDecision()).containsKey("cell/v1/1<-0");
        assertThat(trials.get(3).architecture()).isEqualTo(trials.get(2).architecture());
        assertThat(finished.history().best().orElseThrow().number()).isEqualTo(3);
    }

    @Test
    void aSliceThatFailsIsARowThatGoesByTheLastDerivedArchitecture() {
        RunResult finished =
                new SearchLoop(
                                search(
                                        new Slices(
                                                context -> {
                                                    throw new IllegalStateException(
                                                            "loss became NaN");
                                                }),
                                        Searches.SUM))
                        .run();
        assertThat(finished.end()).isEqualTo(EndReason.FAILURES);
        assertThat(finished.reason())
                .isEqualTo("10 trials failed in a row, the last one because: loss became NaN");
        assertThat(finished.history().trials())
                .hasSize(10)
                .allMatch(trial -> trial.architecture().choices().equals(List.of(0, 0, 0, 0, 0, 0)))
                .allMatch(trial -> trial.measure().equals("own"));
    }

    @Test
    void aMissingLibraryEndsItAtOnce() {
        RunResult finished =
                new SearchLoop(
                                search(
                                        new Slices(
                                                context -> {
                                                    throw new NoClassDefFoundError("ai/djl/Model");
                                                }),
                                        Searches.SUM))
                        .run();
        assertThat(finished.reason())
                .isEqualTo("trials cannot run here: NoClassDefFoundError: ai/djl/Model");
        assertThat(finished.history().trials()).hasSize(1);
    }

    @Test
    void aSliceIsStoppedWhenTheTimeIsOverAndTheDerivedArchitectureIsStillScored() {
        Hand clock = new Hand();
        SearchStrategy slow =
                new Slices(
                        context -> {
                            int batch = 0;
                            while (batch < 5 && context.proceed()) {
                                clock.advance(Duration.ofMinutes(1));
                                batch++;
                            }
                            return new Slice.Step(
                                    SearchLoopTest.architecture(batch),
                                    Estimate.of(0.5),
                                    OptionWeights.NONE);
                        });
        PerformanceEstimator patient =
                new Searches.Scripted(
                        "long",
                        (candidate, context) -> {
                            clock.advance(Duration.ofMinutes(9));
                            return Estimate.of(context.proceed() ? 0.9 : 0.1);
                        });
        RunResult finished =
                new SearchLoop(search(slow, patient).budget(Budget.minutes(7)).clock(clock)).run();
        List<Trial> trials = finished.history().trials();
        assertThat(trials).hasSize(3);
        assertThat(((Outcome.Stopped) trials.get(1).outcome()).reason()).isEqualTo("over budget");
        assertThat(trials.get(2).score()).hasValue(0.9);
        assertThat(finished.end()).isEqualTo(EndReason.BUDGET);
    }

    @Test
    void aDerivedArchitectureThatCannotBeScoredIsAWarning() {
        PerformanceEstimator broken =
                PerformanceEstimator.of(
                        "broken",
                        candidate -> {
                            throw new IllegalStateException("no memory left");
                        });
        RunResult finished = new SearchLoop(search(new Epochs(2), broken)).run();
        assertThat(finished.end()).isEqualTo(EndReason.STRATEGY);
        assertThat(finished.warnings())
                .containsExactly("what the strategy derived could not be scored: no memory left");
    }

    @Test
    void aSliceMustNotPassForAnEstimate() {
        assertThatIllegalStateException()
                .isThrownBy(
                        new SearchLoop(
                                        search(
                                                new Slices(context -> null),
                                                PerformanceEstimator.of("own", candidate -> 1)))
                                ::run)
                .withMessageContaining("must not be measured as the estimator is (own)");
    }

    private static SearchSpec search(SearchStrategy strategy, PerformanceEstimator estimator) {
        return SearchSpec.of(
                Searches.task(Spaces.nasBench201(), 4), strategy, estimator, Budget.trials(50));
    }

    private interface Body {
        Slice.Step run(TrialContext context);
    }

    private record Slices(Body body) implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            return new Session() {
                @Override
                public Optional<Proposal> ask(History history, RandomGenerator random) {
                    return Optional.of(new Proposal.Advance(slice()));
                }

                @Override
                public Optional<Proposal.Evaluate> conclude(History history) {
                    return Optional.of(
                            new Proposal.Evaluate(SearchLoopTest.architecture(1), Fidelity.NONE));
                }
            };
        }

        private Slice slice() {
            return new Slice() {
                @Override
                public String measure() {
                    return "own";
                }

                @Override
                public Fidelity fidelity() {
                    return Fidelity.epochs(1);
                }

                @Override
                public Step advance(TrialContext context) {
                    return body.run(context);
                }
            };
        }
    }
}
