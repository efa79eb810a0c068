package io.nas4j.curve;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fits one family to scores at fixed epochs: the level and the amplitude in closed form for every
 * shape of a grid (variable projection, Golub and Pereyra, 1973), so that there are no local minima
 * to be caught in and a fit to other scores at the same epochs is cheap; then the best shape is
 * improved by Nelder and Mead's simplex.
 */
final class LeastSquares {

    private static final int POLISH = 400;

    private final Family family;
    private final double[] epochs;
    private final double[] weights;
    private final double horizon;
    private final double least;
    private final double most;
    private final List<double[]> grid;
    private final double[][] forms;

    /** Of every form: times the weights, about its mean where there is a level; its square. */
    private final double[][] slopes;

    private final double[] squares;

    /**
     * @param weights sum to 1
     * @param least what the curve may be at the horizon
     * @param most likewise
     */
    LeastSquares(
            Family family,
            double[] epochs,
            double[] weights,
            double horizon,
            double least,
            double most) {
        this.family = family;
        this.epochs = epochs;
        this.weights = weights;
        this.horizon = horizon;
        this.least = least;
        this.most = most;
        grid = family.grid();
        forms = new double[grid.size()][];
        slopes = new double[grid.size()][epochs.length];
        squares = new double[grid.size()];
        for (int i = 0; i < forms.length; i++) {
            forms[i] = form(grid.get(i));
            double shift = family.isLeveled() ? mean(forms[i]) : 0;
            for (int j = 0; j < epochs.length; j++) {
                double about = forms[i][j] - shift;
                slopes[i][j] = weights[j] * about;
                squares[i] += weights[j] * about * about;
            }
        }
    }

    private double mean(double[] values) {
        double mean = 0;
        for (int i = 0; i < epochs.length; i++) {
            mean += weights[i] * values[i];
        }
        return mean;
    }

    /** Form values at the epochs, and at the horizon in the last place. */
    private double[] form(double[] shape) {
        double[] values = new double[epochs.length + 1];
        for (int i = 0; i < epochs.length; i++) {
            values[i] = family.form(epochs[i], shape);
        }
        values[epochs.length] = family.form(horizon, shape);
        return values;
    }

    /** The best of the grid, improved; empty where no curve ends between the bounds. */
    Optional<Fit> fit(double[] scores) {
        int best = best(scores);
        if (best < 0) {
            return Optional.empty();
        }
        double[] shape = polish(grid.get(best), scores);
        double[] solved = solve(form(shape), scores);
        return Optional.of(
                new Fit(
                        family,
                        solved[0],
                        solved[1],
                        Arrays.stream(shape).boxed().toList(),
                        solved[2]));
    }

    /** Where the best of the grid leads; NaN where no curve ends between the bounds. */
    double predict(double[] scores) {
        int best = best(scores);
        if (best < 0) {
            return Double.NaN;
        }
        double[] solved = solve(forms[best], scores);
        return solved[0] + solved[1] * forms[best][epochs.length];
    }

    /** By what each form explains of the scores' square, which is all that differs. */
    private int best(double[] scores) {
        int best = -1;
        double most = Double.NEGATIVE_INFINITY;
        double mean = family.isLeveled() ? mean(scores) : 0;
        for (int i = 0; i < forms.length; i++) {
            double product = 0;
            for (int j = 0; j < epochs.length; j++) {
                product += slopes[i][j] * scores[j];
            }
            double amplitude = amplitude(product, squares[i]);
            double explained = amplitude * (2 * product - amplitude * squares[i]);
            if (explained > most && isWithin(ends(i, mean, amplitude))) {
                most = explained;
                best = i;
            }
        }
        return best;
    }

    private double ends(int form, double mean, double amplitude) {
        double shift = family.isLeveled() ? mean(forms[form]) : 0;
        return mean + amplitude * (forms[form][epochs.length] - shift);
    }

    /** No fit falls. */
    private static double amplitude(double product, double square) {
        return square > 1e-18 ? Math.max(0, product / square) : 0;
    }

    private boolean isWithin(double end) {
        return end >= least && end <= this.most;
    }

    /** Level, amplitude and error; an infinite one where the curve leaves the bounds. */
    private double[] solve(double[] form, double[] scores) {
        double shift = family.isLeveled() ? mean(form) : 0;
        double square = 0;
        double product = 0;
        for (int i = 0; i < epochs.length; i++) {
            square += weights[i] * (form[i] - shift) * (form[i] - shift);
            product += weights[i] * (form[i] - shift) * scores[i];
        }
        double amplitude = amplitude(product, square);
        double level = family.isLeveled() ? mean(scores) - amplitude * shift : 0;
        double error = 0;
        for (int i = 0; i < epochs.length; i++) {
            double residual = scores[i] - level - amplitude * form[i];
            error += weights[i] * residual * residual;
        }
        boolean within = isWithin(level + amplitude * form[epochs.length]);
        return new double[] {level, amplitude, within ? error : Double.POSITIVE_INFINITY};
    }

    private double[] polish(double[] start, double[] scores) {
        if (start.length == 0) {
            return start;
        }
        double[] logs = Simplex.minimize(at -> error(at, scores), logs(start), 0.2, POLISH);
        return shape(logs);
    }

    private double error(double[] logs, double[] scores) {
        return solve(form(shape(logs)), scores)[2];
    }

    private static double[] logs(double[] shape) {
        return Arrays.stream(shape).map(Math::log).toArray();
    }

    /** Kept within the grid's range. */
    private double[] shape(double[] logs) {
        double[] shape = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            Family.Range range = family.ranges().get(i);
            shape[i] = Math.min(range.most(), Math.max(range.least(), Math.exp(logs[i])));
        }
        return shape;
    }
}
