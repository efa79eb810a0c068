package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import java.util.ArrayList;
import java.util.List;

/**
 * Hyperband's plan: brackets of rungs, from the one that starts most architectures with least
 * training to the one that trains a few to the end.
 *
 * @param all brackets in the order of their run, each a list of rungs
 */
record Brackets(List<List<Rung>> all) {

    /**
     * One round of successive halving.
     *
     * @param architectures how many are trained
     * @param epochs to how many epochs, those of earlier rungs included
     */
    record Rung(int architectures, int epochs) {}

    /**
     * Hyperband, algorithm 1, with epochs rounded.
     *
     * @param least epochs of the cheapest rung
     * @param most epochs of the last rung, R
     * @param eta one of so many is kept
     */
    static Brackets of(int least, int most, int eta) {
        require(
                most >= least,
                "the estimator's epochs (%d) must be at least the strategy's least epochs (%d). Try"
                        + " an estimator of more epochs.",
                most,
                least);
        int largest = 0;
        while ((long) least * power(eta, largest + 1) <= most) {
            largest++;
        }
        List<List<Rung>> brackets = new ArrayList<>();
        for (int s = largest; s >= 0; s--) {
            // B / R = largest + 1
            int n = (int) Math.ceil((largest + 1.0) * power(eta, s) / (s + 1));
            List<Rung> rungs = new ArrayList<>();
            for (int i = 0; i <= s; i++) {
                int epochs = Math.max(1, (int) Math.round(most / (double) power(eta, s - i)));
                rungs.add(new Rung((int) (n / power(eta, i)), epochs));
            }
            brackets.add(List.copyOf(rungs));
        }
        return new Brackets(List.copyOf(brackets));
    }

    private static long power(int base, int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }
}
