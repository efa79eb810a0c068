package io.nas4j.controller;

import ai.djl.ndarray.NDManager;
import io.nas4j.space.Architecture;
import io.nas4j.trial.Task;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A controller and all rewards it has learned from, in order: what it knows follows from these, so
 * they are what is saved, and what is taken back.
 */
public final class ControllerRewards implements AutoCloseable {

    private record Reward(Architecture architecture, double value) {}

    private final RnnController settings;
    private final Task task;
    private final NDManager manager;
    private final List<Reward> rewards = new ArrayList<>();
    private ControllerLearner learner;

    /**
     * A controller that has learned nothing.
     *
     * @param settings of the network and its training
     * @param task whose space is written and whose seeds draw
     * @param manager owns its arrays
     */
    public ControllerRewards(RnnController settings, Task task, NDManager manager) {
        this.settings = settings;
        this.task = task;
        this.manager = manager;
        learner = new ControllerLearner(settings, task, manager);
    }

    /** How long an update takes, in a controller that is thrown away. */
    public static Duration update(RnnController settings, Task task, NDManager manager) {
        RandomGenerator random = task.seeds().random(0, "dry run");
        try (ControllerRewards controller = new ControllerRewards(settings, task, manager)) {
            long start = System.nanoTime();
            for (int i = 0; i < 2 * settings.batch(); i++) {
                if (i == settings.batch()) {
                    start = System.nanoTime(); // the first update loads what all need
                }
                controller.learn(task.space().sample(random), random.nextDouble());
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    /**
     * What the controller would write now.
     *
     * @return valid until the next update
     */
    public ControllerPolicy policy() {
        return learner.policy();
    }

    /**
     * How many rewards it has learned from.
     *
     * @return at least 0
     */
    public int count() {
        return rewards.size();
    }

    /**
     * Learns; updates the network when the batch is full.
     *
     * @param architecture that was tried
     * @param reward higher is better
     */
    public void learn(Architecture architecture, double reward) {
        rewards.add(new Reward(architecture, reward));
        learner.learn(task.space().walk(architecture), reward);
    }

    /** Forgets all rewards but the first so many. */
    public void keep(int count) {
        if (count == rewards.size()) {
            return;
        }
        List<Reward> kept = List.copyOf(rewards.subList(0, count));
        rewards.clear();
        learner.close();
        learner = new ControllerLearner(settings, task, manager);
        kept.forEach(reward -> learn(reward.architecture(), reward.value()));
    }

    /**
     * Writes what it has learned.
     *
     * @param out stays open
     * @throws IOException when writing fails
     */
    public void save(DataOutputStream out) throws IOException {
        out.writeInt(rewards.size());
        for (Reward reward : rewards) {
            List<Integer> choices = reward.architecture().choices();
            out.writeInt(choices.size());
            for (int choice : choices) {
                out.writeInt(choice);
            }
            out.writeDouble(reward.value());
        }
    }

    /** Learns from saved rewards, in place of its own. */
    public void restore(DataInputStream in) throws IOException {
        keep(0);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            List<Integer> choices = new ArrayList<>();
            for (int c = 0; c < length; c++) {
                choices.add(in.readInt());
            }
            learn(new Architecture(task.space().name(), choices), in.readDouble());
        }
    }

    @Override
    public void close() {
        learner.close();
    }
}
