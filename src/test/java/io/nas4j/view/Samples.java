package io.nas4j.view;

import io.nas4j.analysis.Agreement;
import io.nas4j.analysis.Sampled;
import io.nas4j.analysis.Trust;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Spaces, weights and histories for the tests of views. */
final class Samples {

    static final String MEASURE = "train(epochs=3)";

    private Samples() {}

    static Stream<SearchSpace> spaces() {
        return Stream.of(
                Spaces.cells(),
                Spaces.darts(),
                Spaces.nasnet(),
                Spaces.nasBench201(),
                Spaces.chain(),
                Spaces.mlp(),
                Spaces.zophLe(),
                Spaces.hierarchical());
    }

    /** Ten estimators, each ten times as costly as the last but one; one of them ranks nothing. */
    static List<Trust> trust(String name) {
        List<Trust> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            double tau = 0.3 + 0.05 * i;
            Sampled interval = new Sampled(tau, tau - 0.2, tau + 0.1);
            all.add(
                    new Trust(
                            i == 0 ? Metrics.PARAMETERS : name + i,
                            i == 0,
                            i == 9
                                    ? Optional.empty()
                                    : Optional.of(
                                            new Agreement(
                                                    30, 5, interval, interval, interval, 0, 0)),
                            i == 0 ? Optional.empty() : Optional.of(interval),
                            Duration.ofMillis((long) Math.pow(10, i / 2)),
                            OptionalDouble.of(Math.pow(10, i / 2 - 5)),
                            Duration.ZERO,
                            i,
                            i == 9 ? List.of("nothing is ranked by " + name) : List.of()));
        }
        return all;
    }

    static SearchSpace network(SearchSpace space, long seed) {
        return space.network(space.sample(new SplittableRandom(seed)));
    }

    /** Softmax of random logits. */
    static OptionWeights weights(SearchSpace space, double sharpness, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, List<Double>> weights = new LinkedHashMap<>();
        for (Decision decision : space.decisions()) {
            double[] raw = new double[decision.options()];
            double sum = 0;
            for (int i = 0; i < raw.length; i++) {
                raw[i] = Math.exp(sharpness * random.nextDouble());
                sum += raw[i];
            }
            List<Double> row = new ArrayList<>();
            for (double value : raw) {
                row.add(value / sum);
            }
            weights.put(decision.id(), row);
        }
        return new OptionWeights(weights);
    }

    /** Of a search whose every trial but the failed ones is a new best. */
    static Film film(SearchSpace space, int trials) {
        History history = history(space, trials);
        return Film.of(space, history, parts(space.name()), history.best());
    }

    static ThreeBoxes parts(String name) {
        return new ThreeBoxes(
                List.of(name, "2.7e7 architectures"),
                List.of("regularized evolution"),
                List.of("low fidelity"),
                "",
                "",
                Optional.empty());
    }

    /** Scores 0.50, 0.51, …; the third of every ten failed. */
    static History history(SearchSpace space, int trials) {
        History history = History.empty(MEASURE);
        for (int i = 0; i < trials; i++) {
            Cost cost = new Cost(Duration.ofMillis(1500), 1_000 * (i + 1), 10);
            Outcome outcome =
                    i % 10 == 2
                            ? new Outcome.Failed("loss became NaN in epoch 2", "", Cost.ZERO)
                            : new Outcome.Completed(
                                    new Estimate(0.5 + i / 100.0, Map.of(), List.of(), cost));
            Architecture architecture = space.sample(new SplittableRandom(i));
            history =
                    history.plus(
                            new Trial(
                                    i,
                                    architecture,
                                    MEASURE,
                                    Fidelity.epochs(3),
                                    i,
                                    OptionalInt.empty(),
                                    outcome));
        }
        return history;
    }
}
