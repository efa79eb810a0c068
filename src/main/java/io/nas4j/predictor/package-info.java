/**
 * Learned predictors of scores: estimators that learn from the search's own trials.
 *
 * <p>May use {@code space}, {@code trial}, {@code estimate} and {@code strategy}.
 */
package io.nas4j.predictor;
