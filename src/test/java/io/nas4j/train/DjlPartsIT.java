package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.Trainer;
import ai.djl.training.listener.EarlyStoppingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.listener.TrainingListenerAdapter;
import ai.djl.training.tracker.Tracker;
import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Optimizers, trackers and listeners of DJL in a retraining. */
class DjlPartsIT {

    private static final Data DATA = Squares.data(600);
    private static final SearchSpace NETWORK = network();

    @Test
    void anOptimizerOfDjlMakesTheSteps() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray ours = manager.create(new float[] {1, -2, 0.5f});
            NDArray theirs = ours.duplicate();
            Optimizer.State plain = new Sgd(0.9, 0, false).start(ours);
            Optimizer.State djl =
                    new DjlOptimizer(
                                    () ->
                                            ai.djl.training.optimizer.Optimizer.sgd()
                                                    .optMomentum(0.9f)
                                                    .setLearningRateTracker(Tracker.fixed(0.1f))
                                                    .build())
                            .start(theirs);
            for (int i = 0; i < 4; i++) {
                // each step in a scope of its own, as in a training
                try (NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    NDArray gradient = manager.create(new float[] {0.1f * i, -0.2f, 0.3f});
                    plain.step(ours, gradient, 0.1);
                    djl.step(theirs, gradient, 7);
                }
            }
            djl.close();
            assertThat(theirs.toFloatArray())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(ours.toFloatArray());
        }
    }

    @Test
    void adamWOfDjlLearns() throws Exception {
        DjlOptimizer adam =
                new DjlOptimizer(
                        () ->
                                ai.djl.training.optimizer.Optimizer.adamW()
                                        .optLearningRateTracker(Tracker.fixed(0.01f))
                                        .build());
        Retrained trained = Retrain.of(6).optimizer(adam).run(NETWORK, DATA, 3);
        // chance is a quarter; 0.94 as a rule
        assertThat(trained.testAccuracy()).isGreaterThan(0.6);
        assertThatThrownBy(() -> Retrain.of(6).optimizer(adam).checkpoint(Path.of("x")))
                .hasMessageContaining("keeps its moments to itself");
    }

    @Test
    void aTrackerOfDjlGivesTheRates() throws Exception {
        List<Integer> asked = new ArrayList<>();
        Tracker none =
                step -> {
                    asked.add(step);
                    return 0;
                };
        Retrained still = Retrain.of(2).rate(new Tracked(none)).run(NETWORK, DATA, 3);
        assertThat(asked).hasSize(2 * (510 / 64)).isSorted().startsWith(0, 1, 2);
        Retrained slow =
                Retrain.of(2).rate(new Tracked(Tracker.fixed(1e-9f))).run(NETWORK, DATA, 3);
        assertThat(still.weights().get(0).values())
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(slow.weights().get(0).values());
        Retrained fast = Retrain.of(2).rate(new Tracked(Tracker.fixed(0.1f))).run(NETWORK, DATA, 3);
        Retrained constant = Retrain.of(2).rate(Cosine.constant(0.1)).run(NETWORK, DATA, 3);
        assertThat(fast.testAccuracy()).isCloseTo(constant.testAccuracy(), within(0.05));
        assertThat(fast.course().loss()).isCloseTo(constant.course().loss(), within(0.02));
        assertThat(fast.course().loss())
                .as("it learned")
                .isNotCloseTo(still.course().loss(), within(5e-3));
    }

    @Test
    void listenersOfDjlHearOfEveryStepAndEpoch() throws Exception {
        Heard heard = new Heard();
        Retrained trained = Retrain.of(2).onTrainingSplit().listener(heard).run(NETWORK, DATA, 3);
        assertThat(heard.events)
                .containsExactly(
                        "begin",
                        "6 batches",
                        "1 validations",
                        "epoch",
                        "6 batches",
                        "1 validations",
                        "epoch",
                        "end");
        // the evaluator that listeners read from counts what we count
        assertThat(heard.accuracy)
                .isCloseTo((float) trained.course().validation().get(1).score(), within(0.03f));
    }

    @Test
    void aListenerMayStopTheTraining() throws Exception {
        TrainingListener impatient =
                new TrainingListenerAdapter() {
                    @Override
                    public void onEpoch(Trainer trainer) {
                        throw new EarlyStoppingListener.EarlyStoppedException(1, "enough");
                    }
                };
        Retrained stopped = Retrain.of(5).listener(impatient).run(NETWORK, DATA, 3);
        assertThat(stopped.course().epochs()).isEqualTo(1);
        assertThat(stopped.course().whole()).isFalse();
        assertThat(stopped.notes()).singleElement().asString().contains("enough");
    }

    private static final class Heard extends TrainingListenerAdapter {
        final List<String> events = new ArrayList<>();
        float accuracy;
        private int batches;
        private int validations;

        @Override
        public void onTrainingBegin(Trainer trainer) {
            events.add("begin");
        }

        @Override
        public void onTrainingBatch(Trainer trainer, BatchData batch) {
            batches++;
        }

        @Override
        public void onValidationBatch(Trainer trainer, BatchData batch) {
            validations++;
        }

        @Override
        public void onEpoch(Trainer trainer) {
            events.add(batches + " batches");
            events.add(validations + " validations");
            events.add("epoch");
            batches = 0;
            validations = 0;
            Float now = trainer.getTrainingResult().getValidateEvaluation("Accuracy");
            accuracy = now == null ? Float.NaN : now;
        }

        @Override
        public void onTrainingEnd(Trainer trainer) {
            events.add("end");
        }
    }

    private static SearchSpace network() {
        SearchSpace space = Spaces.chain(1);
        return space.network(space.sample(new SplittableRandom(4)));
    }
}
