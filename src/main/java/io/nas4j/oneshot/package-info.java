/**
 * Strategies that train a supernet path by path and choose by its paths' scores: one-shot search,
 * FairNAS, random search with weight sharing, ENAS; their scores as an estimator.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code estimate}, {@code analysis}, {@code
 * strategy}, {@code nn}, {@code supernet}, {@code train}, {@code controller} and {@code sharing}.
 */
package io.nas4j.oneshot;
