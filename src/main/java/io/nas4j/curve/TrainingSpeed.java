package io.nas4j.curve;

import static io.nas4j.space.Require.require;

import java.util.List;

/**
 * Scores of networks by how fast they learn: the area under the curve of the training loss. They
 * need no validation images; larger is better, and only the order of networks that were trained
 * alike means anything.
 *
 * @see <a href="https://arxiv.org/abs/2006.04492">Ru et al., 2021</a>
 */
public final class TrainingSpeed {

    /** The share of the past in the moving mean, as in NASLib's code. */
    private static final double MEMORY = 0.01;

    private TrainingSpeed() {}

    /**
     * The sum over training losses, equation 2.
     *
     * @param losses means of epochs, in order; at least one
     * @return its negative
     */
    public static double sotl(List<Double> losses) {
        requireLosses(losses);
        return -losses.stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * The sum over training losses with the early ones forgotten: an exponentially moving mean that
     * is almost the last epoch's loss, since the first epochs tell least.
     *
     * @param losses means of epochs, in order; at least one
     * @return the negative of the last moving mean
     */
    public static double sotlE(List<Double> losses) {
        requireLosses(losses);
        double mean = losses.get(0);
        for (double loss : losses.subList(1, losses.size())) {
            mean = MEMORY * mean + (1 - MEMORY) * loss;
        }
        return -mean;
    }

    private static void requireLosses(List<Double> losses) {
        require(!losses.isEmpty(), "a training speed needs the loss of at least 1 epoch.");
    }
}
