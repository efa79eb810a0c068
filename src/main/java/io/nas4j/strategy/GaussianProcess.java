package io.nas4j.strategy;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Gaussian process regression with one length scale a group of features: {@code k(x, y) = s² exp(-Σ
 * w_g |x_g - y_g|²)} plus noise. Weights and noise maximise the marginal likelihood under a
 * log-normal prior; the signal's variance s² is profiled out.
 *
 * @see <a href="http://gaussianprocess.org/gpml/">Rasmussen and Williams, 2006, sections 2.2,
 *     5.4</a>
 */
final class GaussianProcess {

    private static final double NOISE = 1e-3;
    private static final int STEPS = 30;
    private static final double RATE = 0.2;

    private final double[][] x;
    private final int[] groups;
    private final double[] logs;
    private final DMatrixRMaj inverse;
    private final double[] alpha;
    private final double mean;
    private final double variance;

    private GaussianProcess(double[][] x, double[] y, int[] groups, double[] logs) {
        this.x = x;
        this.groups = groups;
        this.logs = logs;
        this.mean = Arrays.stream(y).average().orElse(0);
        int n = x.length;
        DMatrixRMaj kernel = kernel(distances(x, groups, logs.length - 1), logs, n);
        this.inverse = inverse(kernel);
        double[] centred = Arrays.stream(y).map(value -> value - mean).toArray();
        this.alpha = times(inverse, centred);
        this.variance = Math.max(1e-12, dot(centred, alpha) / n);
    }

    /**
     * The prior's medians: random architectures are then weakly correlated.
     *
     * @param weights one a group
     */
    static double[] prior(double[] weights) {
        double[] logs = new double[weights.length + 1];
        for (int g = 0; g < weights.length; g++) {
            logs[g] = Math.log(weights[g]);
        }
        logs[weights.length] = Math.log(NOISE);
        return logs;
    }

    /**
     * The weights and the noise that explain the data best.
     *
     * @param x [n, features]
     * @param y [n]
     * @param groups the group of each feature, from 0
     * @param prior from {@link #prior}
     * @return their logarithms
     */
    static double[] fit(double[][] x, double[] y, int[] groups, double[] prior) {
        int n = x.length;
        double[][] distances = distances(x, groups, prior.length - 1);
        double mean = Arrays.stream(y).average().orElse(0);
        double[] centred = Arrays.stream(y).map(value -> value - mean).toArray();
        double[] logs = prior.clone();
        double[] first = new double[logs.length];
        double[] second = new double[logs.length];
        for (int step = 1; step <= STEPS; step++) {
            double[] gradient = gradient(distances, centred, logs, prior, n);
            // Adam: the likelihood's curvature differs by orders of magnitude between groups
            for (int i = 0; i < logs.length; i++) {
                first[i] = 0.9 * first[i] + 0.1 * gradient[i];
                second[i] = 0.99 * second[i] + 0.01 * gradient[i] * gradient[i];
                double unbiased = first[i] / (1 - Math.pow(0.9, step));
                double scale = Math.sqrt(second[i] / (1 - Math.pow(0.99, step)));
                logs[i] += RATE * unbiased / (scale + 1e-9);
            }
            logs[logs.length - 1] = Math.max(logs[logs.length - 1], Math.log(1e-6));
        }
        return logs;
    }

    /** Conditions on the data, with weights and noise given. */
    static GaussianProcess of(double[][] x, double[] y, int[] groups, double[] logs) {
        return new GaussianProcess(x, y, groups, logs);
    }

