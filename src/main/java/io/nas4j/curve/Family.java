package io.nas4j.curve;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Forms that learning curves have: a rising function of the epoch with a few parameters.
 *
 * <p>Each is linear in its level and its amplitude, so that a fit searches the one or two shapes
 * that remain; all shapes are above 0. Domhan's {@code hill3} is {@link #LOG_POWER} and his {@code
 * janoschek} and {@code exp4} are {@link #WEIBULL}, with other names for their parameters.
 *
 * @see <a href="https://www.ijcai.org/Proceedings/15/Papers/487.pdf">Domhan et al., 2015, table
 *     1</a>
 */
public enum Family {
    /** {@code c - a · x^-alpha}. */
    POW3(List.of("c", "a", "alpha"), true, new Range(0.05, 4, 24)) {
        @Override
        double form(double x, double[] shape) {
            return -Math.pow(x, -shape[0]);
        }
    },
    /** {@code c - a · exp(-b · x)}: {@link #WEIBULL} with {@code delta = 1}. */
    EXP3(List.of("c", "a", "b"), true, new Range(0.005, 3, 24)) {
        @Override
        double form(double x, double[] shape) {
            return -Math.exp(-shape[0] * x);
        }
    },
    /** {@code a / (1 + (x / s)^-c)}: Domhan's {@code e^b} is the scale {@code s}. */
    LOG_POWER(List.of("a", "s", "c"), false, new Range(0.02, 300, 20), new Range(0.15, 4, 12)) {
        @Override
        double form(double x, double[] shape) {
            return 1 / (1 + Math.pow(x / shape[0], -shape[1]));
        }
    },
    /** {@code c - a · exp(-(kappa · x)^delta)}, {@code a} from the first level to the last. */
    WEIBULL(
            List.of("c", "a", "kappa", "delta"),
            true,
            new Range(0.003, 5, 18),
            new Range(0.3, 2.5, 8)) {
        @Override
        double form(double x, double[] shape) {
            return -Math.exp(-Math.pow(shape[0] * x, shape[1]));
        }
    },
    /** {@code c - a / (1 + (kappa · x)^delta)}, Morgan, Mercer and Flodin's. */
    MMF(List.of("c", "a", "kappa", "delta"), true, new Range(0.003, 5, 18), new Range(0.5, 5, 8)) {
        @Override
        double form(double x, double[] shape) {
            return -1 / (1 + Math.pow(shape[0] * x, shape[1]));
        }
    },
    /** {@code c - a / ln(x + 1)}. */
    ILOG2(List.of("c", "a"), true) {
        @Override
        double form(double x, double[] shape) {
            return -1 / Math.log(x + 1);
        }
    };

    private final List<String> parameters;
    private final boolean leveled;
    private final List<Range> ranges;

    Family(List<String> parameters, boolean leveled, Range... ranges) {
        this.parameters = parameters;
        this.leveled = leveled;
        this.ranges = List.of(ranges);
    }

    /** Shapes that a fit tries, evenly spaced on a logarithmic axis. */
    record Range(double least, double most, int steps) {
        double at(int step) {
            return least * Math.pow(most / least, (double) step / (steps - 1));
        }
    }

    /** The form without level and amplitude; it rises with {@code x}. */
    abstract double form(double x, double[] shape);

    /**
     * The names of its parameters.
     *
     * @return level and amplitude first, then the shapes
     */
    public List<String> parameters() {
        return parameters;
    }

    /** Whether it has a level of its own besides the amplitude. */
    boolean isLeveled() {
        return leveled;
    }

    List<Range> ranges() {
        return ranges;
    }

    /** All combinations of shapes that a fit begins with. */
    List<double[]> grid() {
        List<double[]> all = List.of(new double[0]);
        for (Range range : ranges) {
            List<double[]> longer = new ArrayList<>();
            for (double[] shape : all) {
                for (int step = 0; step < range.steps(); step++) {
                    double[] next = java.util.Arrays.copyOf(shape, shape.length + 1);
                    next[shape.length] = range.at(step);
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
