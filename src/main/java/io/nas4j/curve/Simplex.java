package io.nas4j.curve;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToDoubleFunction;

/**
 * Nelder and Mead's downhill simplex with the usual coefficients (1, 2, 1/2, 1/2).
 *
 * @see <a href="https://doi.org/10.1093/comjnl/7.4.308">Nelder and Mead, 1965</a>
 */
final class Simplex {

    private static final double TOLERANCE = 1e-13;

    private Simplex() {}

    /** A corner and its value. */
    private record Corner(double[] at, double value) {}

    /** A point near {@code start} that is no worse; infinite values are walls. */
    static double[] minimize(
            ToDoubleFunction<double[]> function, double[] start, double step, int steps) {
        int n = start.length;
        Corner[] corners = new Corner[n + 1];
        corners[0] = corner(function, start);
        for (int i = 0; i < n; i++) {
            double[] at = start.clone();
            at[i] += step;
            corners[i + 1] = corner(function, at);
        }
        Comparator<Corner> order = Comparator.comparingDouble(Corner::value);
        for (int count = 0; count < steps; count++) {
            Arrays.sort(corners, order);
            if (width(corners) < TOLERANCE) {
                break;
            }
            double[] centre = new double[n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    centre[i] += corners[j].at()[i] / n;
                }
            }
            Corner worst = corners[n];
            Corner reflected = corner(function, towards(centre, worst.at(), -1));
            if (reflected.value() < corners[0].value()) {
                Corner expanded = corner(function, towards(centre, worst.at(), -2));
                corners[n] = expanded.value() < reflected.value() ? expanded : reflected;
            } else if (reflected.value() < corners[n - 1].value()) {
                corners[n] = reflected;
            } else {
                boolean outside = reflected.value() < worst.value();
                Corner nearer = corner(function, towards(centre, worst.at(), outside ? -0.5 : 0.5));
                if (nearer.value() < Math.min(reflected.value(), worst.value())) {
                    corners[n] = nearer;
                } else {
                    for (int i = 1; i <= n; i++) {
                        corners[i] =
                                corner(function, towards(corners[0].at(), corners[i].at(), 0.5));
                    }
                }
            }
        }
        return Arrays.stream(corners).min(order).orElseThrow().at();
    }

    private static Corner corner(ToDoubleFunction<double[]> function, double[] at) {
        return new Corner(at, function.applyAsDouble(at));
    }

    private static double[] towards(double[] from, double[] to, double share) {
        double[] at = new double[from.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = from[i] + share * (to[i] - from[i]);
        }
        return at;
    }

    private static double width(Corner[] corners) {
        double width = 0;
        for (Corner corner : corners) {
            for (int i = 0; i < corner.at().length; i++) {
                width = Math.max(width, Math.abs(corner.at()[i] - corners[0].at()[i]));
            }
        }
        return width;
    }
}
