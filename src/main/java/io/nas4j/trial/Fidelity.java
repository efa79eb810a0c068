package io.nas4j.trial;

import static io.nas4j.space.Require.require;

/**
 * How much is spent on one candidate.
 *
 * <p>A training that another one may continue must not depend on where it was cut, so its learning
 * rate falls over {@code horizon} epochs, of which it does the first {@code epochs}.
 *
 * @param epochs passes over the training data, at least 0; 0 where nothing is trained
 * @param data share of the training data, in (0, 1]
 * @param width share of the channels, in (0, 1]
 * @param resolution height and width of the images in pixels; 0 keeps the data's
 * @param horizon epochs that the learning rate's schedule spans, at least {@code epochs}; equal to
 *     them unless the training is cut
 */
public record Fidelity(int epochs, double data, double width, int resolution, int horizon) {

    /** Nothing is trained: tables, proxies. */
    public static final Fidelity NONE = new Fidelity(0, 1, 1, 0);

    public Fidelity {
        require(epochs >= 0, "epochs must be at least 0, but were %d.", epochs);
        require(data > 0 && data <= 1, "data must be in (0, 1], but was %s. Try 0.2.", data);
        require(width > 0 && width <= 1, "width must be in (0, 1], but was %s. Try 0.5.", width);
        require(resolution >= 0, "resolution must be at least 0, but was %d.", resolution);
        require(
                horizon >= epochs,
                "the schedule's horizon (%d epochs) must be at least the epochs (%d).",
                horizon,
                epochs);
    }

    /**
     * A whole training: its schedule spans its own epochs.
     *
     * @param epochs at least 0
     * @param data share of the training data, in (0, 1]
     * @param width share of the channels, in (0, 1]
     * @param resolution in pixels; 0 keeps the data's
     */
    public Fidelity(int epochs, double data, double width, int resolution) {
        this(epochs, data, width, resolution, epochs);
    }

    /**
     * Full data, width and resolution.
     *
     * @param epochs at least 0
     * @return a fidelity
     */
    public static Fidelity epochs(int epochs) {
        return new Fidelity(epochs, 1, 1, 0);
    }

    /**
     * A whole training of another length.
     *
     * @param other epochs, at least 0; the schedule spans them
     * @return a copy
     */
    public Fidelity withEpochs(int other) {
        return new Fidelity(other, data, width, resolution);
    }

    /**
     * The first epochs of this very training: the schedule stays, so that going on from there to
     * {@link #epochs} gives what this training gives.
     *
     * @param first at least 0, at most {@link #horizon}
     * @return a copy
     */
    public Fidelity cutAt(int first) {
        return new Fidelity(first, data, width, resolution, horizon);
    }

    /**
     * Sets {@link #horizon}: trains the first epochs of a longer schedule.
     *
     * @param span epochs that the schedule spans, at least {@link #epochs}; default as many
     * @return a copy
     */
    public Fidelity schedule(int span) {
        return new Fidelity(epochs, data, width, resolution, span);
    }

    /**
     * Sets {@link #data}.
     *
     * @param share in (0, 1]; default 1
     * @return a copy
     */
    public Fidelity data(double share) {
        return new Fidelity(epochs, share, width, resolution, horizon);
    }

    /**
     * Sets {@link #width}.
     *
     * @param share in (0, 1]; default 1
     * @return a copy
     */
    public Fidelity width(double share) {
        return new Fidelity(epochs, data, share, resolution, horizon);
    }

    /**
     * Sets {@link #resolution}.
     *
     * @param pixels at least 0; 0, the default, keeps the data's
     * @return a copy
     */
    public Fidelity resolution(int pixels) {
        return new Fidelity(epochs, data, width, pixels, horizon);
    }

    /**
     * For example {@code epochs=10, data=0.2, width=0.5, resolution=14}, or {@code epochs=3,
     * schedule=to 27} for a training that is cut; defaults are left out.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("epochs=" + epochs);
        if (horizon > epochs) {
            text.append(", schedule=to ").append(horizon);
        }
        if (data < 1) {
            text.append(", data=").append(data);
        }
        if (width < 1) {
            text.append(", width=").append(width);
        }
        if (resolution > 0) {
            text.append(", resolution=").append(resolution);
        }
        return text.toString();
    }
}
