package io.nas4j.train;

import static io.nas4j.space.Require.require;

/**
 * The learning rate over a training: a linear warm-up, then half a cosine from the peak down to the
 * floor.
 *
 * @param peak the highest rate, above 0
 * @param floor the last rate, from 0 to {@code peak}; equal to it: a constant rate
 * @param warmUp share of the training that climbs to the peak, in [0, 1)
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter, 2017</a>
 */
public record Cosine(double peak, double floor, double warmUp) implements LearningRate {

    public Cosine {
        require(peak > 0, "the learning rate must be above 0, but was %s. Try 0.05.", peak);
        require(
                floor >= 0 && floor <= peak,
                "the last learning rate must be in [0, %s], but was %s. Try 0.",
                peak,
                floor);
        require(
                warmUp >= 0 && warmUp < 1,
                "warm-up must be a share in [0, 1), but was %s. Try 0.1.",
                warmUp);
    }

    /**
     * Falls to 0.
     *
     * @param peak the first rate, above 0
     * @return a schedule over the whole training
     */
    public static Cosine of(double peak) {
        return new Cosine(peak, 0, 0);
    }

    /**
     * Falls to a floor.
     *
     * @param peak the first rate, above 0
     * @param floor the last rate, from 0 to the peak
     * @return a schedule over the whole training
     */
    public static Cosine of(double peak, double floor) {
        return new Cosine(peak, floor, 0);
    }

    /**
     * Does not fall.
     *
     * @param rate above 0
     * @return a schedule of one rate
     */
    public static Cosine constant(double rate) {
        return new Cosine(rate, rate, 0);
    }

    @Override
    public double rate(double progress, int step) {
        return rate(progress);
    }

    @Override
    public boolean isConstant() {
        return floor == peak && warmUp == 0;
    }

    /**
     * The rate at a moment. Asked with {@code epoch / epochs} it is PyTorch's {@code
     * CosineAnnealingLR}; with {@code step / steps} it changes every batch.
     *
     * @param progress share of the training that is done, in [0, 1]
     * @return in [0, peak]
     */
    public double rate(double progress) {
        if (progress < warmUp) {
            return peak * progress / warmUp;
        }
        double part = (progress - warmUp) / (1 - warmUp);
        return floor + (peak - floor) * (1 + Math.cos(Math.PI * part)) / 2;
    }
}
