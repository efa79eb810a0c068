package io.nas4j.strategy;

import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Ridge regression on random features: the features themselves and a layer of ReLU units whose
 * weights are random and stay so; the penalty is chosen by leave-one-out error.
 *
 * @param hidden [hidden, features + 1], the bias last
 * @param output [features + hidden + 1], the bias last
 */
record RandomFeatures(double[][] hidden, double[] output) implements Regressor {

    private static final int HIDDEN = 100;
    private static final double[] PENALTIES = {1e-3, 1e-2, 1e-1, 1, 10};

    /**
     * Fits.
     *
     * @param x [n, features]
     * @param y [n]
     * @param random of the hidden weights
     */
    static RandomFeatures fit(double[][] x, double[] y, RandomGenerator random) {
        int features = x[0].length;
        double[][] hidden = new double[HIDDEN][features + 1];
        for (double[] unit : hidden) {
            for (int f = 0; f <= features; f++) {
                unit[f] = random.nextGaussian();
            }
        }
        int n = x.length;
        DMatrixRMaj phi = new DMatrixRMaj(n, features + HIDDEN + 1);
        for (int i = 0; i < n; i++) {
            System.arraycopy(layer(hidden, x[i]), 0, phi.data, i * phi.numCols, phi.numCols);
        }
        DMatrixRMaj gram = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multTransB(phi, phi, gram);
        double best = Double.POSITIVE_INFINITY;
        double[] weights = {};
        for (double penalty : PENALTIES) {
            DMatrixRMaj inverse = inverse(gram, penalty);
            DMatrixRMaj alpha = new DMatrixRMaj(n, 1);
            CommonOps_DDRM.mult(inverse, DMatrixRMaj.wrap(n, 1, y), alpha);
            double error = 0;
            for (int i = 0; i < n; i++) {
                // the leave-one-out residual of a ridge regression in closed form
                double residual = alpha.data[i] / inverse.get(i, i);
                error += residual * residual;
            }
            if (error < best) {
                best = error;
                DMatrixRMaj primal = new DMatrixRMaj(phi.numCols, 1);
                CommonOps_DDRM.multTransA(phi, alpha, primal);
                weights = primal.data;
            }
        }
        return new RandomFeatures(hidden, weights);
    }

    @Override
    public double predict(double[] point) {
        double[] values = layer(hidden, point);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * output[i];
        }
        return sum;
    }

    /** The inputs themselves, the hidden units, one; each part of about unit length. */
    private static double[] layer(double[][] hidden, double[] point) {
        int features = point.length;
        double norm = 1;
        for (double value : point) {
            norm += value * value;
        }
        double[] result = new double[features + hidden.length + 1];
        for (int f = 0; f < features; f++) {
            result[f] = point[f] / Math.sqrt(norm);
        }
        for (int h = 0; h < hidden.length; h++) {
            double sum = hidden[h][features];
            for (int f = 0; f < features; f++) {
                if (point[f] != 0) {
                    sum += hidden[h][f] * point[f];
                }
            }
            result[features + h] = Math.max(0, sum) * Math.sqrt(2 / (norm * hidden.length));
        }
        result[result.length - 1] = 1;
        return result;
    }

    private static DMatrixRMaj inverse(DMatrixRMaj gram, double penalty) {
        DMatrixRMaj matrix = gram.copy();
        for (int i = 0; i < matrix.numRows; i++) {
            matrix.add(i, i, penalty);
        }
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.chol(matrix.numRows);
        DMatrixRMaj inverse = new DMatrixRMaj(matrix.numRows, matrix.numRows);
        if (!solver.setA(matrix)) {
            throw new IllegalStateException("the Gram matrix is not positive definite");
        }
        solver.invert(inverse);
        return inverse;
    }
}
