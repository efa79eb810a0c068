package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A slow trial holds nothing up but what the strategy hears. */
class WindowTest {

    /**
     * Of two slots one is slow: its trial ends when the other slot has run so many.
     *
     * @param slow how many trials pass meanwhile
     * @param window of the session
     * @param most the largest number that was under way while trial 0 was
     */
    private record OneSlow(int slow, int window, int[] most) implements TrialExecutor {
        @Override
        public Session open(Task task, PerformanceEstimator estimator) {
            PerformanceEstimator.Session session = estimator.open(task);
            return new Session() {
                private final List<Candidate> candidates = new ArrayList<>();
                private final List<TrialContext> contexts = new ArrayList<>();
                private int passed;

                @Override
                public int slots() {
                    return 2;
                }

                @Override
                public int window() {
                    return window;
                }

                @Override
                public void submit(Candidate candidate, TrialContext context) {
                    assertThat(candidates).hasSizeLessThan(2);
                    candidates.add(candidate);
                    contexts.add(context);
                }

                @Override
                public Completion next() {
                    boolean isSlowUnderWay = candidates.get(0).trial() == 0;
                    int next = isSlowUnderWay && candidates.size() == 2 && passed < slow ? 1 : 0;
                    passed += next;
                    if (isSlowUnderWay) {
                        most[0] = Math.max(most[0], candidates.get(candidates.size() - 1).trial());
                    }
                    return Attempt.estimate(
                            session, candidates.remove(next), contexts.remove(next));
                }

                @Override
                public void close() {
                    session.close();
                }
            };
        }
    }

    private static SearchSpec search(PerformanceEstimator estimator, TrialExecutor executor) {
        return SearchSpec.of(
                        Searches.task(Spaces.smallBench(), 5),
                        new Searches.Blind(),
                        estimator,
                        Budget.trials(60))
                .executor(executor);
    }

    private static List<Trial> trials(PerformanceEstimator estimator, TrialExecutor executor) {
        return new SearchLoop(search(estimator, executor)).run().history().trials();
    }

    @Test
    void theOtherSlotGoesOnWithinTheWindow() {
        int[] narrow = {0};
        List<Trial> all = trials(Searches.SUM, new OneSlow(30, 2, narrow));
        assertThat(narrow[0]).isEqualTo(1);
        int[] wide = {0};
        assertThat(trials(Searches.SUM, new OneSlow(30, 32, wide))).hasSameSizeAs(all);
        assertThat(wide[0]).isBetween(20, 32);
    }

    /** Blind draws come twice in this small space, also while the first is under way. */
    @Test
    void equalNetworksAreEstimatedOnceWhicheverEndsFirst() {
        List<Trial> serial = trials(Searches.SUM, TrialExecutor.serial());
        assertThat(serial.stream().filter(Trial::reused)).hasSizeGreaterThan(3);
        for (int slow = 0; slow < 30; slow += 7) {
            List<Trial> trials = trials(Searches.SUM, new OneSlow(slow, 32, new int[1]));
            assertThat(trials).extracting(Trial::repeats).isEqualTo(repeats(serial));
            assertThat(trials).extracting(Trial::score).isEqualTo(scores(serial));
        }
    }

    private static List<?> repeats(List<Trial> trials) {
        return trials.stream().map(Trial::repeats).toList();
    }

    private static List<?> scores(List<Trial> trials) {
        return trials.stream().map(Trial::score).toList();
    }

    /** What fails has no estimate that could be served. */
    @Test
    void theRepeatOfAFailedTrialIsEstimated() {
        List<Trial> serial = trials(Searches.SUM, TrialExecutor.serial());
        int original =
                serial.stream()
                        .filter(Trial::reused)
                        .findFirst()
                        .orElseThrow()
                        .repeats()
                        .getAsInt();
        PerformanceEstimator once =
                PerformanceEstimator.of(
                        "sum",
                        candidate -> {
                            if (candidate.trial() == original) {
                                throw new IllegalStateException("once");
                            }
                            return 1;
                        });
        List<Trial> expected = trials(once, TrialExecutor.serial());
        List<Trial> trials = trials(once, new OneSlow(20, 32, new int[1]));
        assertThat(trials.get(original).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(trials).extracting(Trial::repeats).isEqualTo(repeats(expected));
    }
}
