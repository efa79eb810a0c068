package io.nas4j.trial;

/**
 * One point of a learning curve.
 *
 * @param step the epoch, from 1
 * @param score validation accuracy after it, in [0, 1]
 */
public record Point(int step, double score) {}
