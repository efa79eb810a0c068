package io.nas4j.analysis;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * A Gaussian process over categorical choices with the kernel {@code 1 + a·Σ kᵢ + b·Σ kᵢkⱼ}, where
 * each {@code kᵢ} has mean zero over its options: so the posterior mean is the sum of a constant,
 * an effect for each choice and one for each pair, orthogonal to each other (Durrande et al., 2013,
 * proposition 1), and their variances are sums over options.
 */
final class AnovaModel {

    private static final double[] SCALES = {0, 0.03, 0.1, 0.3, 1, 3};
    private static final double[] NOISES = {0.003, 0.01, 0.03, 0.1, 0.3, 1};

    /** The scales are chosen on so many trials, evenly spaced. */
    private static final int CHOSEN_ON = 150;

    /** A matrix of so many rows is as much as is factored: evenly spaced. */
    private static final int MOST = 1000;

    private static final double CONSTANT = 10;

    private final int[][] choices;
    private final int[] arities;
    private final double unit;
    private final double single;
    private final double pair;
    private final double[] alpha;
    private final double explained;
    private final double[] effects;
    private final double[][] pairs;
    private final double total;

    private AnovaModel(
            int[][] choices, int[] arities, double[] standard, double unit, double[] scales) {
        this.choices = choices;
        this.arities = arities;
        this.unit = unit;
        int d = arities.length;
        single = scales[0] / Math.max(1, d);
        pair = scales[1] / Math.max(1, d * (d - 1) / 2.0);
        Factored whole = new Factored(choices, arities, single, pair, scales[2], standard);
        alpha = whole.alpha;
        explained = whole.leaveOneOut(standard);
        effects = new double[d];
        pairs = new double[d][d];
        double sum = 0;
        for (int i = 0; i < d; i++) {
            effects[i] = Arrays.stream(standardEffect(i)).map(v -> v * v).average().orElse(0);
            sum += effects[i];
            for (int j = i + 1; j < d; j++) {
                pairs[i][j] = interaction(i, j);
                sum += pairs[i][j];
            }
        }
        total = sum;
    }

    /**
     * Learns scores.
     *
     * @param choices by trial and decision, in [0, arity)
     * @param arities by decision, at least 2
     * @param scores one a trial
     */
    static AnovaModel fit(int[][] choices, int[] arities, double[] scores) {
        int[][] x = spaced(choices, MOST);
        double[] y = spaced(scores, MOST);
        double mean = mean(y);
        double unit = deviation(y);
        double[] standard = Arrays.stream(y).map(v -> unit == 0 ? 0 : (v - mean) / unit).toArray();
        int[][] fewX = spaced(x, CHOSEN_ON);
        double[] fewY = spaced(standard, CHOSEN_ON);
        double[] best = {0, 0, 1};
        double highest = Double.NEGATIVE_INFINITY;
        int d = arities.length;
        for (double a : SCALES) {
            for (double b : SCALES) {
                for (double noise : NOISES) {
                    double likelihood =
                            new Factored(
                                            fewX,
                                            arities,
                                            a / Math.max(1, d),
                                            b / Math.max(1, d * (d - 1) / 2.0),
                                            noise,
                                            fewY)
                                    .likelihood(fewY);
                    if (likelihood > highest) {
                        highest = likelihood;
                        best = new double[] {a, b, noise};
                    }
                }
            }
        }
        return new AnovaModel(x, arities, standard, unit, best);
    }

