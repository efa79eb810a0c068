package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.curve.Extrapolated;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.predictor.Predicted;
import io.nas4j.space.Architecture;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.Hyperband;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which earlier trial an heir is given, and that it gets what that trial left. */
class InheritingSearchTest {

    @TempDir private Path folder;

    /** A score that adds to the parent's, so that every ancestor shows in it. */
    private record Additive(boolean inherits) implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return (candidate, context) -> {
                Map<String, Double> metrics = new LinkedHashMap<>();
                double inherited = 0;
                Optional<InputStream> left = context.checkpoints().find();
                if (left.isPresent()) {
                    try (DataInputStream in = new DataInputStream(left.get())) {
                        inherited = in.readDouble();
                    }
                    metrics.put(Metrics.PARENT, (double) candidate.continues().getAsInt());
                }
                double score = score(candidate.architecture(), inherited);
                context.checkpoints().save(out -> new DataOutputStream(out).writeDouble(score));
                List<Point> curve = List.of(new Point(1, score / 2), new Point(3, score));
                return new Estimate(score, metrics, curve, Cost.ZERO);
            };
        }

        private static double score(Architecture architecture, double inherited) {
            return 0.5 * inherited + sum(architecture) / 48.0;
        }

        private static int sum(Architecture architecture) {
            return architecture.choices().stream().mapToInt(Integer::intValue).sum();
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.epochs(9);
        }

        @Override
        public String measure() {
            return "additive";
        }
    }

    private static SearchSpec search(int trials) {
        return SearchSpec.of(
                Searches.task(Spaces.nasBench201(), 7),
                new Evolution().population(6).tournament(3),
                new Additive(true),
                Budget.trials(trials));
    }

    private static History run(SearchSpec search) {
        return new SearchLoop(search).run().history();
    }

    private static Map<String, Double> metrics(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).estimate().metrics();
    }

    private static boolean isHeir(Trial trial) {
        return !trial.reused() && metrics(trial).containsKey(Metrics.PARENT);
    }

    private static boolean isPredicted(Trial trial) {
        return metrics(trial).containsKey(Metrics.UNCERTAINTY);
    }

    private static int distance(Trial one, Trial two) {
        int distance = 0;
        for (int i = 0; i < 6; i++) {
            boolean same =
                    one.architecture().choices().get(i).equals(two.architecture().choices().get(i));
            distance += same ? 0 : 1;
        }
        return distance;
    }

    @Test
    void anHeirStartsFromTheNearestTrial() {
        List<Trial> trials = run(search(40)).trials();
        int heirs = 0;
        for (Trial trial : trials) {
            List<Trial> before =
                    trials.subList(0, trial.number()).stream()
                            .filter(other -> !other.reused())
                            .toList();
            int least = before.stream().mapToInt(other -> distance(trial, other)).min().orElse(6);
            if (trial.reused()) {
                continue;
            }
            if (metrics(trial).containsKey(Metrics.PARENT)) {
                heirs++;
                Trial parent = trials.get(metrics(trial).get(Metrics.PARENT).intValue());
                assertThat(distance(trial, parent)).isEqualTo(least);
                assertThat(before.stream().filter(other -> distance(trial, other) == least))
                        .allMatch(
                                other ->
                                        other.score().getAsDouble()
                                                <= parent.score().getAsDouble());
            } else {
                assertThat(least).isGreaterThan(3);
            }
        }
        assertThat(heirs).isGreaterThan(25);
    }

    @Test
    void anEstimatorThatDoesNotInheritIsGivenNothing() {
        assertThat(run(search(20).estimator(new Additive(false))).trials())
                .allMatch(trial -> trial.reused() || metrics(trial).isEmpty());
    }

    @Test
    void whatExtrapolatesInheritsToo() {
        List<Trial> trials =
                run(search(30).estimator(new Extrapolated(new Additive(true)))).trials();
        List<Trial> heirs = trials.stream().filter(InheritingSearchTest::isHeir).toList();
        assertThat(heirs).hasSizeGreaterThan(15);
        for (Trial heir : heirs) {
            Trial parent = trials.get(metrics(heir).get(Metrics.PARENT).intValue());
            double inherited = metrics(parent).get(Metrics.LAST_SCORE);
            assertThat(metrics(heir).get(Metrics.LAST_SCORE))
                    .isEqualTo(Additive.score(heir.architecture(), inherited));
        }
    }

    /** With an untrained network as a parent it would start from scratch, and warn. */
    @Test
    void whatPredictsInheritsFromRealEstimatesOnly() {
        RunResult result =
                new SearchLoop(search(60).estimator(Predicted.of(new Additive(true)).after(10)))
                        .run();
        List<Trial> trials = result.history().trials();
        assertThat(trials).filteredOn(InheritingSearchTest::isPredicted).hasSizeGreaterThan(5);
        assertThat(trials)
                .filteredOn(trial -> trial.number() >= 10 && isHeir(trial))
                .isNotEmpty()
                .allMatch(
                        heir ->
                                !isPredicted(
                                        trials.get(metrics(heir).get(Metrics.PARENT).intValue())));
        assertThat(result.warnings()).noneMatch(warning -> warning.contains("from scratch"));
    }

    @Test
    void aResumedSearchMakesTheSameTrials() {
        Path journal = folder.resolve("heirs.jsonl");
        for (int trials = 3; trials <= 27; trials += 6) {
            run(search(trials).journal(journal));
        }
        assertThat(run(search(30).journal(journal)).trials()).isEqualTo(run(search(30)).trials());
    }

    @Test
    void theOrderInWhichTrialsEndDoesNotMatter() {
        List<Trial> first = run(search(30).executor(new ShuffledExecutor(3, 1))).trials();
        assertThat(run(search(30).executor(new ShuffledExecutor(3, 2))).trials()).isEqualTo(first);
    }

    /** A strategy that names what it may continue does not have an heir's parents thrown away. */
    @Test
    void parentsAreKeptUnderAStrategyThatContinuesTrials() {
        RunResult result =
                new SearchLoop(search(40).strategy(new Hyperband().sampler(new Evolution()))).run();
        assertThat(result.warnings()).noneMatch(warning -> warning.contains("from scratch"));
    }
}
