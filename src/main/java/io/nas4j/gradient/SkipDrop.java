package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import io.nas4j.space.Decision;
import io.nas4j.supernet.Supernet;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Leaves skip connections out of single steps, so that the other candidates get their turn. */
final class SkipDrop {

    /** By logit. */
    private final boolean[] skips;

    SkipDrop(Map<Decision, Integer> logits) {
        skips = new boolean[logits.values().stream().mapToInt(Integer::intValue).sum()];
        int first = 0;
        for (Map.Entry<Decision, Integer> entry : logits.entrySet()) {
            Decision decision = entry.getKey();
            for (int i = 0; i < decision.options(); i++) {
                skips[first + i] = decision.labels().get(i).equals("skip_connect");
            }
            first += entry.getValue();
        }
    }

    /**
     * How one step mixes: a skip connection is left out, or its share grows so that the mean stays.
     *
     * @param probability of leaving it out
     */
    UnaryOperator<NDArray> drawn(double probability, RandomGenerator random, Supernet net) {
        if (probability == 0) {
            return net::mixture;
        }
        float[] factors = new float[skips.length];
        for (int i = 0; i < skips.length; i++) {
            boolean dropped = skips[i] && random.nextDouble() < probability;
            factors[i] = !skips[i] ? 1 : dropped ? 0 : (float) (1 / (1 - probability));
        }
        return alpha -> net.mixture(alpha).mul(alpha.getManager().create(factors));
    }
}
