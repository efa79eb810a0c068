/**
 * Strategies that look at many architectures by a cheap estimator before the search's own estimates
 * the best of them.
 *
 * <p>May use {@code space}, {@code trial}, {@code estimate} and {@code strategy}.
 */
package io.nas4j.screen;
