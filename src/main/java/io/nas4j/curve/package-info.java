/**
 * Learning curves: where one leads, how sure that is, and rules that end a training early.
 *
 * <p>May use {@code space}, {@code trial} and {@code estimate}.
 */
package io.nas4j.curve;
