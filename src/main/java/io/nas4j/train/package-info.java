/**
 * Training a block: batches, loop, schedules, devices, the training estimator, retraining.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code analysis}, {@code estimate}, {@code
 * nn} and {@code morph}.
 */
package io.nas4j.train;
