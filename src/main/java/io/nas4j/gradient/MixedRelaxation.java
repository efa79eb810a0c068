package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.space.Decision;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Every option of a decision, weighted by softmax(alpha) (DARTS, equation 2). Skip connections may
 * be left out of single steps, so that the other candidates get their turn (P-DARTS).
 */
final class MixedRelaxation implements Relaxation {

    private final SupernetTrainer supernet;
    private final double dropSkips;

    /** By logit. */
    private final boolean[] skips;

    /** Mixes with the probability of leaving out a skip connection at the search's beginning. */
    MixedRelaxation(SupernetTrainer supernet, double dropSkips) {
        this.supernet = supernet;
        this.dropSkips = dropSkips;
        skips = new boolean[supernet.net.logitCount()];
        int first = 0;
        for (Map.Entry<Decision, Integer> entry : supernet.net.decisions().entrySet()) {
            Decision decision = entry.getKey();
            for (int i = 0; i < decision.options(); i++) {
                skips[first + i] = decision.labels().get(i).equals("skip_connect");
            }
            first += entry.getValue();
        }
    }

    @Override
    public ForwardPass training(RandomGenerator random) {
        double left = 1 - (double) supernet.state.epoch / supernet.training.epochs();
        return dropped(dropSkips * left, random);
    }

    /** A skip connection is left out, or its share grows so that the mean stays. */
    private ForwardPass dropped(double probability, RandomGenerator random) {
        if (probability == 0) {
            return ForwardPass.mixture();
        }
        float[] factors = new float[skips.length];
        for (int i = 0; i < skips.length; i++) {
            boolean dropped = skips[i] && random.nextDouble() < probability;
            factors[i] = !skips[i] ? 1 : dropped ? 0 : (float) (1 / (1 - probability));
        }
        return ForwardPass.mixture(
                (net, alpha) -> net.mixture(alpha).mul(alpha.getManager().create(factors)));
    }

    @Override
    public ForwardPass evaluation() {
        return ForwardPass.mixture();
    }

    @Override
    public NDArray shares(NDArray alpha) {
        return supernet.net.mixture(alpha);
    }
}
