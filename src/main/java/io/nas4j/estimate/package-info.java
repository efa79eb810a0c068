/**
 * How good is a candidate: the estimator SPI, tabular benchmarks, decorators.
 *
 * <p>May use {@code space}, {@code data} and {@code trial}.
 */
package io.nas4j.estimate;
