/**
 * Training a block: batches, loop, schedules, devices, the training estimator, retraining.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code estimate} and {@code nn}.
 */
package io.nas4j.train;