    static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0));
    }

    private static int[][] spaced(int[][] all, int most) {
        int size = Math.min(all.length, most);
        int[][] some = new int[size][];
        for (int i = 0; i < size; i++) {
            some[i] = all[(int) ((long) i * all.length / size)];
        }
        return some;
    }

    private static double[] spaced(double[] all, int most) {
        int size = Math.min(all.length, most);
        double[] some = new double[size];
        for (int i = 0; i < size; i++) {
            some[i] = all[(int) ((long) i * all.length / size)];
        }
        return some;
    }

    double explained() {
        return explained;
    }

    double share(int decision) {
        return total == 0 ? 0 : effects[decision] / total;
    }

    double share(int first, int second) {
        return total == 0 ? 0 : pairs[first][second] / total;
    }

    /** By option, in the units of the scores. */
    double[] effect(int decision) {
        return Arrays.stream(standardEffect(decision)).map(v -> v * unit).toArray();
    }

    private double[] standardEffect(int decision) {
        double[] weights = new double[arities[decision]];
        for (int n = 0; n < alpha.length; n++) {
            weights[choices[n][decision]] += alpha[n];
        }
        double[] effect = new double[weights.length];
        for (int a = 0; a < effect.length; a++) {
            for (int b = 0; b < effect.length; b++) {
                effect[a] += single * kernel(a, b, effect.length) * weights[b];
            }
        }
        return effect;
    }

    /** The variance of what two decisions do together. */
    private double interaction(int i, int j) {
        double[][] weights = new double[arities[i]][arities[j]];
        for (int n = 0; n < alpha.length; n++) {
            weights[choices[n][i]][choices[n][j]] += alpha[n];
        }
        double[][] half = new double[arities[i]][arities[j]];
        for (int a = 0; a < arities[i]; a++) {
            for (int c = 0; c < arities[i]; c++) {
                for (int b = 0; b < arities[j]; b++) {
                    half[a][b] += kernel(a, c, arities[i]) * weights[c][b];
                }
            }
        }
        double squares = 0;
        for (int a = 0; a < arities[i]; a++) {
            for (int b = 0; b < arities[j]; b++) {
                double value = 0;
                for (int c = 0; c < arities[j]; c++) {
                    value += pair * half[a][c] * kernel(c, b, arities[j]);
                }
                squares += value * value;
            }
        }
        return squares / (arities[i] * arities[j]);
    }

    /** Of mean zero over the options; 1 of an option with itself. */
    private static double kernel(int a, int b, int arity) {
        return a == b ? 1 : -1.0 / (arity - 1);
    }

    /** The kernel's matrix of some trials, factored. */
    private static final class Factored {
        private final double[] alpha;
        private final double[] inverse;
        private final double logDeterminant;

        Factored(int[][] x, int[] arities, double single, double pair, double noise, double[] y) {
            int n = x.length;
            DMatrixRMaj k = new DMatrixRMaj(n, n);
            for (int r = 0; r < n; r++) {
                for (int c = 0; c <= r; c++) {
                    double sum = 0;
                    double squares = 0;
                    for (int d = 0; d < arities.length; d++) {
                        double value = kernel(x[r][d], x[c][d], arities[d]);
                        sum += value;
                        squares += value * value;
                    }
                    double value = CONSTANT + single * sum + pair * (sum * sum - squares) / 2;
                    k.set(r, c, r == c ? value + noise : value);
                    k.set(c, r, k.get(r, c));
                }
            }
            CholeskyDecomposition_F64<DMatrixRMaj> chol = DecompositionFactory_DDRM.chol(n, true);
            DMatrixRMaj lower = k.copy();
            if (!chol.decompose(lower)) {
                throw new IllegalStateException("a kernel with noise has a factor");
            }
            double log = 0;
            DMatrixRMaj factor = chol.getT(null);
            for (int i = 0; i < n; i++) {
                log += 2 * Math.log(factor.get(i, i));
            }
            logDeterminant = log;
            DMatrixRMaj inverted = new DMatrixRMaj(n, n);
            CommonOps_DDRM.invertSPD(k, inverted);
            inverse = new double[n];
            alpha = new double[n];
            for (int r = 0; r < n; r++) {
                inverse[r] = inverted.get(r, r);
                for (int c = 0; c < n; c++) {
                    alpha[r] += inverted.get(r, c) * y[c];
                }
            }
        }

        double likelihood(double[] y) {
            double fit = 0;
            for (int i = 0; i < y.length; i++) {
                fit += y[i] * alpha[i];
            }
            return -0.5 * (fit + logDeterminant);
        }

        /** Rasmussen and Williams, 2006, equation 5.12: a trial's error without it is α / K⁻¹. */
        double leaveOneOut(double[] y) {
            double errors = 0;
            double squares = 0;
            for (int i = 0; i < y.length; i++) {
                double error = alpha[i] / inverse[i];
                errors += error * error;
                squares += y[i] * y[i];
            }
            return squares == 0 ? 0 : 1 - errors / squares;
        }
    }
}
