package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.nas4j.sharing.BilevelProblem;
import io.nas4j.sharing.BilevelProblem.Along;
import io.nas4j.sharing.BilevelProblem.Loss;
import java.util.random.RandomGenerator;

/**
 * The largest eigenvalue of the validation loss' Hessian by alpha: where it is large, the derived
 * cell falls far behind the supernet.
 *
 * @see <a href="https://arxiv.org/abs/1909.09656">Zela et al., 2020, section 4.1</a>
 */
final class HessianEigenvalue {

    private static final int ITERATIONS = 10;

    /** Half the distance between the two gradients of a finite difference. */
    private static final float REACH = 0.01f;

    private HessianEigenvalue() {}

    /**
     * The eigenvalue of largest magnitude of the Hessian, by power iteration; products with the
     * Hessian are finite differences of gradients, as DJL has no second derivative.
     */
    static double largest(
            BilevelProblem problem, NDArray weights, NDArray alpha, RandomGenerator random) {
        NDManager manager = alpha.getManager();
        float[] start = new float[(int) alpha.size()];
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) random.nextGaussian();
        }
        NDArray direction = manager.create(start, alpha.getShape());
        direction = direction.div(direction.norm());
        double eigenvalue = 0;
        for (int i = 0; i < ITERATIONS; i++) {
            NDArray shift = direction.mul(REACH);
            NDArray product =
                    slope(problem, weights, alpha.add(shift))
                            .sub(slope(problem, weights, alpha.sub(shift)))
                            .div(2 * REACH);
            eigenvalue = direction.mul(product).sum().getFloat();
            float length = product.norm().getFloat();
            if (length == 0) {
                return 0;
            }
            direction = product.div(length);
        }
        return eigenvalue;
    }

    private static NDArray slope(BilevelProblem problem, NDArray weights, NDArray alpha) {
        return problem.slope(Loss.VALIDATION, Along.ALPHA, weights, alpha).alpha().orElseThrow();
    }
}
