package io.nas4j.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.space.Walk;
import io.nas4j.train.TrainingLock;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The controller's arithmetic against itself in another form, and against differences. */
@Tag("slow")
class ControllerBatchIT {

    private static final SearchSpace SPACE = Spaces.chain(3);
    private static final RnnController TINY =
            new RnnController(2, 3, 0.5, 3, 1e-3, 0.9, 1e-8, 0.9, 1, 0.05, 1.5, 2, 1, 0);

    private final ControllerVocabulary vocabulary = new ControllerVocabulary(SPACE);
    private final ControllerNetwork network = new ControllerNetwork(TINY, vocabulary.size());

    @Test
    void stringsInABatchHaveTheProbabilitiesThatTheyWereWrittenWith() {
        List<Walk> strings = strings(40);
        assertThat(strings.stream().map(s -> s.decisions().size()).distinct()).hasSize(3);
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray weights = weights(manager);
            ControllerBatch batch = new ControllerBatch(network, vocabulary, strings, manager);
            double[] together = batch.written(batch.logarithms(weights)).toDoubleArray();
            int length = together.length / strings.size();
            try (ControllerPolicy policy =
                    new ControllerPolicy(SPACE, vocabulary, network, weights)) {
                for (int k = 0; k < strings.size(); k++) {
                    Walk string = strings.get(k);
                    OptionWeights alone = policy.thoughts(string.architecture());
                    for (int t = 0; t < length; t++) {
                        double expected = 0;
                        if (t < string.decisions().size()) {
                            int answer = string.architecture().choices().get(t);
                            expected = Math.log(alone.score(string.decisions().get(t), answer));
                        }
                        assertThat(together[k * length + t]).isCloseTo(expected, within(1e-9));
                    }
                }
            }
        }
    }

    @Test
    void tokensAreDrawnWithTheProbabilitiesThatAreShown() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                ControllerPolicy policy =
                        new ControllerPolicy(SPACE, vocabulary, network, weights(manager))) {
            SplittableRandom random = new SplittableRandom(3);
            Architecture any = SPACE.sample(random);
            Decision decision = SPACE.walk(any).decisions().get(0);
            List<Double> expected = policy.thoughts(any).byDecision().get(decision.id());
            int[] counts = new int[expected.size()];
            int draws = 30_000;
            for (int i = 0; i < draws; i++) {
                ControllerPolicy.Pen pen = policy.pen();
                counts[pen.write(decision, random, 0)]++;
            }
            double statistic = 0;
            double ifUniform = 0;
            for (int i = 0; i < counts.length; i++) {
                double mean = draws * expected.get(i);
                double even = (double) draws / counts.length;
                statistic += (counts[i] - mean) * (counts[i] - mean) / mean;
                ifUniform += (counts[i] - even) * (counts[i] - even) / even;
            }
            // 2 degrees of freedom, alpha = 1e-6; the twin: the draws are not uniform either
            assertThat(statistic).isLessThan(27.6);
            assertThat(ifUniform).isGreaterThan(27.6);
        }
    }

    @Test
    void gradientOfTheLossAgreesWithFiniteDifferences() {
        gradientAgrees(TINY);
    }

    @Test
    void gradientOfThePpoLossAgreesWithFiniteDifferences() {
        gradientAgrees(TINY.ppo());
    }

    private void gradientAgrees(RnnController settings) {
        double[] advantages = {0.8, -0.5, 0.3};
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray weights = weights(manager);
            ControllerBatch batch = new ControllerBatch(network, vocabulary, strings(3), manager);
            NDArray advantage = batch.perRow(advantages);
            // written under other weights: some ratios are clipped, some are not
            NDArray old = batch.written(batch.logarithms(weights.mul(0.5)));
            double[] gradient;
            try (TrainingLock turn = take();
                    GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                assertThat(turn).isNotNull();
                weights.setRequiresGradient(true);
                collector.backward(
                        ControllerLearner.loss(settings, batch, weights, advantage, old, 3));
                gradient = weights.getGradient().toDoubleArray();
            }
            double[] start = network.start(new SplittableRandom(1));
            SplittableRandom random = new SplittableRandom(2);
            for (int direction = 0; direction < 40; direction++) {
                double[] along = new double[start.length];
                double expected = 0;
                for (int i = 0; i < along.length; i++) {
                    along[i] = random.nextBoolean() ? 1 : -1;
                    expected += along[i] * gradient[i];
                }
                double step = 1e-5;
                double ahead = value(settings, batch, advantage, old, moved(start, along, step));
                double behind = value(settings, batch, advantage, old, moved(start, along, -step));
                assertThat((ahead - behind) / (2 * step)).isCloseTo(expected, within(1e-6));
            }
        }
    }

    private static double value(
            RnnController settings,
            ControllerBatch batch,
            NDArray advantage,
            NDArray old,
            double[] at) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray weights = manager.create(at, new Shape(at.length));
            return ControllerLearner.loss(settings, batch, weights, advantage, old, 3).getDouble();
        }
    }

    private static double[] moved(double[] start, double[] along, double step) {
        double[] result = new double[start.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (start[i] + step * along[i]);
        }
        return result;
    }

    @Test
    void rewardAboveTheBaselineMakesAStringLikelier() {
        RnnController settings = TINY.batch(2).learningRate(0.01).entropyWeight(0);
        List<Walk> strings = strings(2);
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                ControllerLearner learner =
                        new ControllerLearner(settings, RnnControllerIT.task(SPACE, 1), manager)) {
            double[] before = {
                probability(learner, strings.get(0)), probability(learner, strings.get(1))
            };
            learner.learn(strings.get(0), 0.9);
            learner.learn(strings.get(1), 0.1);
            assertThat(probability(learner, strings.get(0))).isGreaterThan(before[0]);
            assertThat(probability(learner, strings.get(1))).isLessThan(before[1]);
        }
    }

    @Test
    void thousandsOfStringsLeaveNoArraysBehind() {
        RnnController settings = TINY.ppo(2, 0.2);
        SplittableRandom random = new SplittableRandom(5);
        try (NDManager manager = NDManager.newBaseManager(Device.cpu());
                ControllerLearner learner =
                        new ControllerLearner(settings, RnnControllerIT.task(SPACE, 1), manager)) {
            int[] arrays = new int[2];
            for (int i = 0; i < 2001; i++) {
                ControllerPolicy.Pen pen = learner.policy().pen();
                Architecture written = SPACE.choose(d -> pen.write(d, random, 0));
                learner.learn(SPACE.walk(written), random.nextDouble());
                // right after the first update and the last
                if (i == 2 || i == 2000) {
                    arrays[i == 2 ? 0 : 1] = manager.getManagedArrays().size();
                }
            }
            assertThat(arrays[0]).isGreaterThan(3);
            assertThat(arrays[1]).isEqualTo(arrays[0]);
        }
    }

    private static double probability(ControllerLearner learner, Walk string) {
        OptionWeights thoughts = learner.policy().thoughts(string.architecture());
        double result = 1;
        for (int t = 0; t < string.decisions().size(); t++) {
            result *=
                    thoughts.score(
                            string.decisions().get(t), string.architecture().choices().get(t));
        }
        return result;
    }

    private static TrainingLock take() {
        try {
            return TrainingLock.take(0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private NDArray weights(NDManager manager) {
        return manager.create(network.start(new SplittableRandom(1)), new Shape(network.size()));
    }

    private static List<Walk> strings(int count) {
        SplittableRandom random = new SplittableRandom(4);
        return java.util.stream.Stream.generate(() -> SPACE.walk(SPACE.sample(random)))
                .limit(count)
                .toList();
    }
}