    /**
     * Predicts.
     *
     * @param points [m, features]
     * @return [2, m]: means and standard deviations, without noise
     */
    double[][] predict(double[][] points) {
        int n = x.length;
        int m = points.length;
        double[] scales = new double[groups.length];
        for (int f = 0; f < scales.length; f++) {
            scales[f] = Math.exp(logs[groups[f]]);
        }
        DMatrixRMaj cross = new DMatrixRMaj(n, m);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double distance = 0;
                for (int f = 0; f < scales.length; f++) {
                    double difference = x[i][f] - points[j][f];
                    distance += scales[f] * difference * difference;
                }
                cross.data[i * m + j] = Math.exp(-distance);
            }
        }
        DMatrixRMaj solved = new DMatrixRMaj(n, m);
        CommonOps_DDRM.mult(inverse, cross, solved);
        double[][] result = new double[2][m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                double k = cross.data[i * m + j];
                result[0][j] += k * alpha[i];
                result[1][j] += k * solved.data[i * m + j];
            }
        }
        for (int j = 0; j < m; j++) {
            result[0][j] += mean;
            result[1][j] = Math.sqrt(variance * Math.max(0, 1 - result[1][j]));
        }
        return result;
    }

    /** Of the log posterior with respect to the logarithms (Rasmussen and Williams, eq. 5.9). */
    private static double[] gradient(
            double[][] distances, double[] y, double[] logs, double[] prior, int n) {
        DMatrixRMaj kernel = kernel(distances, logs, n);
        DMatrixRMaj inverse = inverse(kernel);
        double[] alpha = times(inverse, y);
        double variance = Math.max(1e-12, dot(y, alpha) / n);
        double[] gradient = new double[logs.length];
        int last = logs.length - 1;
        double noise = Math.exp(logs[last]);
        double[] weighted = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int at = i * n + j;
                double outer = alpha[i] * alpha[j] / variance - inverse.data[at];
                if (i == j) {
                    gradient[last] += 0.5 * outer * noise;
                } else {
                    weighted[at] = outer * kernel.data[at];
                }
            }
        }
        for (int g = 0; g < last; g++) {
            double sum = 0;
            double[] distance = distances[g];
            for (int at = 0; at < distance.length; at++) {
                sum += weighted[at] * distance[at];
            }
            gradient[g] = -0.5 * Math.exp(logs[g]) * sum;
        }
        for (int i = 0; i < logs.length; i++) {
            gradient[i] -= logs[i] - prior[i];
        }
        return gradient;
    }

    private static DMatrixRMaj kernel(double[][] distances, double[] logs, int n) {
        DMatrixRMaj kernel = new DMatrixRMaj(n, n);
        for (int g = 0; g < distances.length; g++) {
            double weight = Math.exp(logs[g]);
            double[] distance = distances[g];
            for (int at = 0; at < distance.length; at++) {
                kernel.data[at] -= weight * distance[at];
            }
        }
        for (int at = 0; at < n * n; at++) {
            kernel.data[at] = Math.exp(kernel.data[at]);
        }
        double noise = Math.exp(logs[logs.length - 1]);
        for (int i = 0; i < n; i++) {
            kernel.data[i * n + i] += noise;
        }
        return kernel;
    }

    private static double[][] distances(double[][] x, int[] groups, int count) {
        int n = x.length;
        double[][] result = new double[count][n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                for (int f = 0; f < groups.length; f++) {
                    double difference = x[i][f] - x[j][f];
                    result[groups[f]][i * n + j] += difference * difference;
                }
                for (double[] distance : result) {
                    distance[j * n + i] = distance[i * n + j];
                }
            }
        }
        return result;
    }

    private static DMatrixRMaj inverse(DMatrixRMaj kernel) {
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(kernel.numRows);
        DMatrixRMaj inverse = new DMatrixRMaj(kernel.numRows, kernel.numRows);
        if (!solver.setA(kernel.copy())) {
            throw new IllegalStateException("the kernel matrix is not positive definite");
        }
        solver.invert(inverse);
        return inverse;
    }

    private static double[] times(DMatrixRMaj matrix, double[] vector) {
        DMatrixRMaj result = new DMatrixRMaj(vector.length, 1);
        CommonOps_DDRM.mult(matrix, DMatrixRMaj.wrap(vector.length, 1, vector), result);
        return result.data;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
