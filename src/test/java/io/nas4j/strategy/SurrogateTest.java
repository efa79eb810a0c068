package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.data.Data;
import io.nas4j.estimate.NasBench201;
import io.nas4j.space.Architecture;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Prediction;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Surrogates predict what they have not seen, and nothing but that. */
class SurrogateTest {

    private final Task task =
            new Task(
                    Spaces.nasBench201(),
                    Data.rows("none", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b")),
                    new Seeds(5));

    static List<Surrogate> surrogates() {
        return List.of(new Bayesian(), new Bananas(), Bananas.paper().members(2).batch(50));
    }

    @ParameterizedTest
    @MethodSource("surrogates")
    void predictionsGoWithWhatCame(Surrogate surrogate) {
        List<Prediction> predictions = surrogate.predictions(task, random(150, false));
        assertThat(predictions).extracting(Prediction::trial).startsWith(10).endsWith(149);
        assertThat(predictions).allMatch(p -> p.deviation() >= 0);
        assertThat(correlation(predictions)).isGreaterThan(0.6);
    }

    @ParameterizedTest
    @MethodSource("surrogates")
    void whereScoresAreDealtAtRandomNothingIsForetold(Surrogate surrogate) {
        assertThat(correlation(surrogate.predictions(task, random(150, true)))).isLessThan(0.3);
    }

    @ParameterizedTest
    @MethodSource("surrogates")
    void noPredictionKnowsTheFuture(Surrogate surrogate) {
        List<Prediction> all = surrogate.predictions(task, random(60, false));
        assertThat(surrogate.predictions(task, random(40, false))).isEqualTo(all.subList(0, 30));
    }

    private static double correlation(List<Prediction> predictions) {
        double[] x = predictions.stream().mapToDouble(Prediction::mean).toArray();
        double[] y = predictions.stream().mapToDouble(Prediction::observed).toArray();
        double meanX = java.util.Arrays.stream(x).average().orElseThrow();
        double meanY = java.util.Arrays.stream(y).average().orElseThrow();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    /** Random architectures; their scores in the table, or dealt to them at random. */
    private History random(int trials, boolean dealt) {
        SplittableRandom random = new SplittableRandom(3);
        List<Architecture> drawn = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            drawn.add(task.space().sample(random));
        }
        List<Architecture> scored = new ArrayList<>(drawn);
        if (dealt) {
            Collections.shuffle(scored, new Random(1));
        }
        History history = History.empty("table");
        for (int i = 0; i < trials; i++) {
            history =
                    history.plus(
                            new Trial(
                                    i,
                                    drawn.get(i),
                                    "table",
                                    Fidelity.NONE,
                                    0,
                                    OptionalInt.empty(),
                                    new Outcome.Completed(
                                            NasBench201.CIFAR100
                                                    .find(scored.get(i), 200, OptionalLong.empty())
                                                    .orElseThrow())));
        }
        return history;
    }
}
