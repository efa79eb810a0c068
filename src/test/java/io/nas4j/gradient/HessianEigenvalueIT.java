package io.nas4j.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nas4j.sharing.BilevelProblem;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HessianEigenvalueIT {

    /** Of ½ αᵀHα, whose Hessian is H. */
    @Test
    void findsTheLargestEigenvalueOfAQuadraticLoss() {
        try (NDManager manager = NDManager.newBaseManager()) {
            // eigenvalues 1 and 3, and 0.5
            float[] entries = {2, 1, 0, 1, 2, 0, 0, 0, 0.5f};
            NDArray hessian = manager.create(entries, new Shape(3, 3));
            BilevelProblem quadratic =
                    (loss, along, w, a) ->
                            new BilevelProblem.Slope(
                                    a.sum(), Optional.empty(), Optional.of(hessian.matMul(a)));
            NDArray alpha = manager.create(new float[] {0.3f, -0.2f, 0.1f});
            double largest =
                    HessianEigenvalue.largest(quadratic, alpha, alpha, new SplittableRandom(1));
            assertThat(largest).isCloseTo(3, within(0.01));
        }
    }
}
