package io.nas4j.train;

import ai.djl.training.tracker.Tracker;

/**
 * A learning rate that a tracker of DJL gives, by the number of the step.
 *
 * @param tracker of DJL or one's own; asked with rising numbers, from 0
 */
public record Tracked(Tracker tracker) implements LearningRate {

    @Override
    public double rate(double progress, int step) {
        return tracker.getNewValue(step);
    }

    @Override
    public boolean isConstant() {
        return false;
    }

    /** The tracker's class: its settings are its own. */
    @Override
    public String toString() {
        return "Tracked[" + tracker.getClass().getSimpleName() + "]";
    }
}
