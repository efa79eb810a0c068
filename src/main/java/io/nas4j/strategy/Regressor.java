package io.nas4j.strategy;

/** What an ensemble is made of: a function that was fitted to some points. */
@FunctionalInterface
interface Regressor {

    /**
     * Predicts.
     *
     * @param point [features]
     * @return one number, in the units of what it was fitted to
     */
    double predict(double[] point);
}
