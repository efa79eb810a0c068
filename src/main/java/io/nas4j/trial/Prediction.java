package io.nas4j.trial;

/**
 * What a surrogate model predicted of a trial before it saw its score, and what came. Both are
 * normal scores among the trials before: 0 is their median, 1 better than 84% of them.
 *
 * @param trial its number
 * @param mean predicted
 * @param deviation how unsure the surrogate was, at least 0
 * @param observed what came
 */
public record Prediction(int trial, double mean, double deviation, double observed) {}
