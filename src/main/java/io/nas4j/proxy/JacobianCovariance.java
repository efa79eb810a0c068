package io.nas4j.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.nas4j.nn.ExecutionMode;
import io.nas4j.nn.Executor;
import io.nas4j.nn.Scaling;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** {@link Proxy#JACOB_COV}. */
final class JacobianCovariance {

    private static final double K = 1e-5;

    private JacobianCovariance() {}

    static double of(InitialNetwork network) {
        NDArray inputs = network.inputs().duplicate();
        inputs.setRequiresGradient(true);
        try (GradientCollector collector = network.turn().collector()) {
            NDArray outputs =
                    Executor.run(
                            network.program(),
                            inputs,
                            Leaves.of(network).slots(),
                            ExecutionMode.TRAINING);
            // the graph reaches the inputs even where the network cuts them off
            collector.backward(outputs.sum().add(Scaling.times(inputs, 0).sum()));
        }
        float[] gradient = inputs.getGradient().toFloatArray();
        int images = Math.toIntExact(inputs.getShape().get(0));
        double[][] rows = new double[images][gradient.length / images];
        for (int i = 0; i < gradient.length; i++) {
            rows[i / rows[0].length][i % rows[0].length] = gradient[i];
        }
        return score(correlations(rows));
    }

    /** Rows that are constant, where no signal passes, correlate fully. */
    static double[][] correlations(double[][] rows) {
        int n = rows.length;
        double[][] unit = new double[n][];
        for (int i = 0; i < n; i++) {
            unit[i] = standardised(rows[i]);
        }
        double[][] result = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int k = 0; k < unit[i].length; k++) {
                    product += unit[i][k] * unit[j][k];
                }
                boolean flat = unit[i].length == 0 || unit[j].length == 0;
                result[i][j] = i == j || flat ? 1 : product;
                result[j][i] = result[i][j];
            }
        }
        return result;
    }

    /** Mean 0 and length 1; empty where it is constant. */
    private static double[] standardised(double[] row) {
        double mean = 0;
        for (double value : row) {
            mean += value / row.length;
        }
        double squares = 0;
        double[] result = new double[row.length];
        for (int i = 0; i < row.length; i++) {
            result[i] = row[i] - mean;
            squares += result[i] * result[i];
        }
        if (squares < Double.MIN_NORMAL) {
            return new double[0];
        }
        for (int i = 0; i < row.length; i++) {
            result[i] /= Math.sqrt(squares);
        }
        return result;
    }

    static double score(double[][] correlations) {
        int n = correlations.length;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
        if (!eigen.decompose(new DMatrixRMaj(correlations))) {
            throw new ArithmeticException("the correlations have no eigenvalues");
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            // rounding may leave a zero a little below it
            double shifted = Math.max(0, eigen.getEigenvalue(i).getReal()) + K;
            sum += Math.log(shifted) + 1 / shifted;
        }
        return -sum;
    }
}
