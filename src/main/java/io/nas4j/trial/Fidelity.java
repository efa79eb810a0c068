package io.nas4j.trial;

import static io.nas4j.space.Require.require;

/**
 * How much is spent on one candidate.
 *
 * @param epochs passes over the training data, at least 0; 0 where nothing is trained
 * @param data share of the training data, in (0, 1]
 * @param width share of the channels, in (0, 1]
 * @param resolution height and width of the images in pixels; 0 keeps the data's
 */
public record Fidelity(int epochs, double data, double width, int resolution) {

    /** Nothing is trained: tables, proxies. */
    public static final Fidelity NONE = new Fidelity(0, 1, 1, 0);

    public Fidelity {
        require(epochs >= 0, "epochs must be at least 0, but were %d.", epochs);
        require(data > 0 && data <= 1, "data must be in (0, 1], but was %s. Try 0.2.", data);
        require(width > 0 && width <= 1, "width must be in (0, 1], but was %s. Try 0.5.", width);
        require(resolution >= 0, "resolution must be at least 0, but was %d.", resolution);
    }

    public static Fidelity epochs(int epochs) {
        return new Fidelity(epochs, 1, 1, 0);
    }

    public Fidelity withEpochs(int other) {
        return new Fidelity(other, data, width, resolution);
    }

    public Fidelity data(double share) {
        return new Fidelity(epochs, share, width, resolution);
    }

    public Fidelity width(double share) {
        return new Fidelity(epochs, data, share, resolution);
    }

    public Fidelity resolution(int pixels) {
        return new Fidelity(epochs, data, width, pixels);
    }

    /** For example {@code epochs=10, data=0.2, width=0.5, resolution=14}; defaults are left out. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("epochs=" + epochs);
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
