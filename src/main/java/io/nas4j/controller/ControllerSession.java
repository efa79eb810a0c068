package io.nas4j.controller;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nas4j.space.Architecture;
import io.nas4j.strategy.FoldedSession;
import io.nas4j.strategy.Proposal;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** One search with a controller, whose state is a fold of the history. */
final class ControllerSession extends FoldedSession {

    private final RnnController settings;
    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private ControllerMemory memory = new ControllerMemory();
    private ControllerLearner learner;
    private double lowest = Double.NaN;

    ControllerSession(RnnController settings, Task task, Fidelity fidelity) {
        super(task, fidelity);
        this.settings = settings;
        this.learner = new ControllerLearner(settings, task, manager);
    }

    @Override
    protected Optional<Proposal> propose(History history, RandomGenerator random) {
        int[] repeats = {0};
        return unseen(random, () -> learner.policy().write(random, uniform(repeats[0]++)));
    }

    /** With what the policy thinks of it. */
    @Override
    protected Optional<Proposal> evaluate(Architecture architecture) {
        return Optional.of(
                new Proposal.Evaluate(
                        architecture,
                        fidelity,
                        OptionalInt.empty(),
                        learner.policy().thoughts(architecture)));
    }

    /** A policy that only repeats itself is loosened bit by bit, so that it looks around. */
    private static double uniform(int repeats) {
        return Math.min(1, repeats / 100.0);
    }

    @Override
    protected void restart() {
        memory = new ControllerMemory();
        lowest = Double.NaN;
        learner.close();
        learner = new ControllerLearner(settings, task, manager);
    }

    /** Takes in a trial, then what the policy would repeat before it wrote something new. */
    @Override
    protected void learn(Trial trial, boolean ranked) {
        OptionalDouble known = reward(trial, ranked);
        if (known.isEmpty()) {
            return;
        }
        memory.add(trial.architecture(), known.getAsDouble());
        learner.learn(space.walk(trial.architecture()), known.getAsDouble());
        RandomGenerator random = task.seeds().random(trial.number(), "repeats");
        for (int i = 0; i < settings.batch(); i++) {
            Optional<ControllerMemory.Known> again = memory.recall(space, learner.policy(), random);
            if (again.isEmpty()) {
                return;
            }
            learner.learn(space.walk(again.get().architecture()), again.get().reward());
        }
    }

    /** Empty where nothing can be said: another measure, or a failure before the first score. */
    private OptionalDouble reward(Trial trial, boolean ranked) {
        if (ranked) {
            double score = trial.score().getAsDouble();
            double reward = Math.copySign(Math.pow(Math.abs(score), settings.rewardPower()), score);
            lowest = Double.isNaN(lowest) ? reward : Math.min(lowest, reward);
            return OptionalDouble.of(reward);
        }
        return trial.score().isPresent() || Double.isNaN(lowest)
                ? OptionalDouble.empty()
                : OptionalDouble.of(lowest);
    }

    @Override
    public void close() {
        manager.close();
    }
}
