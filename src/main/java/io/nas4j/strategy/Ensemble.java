package io.nas4j.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Several functions fitted to the same points from different random beginnings: the spread of what
 * they predict is the uncertainty.
 *
 * @param members at least one
 */
record Ensemble(List<Regressor> members) {

    Ensemble {
        members = List.copyOf(members);
    }

    /** Fits one member; all randomness comes from the generator. */
    @FunctionalInterface
    interface Fit {

        /**
         * Fits.
         *
         * @param x [n, features]
         * @param y [n]
         * @param random of the beginning
         */
        Regressor of(double[][] x, double[] y, RandomGenerator random);
    }

    /**
     * Fits every member.
     *
     * @param x [n, features]
     * @param y [n]
     * @param size how many members
     * @param random of all of them, one after the other
     * @param member how one is fitted
     */
    static Ensemble fit(double[][] x, double[] y, int size, RandomGenerator random, Fit member) {
        List<Regressor> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(member.of(x, y, random));
        }
        return new Ensemble(members);
    }

    /**
     * Predicts.
     *
     * @param point [features]
     * @return mean and standard deviation over the members
     */
    double[] predict(double[] point) {
        double sum = 0;
        double square = 0;
        for (Regressor member : members) {
            double value = member.predict(point);
            sum += value;
            square += value * value;
        }
        double mean = sum / members.size();
        double variance = square / members.size() - mean * mean;
        return new double[] {mean, Math.sqrt(Math.max(0, variance))};
    }
}
