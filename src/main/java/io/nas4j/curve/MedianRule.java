package io.nas4j.curve;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Point;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The median stopping rule of Google Vizier: a training ends when the best that it has reached by
 * an epoch is below the median, over the earlier trials, of the mean of their scores up to that
 * epoch. It assumes nothing of a curve's form. Since the mean of a rising curve stays behind its
 * last score, most of what the rule ends it ends in the first epochs.
 *
 * @param grace epochs that every training has, at least 0
 * @param least earlier trials that must have come as far, at least 1
 * @see <a href="https://doi.org/10.1145/3097983.3098043">Golovin et al., 2017, section 3.2</a>
 */
public record MedianRule(int grace, int least) implements StoppingRule {

    public MedianRule {
        require(grace >= 0, "the grace must be at least 0 epochs, but was %d.", grace);
        require(
                least >= 1,
                "a median needs at least 1 earlier trial, but was to have %d. Try 5.",
                least);
    }

    /** No grace, as the paper; five earlier trials. */
    public MedianRule() {
        this(0, 5);
    }

    /**
     * Sets {@link #grace}.
     *
     * @param epochs at least 0; default 0
     * @return a copy
     */
    public MedianRule grace(int epochs) {
        return new MedianRule(epochs, least);
    }

    /**
     * Sets {@link #least}.
     *
     * @param trials at least 1; default 5
     * @return a copy
     */
    public MedianRule least(int trials) {
        return new MedianRule(grace, trials);
    }

    @Override
    public Optional<String> stop(UnderWay trial) {
        List<List<Point>> peers = trial.epoch() <= grace ? List.of() : trial.peers();
        if (peers.size() < least) {
            return Optional.empty();
        }
        double[] means =
                peers.stream().mapToDouble(curve -> mean(curve, trial.epoch())).sorted().toArray();
        int half = means.length / 2;
        double median = means.length % 2 == 1 ? means[half] : (means[half - 1] + means[half]) / 2;
        return trial.best() >= median
                ? Optional.empty()
                : Optional.of(
                        String.format(
                                Locale.ROOT,
                                "its best by epoch %d (%.4f) is below the median (%.4f) of the means"
                                        + " of %d earlier trials",
                                trial.epoch(),
                                trial.best(),
                                median,
                                means.length));
    }

    private static double mean(List<Point> curve, int epoch) {
        return curve.stream()
                .filter(point -> point.step() <= epoch)
                .mapToDouble(Point::score)
                .average()
                .orElse(Double.NEGATIVE_INFINITY);
    }
}
