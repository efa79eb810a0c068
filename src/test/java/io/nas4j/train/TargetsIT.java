package io.nas4j.train;

import static io.nas4j.Nas.EVOLUTION;
import static io.nas4j.Nas.lowFidelity;
import static io.nas4j.Nas.mlp;
import static io.nas4j.Nas.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.data.Data;
import io.nas4j.data.Target;
import io.nas4j.export.PyTorchSource;
import io.nas4j.model.NasModel;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers and several labels are learned, scored, saved and predicted like classes. */
final class TargetsIT {

    private static final int ROWS = 300;

    @TempDir Path folder;

    /** y = 1000 + 50 (a² - b), in no way standardised. */
    private static Data numbers(boolean shuffled) {
        SplittableRandom random = new SplittableRandom(4);
        float[] values = new float[ROWS * 2];
        float[] truth = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            double a = random.nextDouble(-2, 2);
            double b = random.nextDouble(-2, 2);
            values[2 * i] = (float) a;
            values[2 * i + 1] = (float) b;
            truth[i] = (float) (1000 + 50 * (a * a - b));
        }
        if (shuffled) {
            for (int i = ROWS - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                float other = truth[i];
                truth[i] = truth[j];
                truth[j] = other;
            }
        }
        return Data.rows("surface", values, 2, new Target.Numbers(List.of("y"), truth));
    }

    /** Three labels: a > 0, b > 0, both small. */
    private static Data labels() {
        SplittableRandom random = new SplittableRandom(5);
        float[] values = new float[ROWS * 2];
        byte[] marks = new byte[ROWS * 3];
        for (int i = 0; i < ROWS; i++) {
            float a = (float) random.nextDouble(-2, 2);
            float b = (float) random.nextDouble(-2, 2);
            values[2 * i] = a;
            values[2 * i + 1] = b;
            marks[3 * i] = (byte) (a > 0 ? 1 : 0);
            marks[3 * i + 1] = (byte) (b > 0 ? 1 : 0);
            marks[3 * i + 2] = (byte) (Math.abs(a) < 1 && Math.abs(b) < 1 ? 1 : 0);
        }
        return Data.rows(
                "quadrants", values, 2, new Target.Labels(List.of("a", "b", "small"), marks));
    }

    private static SearchResult search(Data data) {
        return Nas.space(mlp(2))
                .data(data)
                .strategy(EVOLUTION.population(2).tournament(1))
                .estimator(lowFidelity(10).batch(16))
                .budget(trials(3))
                .quiet()
                .run();
    }

    @Test
    void numbersAreSearchedTrainedSavedAndPredictedInTheirOwnUnit() throws Exception {
        Data data = numbers(false);
        SearchResult result = search(data);
        Trial best = result.best();
        double rmse = metrics(best).get(Metrics.RMSE);
        assertThat(result.bestScore()).isGreaterThan(0.8).isLessThanOrEqualTo(1);
        assertThat(rmse).isBetween(0.01, 40.0);

        Retrained trained = result.retrain(Retrain.of(24).recipe(Recipe.DEFAULT.batch(16)));
        assertThat(trained.test().score()).isGreaterThan(0.9);
        assertThat(trained.toString()).contains("test R²");
        assertThatThrownBy(trained::testAccuracy).hasMessageContaining("numbers [y]");

        NasModel model = NasModel.of(trained, Map.of());
        model.save(folder.resolve("model"));
        NasModel again = NasModel.load(folder.resolve("model"));
        assertThat(again.card()).isEqualTo(NasModel.load(folder.resolve("model")).card());
        float[][] predicted = again.predictNumbers(new float[] {0, 0, 1, -1});
        assertThat(predicted[0][0]).isCloseTo(1000, within(60f));
        assertThat(predicted[1][0]).isCloseTo(1100, within(60f));
        assertThat(again.evaluateNumbers(data).r2())
                .isCloseTo(trained.test().score(), within(1e-4));
        assertThatThrownBy(() -> again.predict(new float[] {0, 0}))
                .hasMessageContaining("predict(values) needs classes, but here numbers [y]");
        assertThatThrownBy(() -> again.evaluate(data)).hasMessageContaining("numbers [y]");

        PyTorchSource.write(again, folder.resolve("torch"));
        assertThat(Files.readString(folder.resolve("torch").resolve("network.py")))
                .contains("* torch.tensor(" + again.card().answer().scale() + ")")
                .doesNotContain("softmax");
    }

    private static Map<String, Double> metrics(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).estimate().metrics();
    }

    @Test
    void numbersThatFollowFromNothingAreNotPredicted() {
        assertThat(search(numbers(true)).bestScore()).isLessThan(0.3);
    }

    @Test
    void severalLabelsAreSearchedAndFound() throws Exception {
        Data data = labels();
        SearchResult result = search(data);
        assertThat(result.bestScore()).isGreaterThan(0.8).isLessThanOrEqualTo(1);
        NasModel model =
                NasModel.of(
                        result.retrain(Retrain.of(12).recipe(Recipe.DEFAULT.batch(16))), Map.of());
        Map<String, Double> found = model.predictLabels(new float[] {1.5f, -1.5f}).get(0);
        assertThat(found.get("a")).isGreaterThan(0.5);
        assertThat(found.get("b")).isLessThan(0.5);
        assertThat(model.evaluateLabels(data).f1Micro()).isGreaterThan(0.85);
        assertThat(metrics(search(data.balanced()).best()))
                .containsKeys(Metrics.F1_MACRO, Metrics.F1_MICRO, Metrics.TRAIN_SCORE);
    }

    /** Against sigmoid and softmax written out, with the gradient by each output. */
    @Test
    void lossesAndTheirGradientsAreTheFormulas() throws Exception {
        try (TrainingLock turn = TrainingLock.take(1);
                NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            float[] x = {0.5f, -2, 3, 0};
            float[] t = {1, 0, 0, 1};
            float[] w = {3, 1};
            double loss = 0;
            double[] slope = new double[4];
            for (int i = 0; i < 4; i++) {
                double p = 1 / (1 + Math.exp(-x[i]));
                loss -= (t[i] * w[i % 2] * Math.log(p) + (1 - t[i]) * Math.log(1 - p)) / 4;
                slope[i] = (t[i] == 1 ? w[i % 2] * (p - 1) : p) / 4;
            }
            check(turn, manager, new BinaryCrossEntropy(w), x, array(manager, t), loss, slope);

            double squared = 0;
            for (int i = 0; i < 4; i++) {
                squared += Math.pow(x[i] - t[i], 2) / 4;
                slope[i] = (x[i] - t[i]) / 2;
            }
            check(turn, manager, new SquaredError(), x, array(manager, t), squared, slope);

            // labels 0 and 1 of weights 3 and 1: the mean is over 4
            double weighted = 0;
            for (int i = 0; i < 2; i++) {
                double sum = Math.exp(x[2 * i]) + Math.exp(x[2 * i + 1]);
                weighted -= w[i] * Math.log(Math.exp(x[3 * i]) / sum) / 4;
                for (int c = 0; c < 2; c++) {
                    slope[2 * i + c] = w[i] * (Math.exp(x[2 * i + c]) / sum - (c == i ? 1 : 0)) / 4;
                }
            }
            NDArray labels = manager.create(new long[] {0, 1});
            check(turn, manager, new CrossEntropy(0, w), x, labels, weighted, slope);
        }
    }

    private static NDArray array(NDManager manager, float[] values) {
        return manager.create(values, new Shape(2, 2));
    }

    private static void check(
            TrainingLock turn,
            NDManager manager,
            Loss loss,
            float[] outputs,
            NDArray targets,
            double expected,
            double[] slope) {
        NDArray x = array(manager, outputs);
        x.setRequiresGradient(true);
        try (GradientCollector collector = turn.collector()) {
            NDArray value = loss.of(x, targets);
            collector.backward(value);
            assertThat(value.getFloat()).isCloseTo((float) expected, within(1e-5f));
        }
        float[] gradient = x.getGradient().toFloatArray();
        for (int i = 0; i < slope.length; i++) {
            assertThat(gradient[i]).isCloseTo((float) slope[i], within(1e-5f));
        }
    }
}
