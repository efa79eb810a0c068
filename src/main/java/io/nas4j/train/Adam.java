package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.List;

/**
 * Adam, as {@code torch.optim.Adam} computes it: weight decay is added to the gradient, both
 * moments are corrected for their start at zero.
 *
 * @param beta1 decay of the mean gradient, in [0, 1)
 * @param beta2 decay of the mean squared gradient, in [0, 1)
 * @param epsilon keeps the quotient finite, above 0
 * @param decay weight decay, at least 0
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2015</a>
 */
public record Adam(double beta1, double beta2, double epsilon, double decay) implements Optimizer {

    public Adam {
        require(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1), but was %s. Try 0.9.", beta1);
        require(beta2 >= 0 && beta2 < 1, "beta2 must be in [0, 1), but was %s. Try 0.999.", beta2);
        require(epsilon > 0, "epsilon must be above 0, but was %s. Try 1e-8.", epsilon);
        require(decay >= 0, "weight decay must be at least 0, but was %s. Try 0.", decay);
    }

    /** The paper's settings. */
    public Adam() {
        this(0.9, 0.999, 1e-8, 0);
    }

    /**
     * DARTS' settings for alpha: betas (0.5, 0.999), weight decay 1e-3.
     *
     * @return to be used at rate 3e-4
     */
    public static Adam darts() {
        return new Adam(0.5, 0.999, 1e-8, 1e-3);
    }

    @Override
    public State start(NDArray weights) {
        return new Means(Moment.like(weights), Moment.like(weights));
    }

    private final class Means implements State {
        private final NDArray first;
        private final NDArray second;
        private int steps;

        Means(NDArray first, NDArray second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void step(NDArray weights, NDArray gradient, double rate) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                steps++;
                NDArray g = decay > 0 ? weights.mul(decay).addi(gradient) : gradient;
                first.muli(beta1).addi(g.mul(1 - beta1));
                second.muli(beta2).addi(g.square().muli(1 - beta2));
                double bias1 = 1 - Math.pow(beta1, steps);
                double bias2 = Math.sqrt(1 - Math.pow(beta2, steps));
                NDArray root = second.sqrt().divi(bias2).addi(epsilon);
                weights.subi(first.div(root).muli(rate / bias1));
            }
        }

        @Override
        public NDArray ahead(NDArray weights, NDArray gradient, double rate) {
            NDArray g = weights.mul(decay).addi(gradient);
            NDArray mean = first.mul(beta1).addi(g.mul(1 - beta1));
            NDArray square = second.mul(beta2).addi(g.square().muli(1 - beta2));
            double bias1 = 1 - Math.pow(beta1, steps + 1);
            double bias2 = Math.sqrt(1 - Math.pow(beta2, steps + 1));
            NDArray root = square.sqrt().divi(bias2).addi(epsilon);
            return weights.sub(mean.div(root).muli(rate / bias1));
        }

        @Override
        public Moments save() {
            return new Moments(steps, List.of(first.toFloatArray(), second.toFloatArray()));
        }

        @Override
        public void restore(Moments moments) {
            steps = moments.steps();
            Moment.write(first, moments.values().get(0));
            Moment.write(second, moments.values().get(1));
        }

        @Override
        public void close() {
            first.close();
            second.close();
        }
    }
}
