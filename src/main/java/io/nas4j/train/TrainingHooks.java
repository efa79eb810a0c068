package io.nas4j.train;

import ai.djl.ndarray.NDArray;

/** What is done besides training: heard of by the thread that trains. */
interface TrainingHooks {

    /** Nothing. */
    TrainingHooks NONE = new TrainingHooks() {};

    /**
     * Before the first step of an epoch.
     *
     * @param epoch from 1
     */
    default void begin(int epoch) {}

    /**
     * After a step; the arrays live until it returns.
     *
     * @param batch what was learned from
     * @param logits what the network answered before
     * @param steps of an epoch
     */
    default void step(DeviceData.Batch batch, NDArray logits, int steps) {}

    /**
     * After an epoch and its validation.
     *
     * @param training whose {@code course()} has this epoch
     */
    default void end(Training training) {}
}
