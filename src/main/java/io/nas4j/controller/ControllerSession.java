package io.nas4j.controller;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Unseen;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One search with a controller. Its state is a fold of the history: each ask takes in the trials
 * that are new, and starts over when the history is another one.
 */
final class ControllerSession implements SearchStrategy.Session {

    private final RnnController settings;
    private final Task task;
    private final SearchSpace space;
    private final Fidelity fidelity;
    private final NDManager manager = NDManager.newBaseManager(Device.cpu());
    private final Set<Architecture> seen = new HashSet<>();
    private ControllerMemory memory = new ControllerMemory();
    private ControllerLearner learner;
    private double lowest = Double.NaN;
    private int folded;
    private Trial last;

    ControllerSession(RnnController settings, Task task, Fidelity fidelity) {
        this.settings = settings;
        this.task = task;
        this.space = task.space();
        this.fidelity = fidelity;
        this.learner = new ControllerLearner(settings, task, manager);
    }

    @Override
    public Optional<Proposal> ask(History history, RandomGenerator random) {
        catchUp(history);
        int[] repeats = {0};
        Optional<Architecture> next =
                Unseen.draw(
                        space,
                        seen,
                        random,
                        () -> learner.policy().write(random, uniform(repeats[0]++)));
        next.ifPresent(seen::add);
        return next.map(
                architecture ->
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

    private void catchUp(History history) {
        boolean continues =
                folded == 0
                        || (history.size() >= folded
                                && history.trials().get(folded - 1).equals(last));
        if (!continues) {
            folded = 0;
            seen.clear();
            memory = new ControllerMemory();
            lowest = Double.NaN;
            learner.close();
            learner = new ControllerLearner(settings, task, manager);
        }
        for (; folded < history.size(); folded++) {
            last = history.trials().get(folded);
            seen.add(last.architecture());
            reward(last, history.measure()).ifPresent(reward -> learn(last, reward));
        }
    }

    /** Takes in a trial, then what the policy would repeat before it wrote something new. */
    private void learn(Trial trial, double reward) {
        memory.add(trial.architecture(), reward);
        learner.learn(space.walk(trial.architecture()), reward);
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
    private OptionalDouble reward(Trial trial, String measure) {
        if (trial.outcome() instanceof Outcome.Completed completed) {
            if (!trial.measure().equals(measure)) {
                return OptionalDouble.empty();
            }
            double score = completed.estimate().score();
            double reward = Math.copySign(Math.pow(Math.abs(score), settings.rewardPower()), score);
            lowest = Double.isNaN(lowest) ? reward : Math.min(lowest, reward);
            return OptionalDouble.of(reward);
        }
        return Double.isNaN(lowest) ? OptionalDouble.empty() : OptionalDouble.of(lowest);
    }

    @Override
    public void close() {
        manager.close();
    }
}
