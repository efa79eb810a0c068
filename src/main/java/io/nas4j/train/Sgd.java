package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.List;

/**
 * Stochastic gradient descent with momentum, as {@code torch.optim.SGD} computes it: {@code g +=
 * λw; v = μv + g; w -= rate · v} (Nesterov: {@code w -= rate · (g + μv)}).
 *
 * @param momentum μ in [0, 1)
 * @param decay λ, weight decay, at least 0
 * @param nesterov whether to look ahead
 */
public record Sgd(double momentum, double decay, boolean nesterov) implements Optimizer {

    public Sgd {
        require(
                momentum >= 0 && momentum < 1,
                "momentum must be in [0, 1), but was %s. Try 0.9.",
                momentum);
        require(decay >= 0, "weight decay must be at least 0, but was %s. Try 3e-4.", decay);
        require(!nesterov || momentum > 0, "Nesterov needs a momentum above 0. Try 0.9.");
    }

    /**
     * DARTS' settings for weights: momentum 0.9, weight decay 3e-4.
     *
     * @return without Nesterov
     */
    public static Sgd darts() {
        return new Sgd(0.9, 3e-4, false);
    }

    @Override
    public State start(NDArray weights) {
        return new Velocity(Moment.like(weights));
    }

    private final class Velocity implements State {
        private final NDArray velocity;
        private int steps;

        Velocity(NDArray velocity) {
            this.velocity = velocity;
        }

        @Override
        public void step(NDArray weights, NDArray gradient, double rate) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray g = decay > 0 ? weights.mul(decay).addi(gradient) : gradient;
                velocity.muli(momentum).addi(g);
                NDArray direction = nesterov ? velocity.mul(momentum).addi(g) : velocity;
                weights.subi(direction.mul(rate));
                steps++;
            }
        }

        @Override
        public NDArray ahead(NDArray weights, NDArray gradient, double rate) {
            NDArray g = weights.mul(decay).addi(gradient);
            NDArray next = velocity.mul(momentum).addi(g);
            NDArray direction = nesterov ? next.mul(momentum).addi(g) : next;
            return weights.sub(direction.mul(rate));
        }

        @Override
        public Moments save() {
            return new Moments(steps, List.of(velocity.toFloatArray()));
        }

        @Override
        public void restore(Moments moments) {
            steps = moments.steps();
            Moment.write(velocity, moments.values().get(0));
        }

        @Override
        public void close() {
            velocity.close();
        }
    }
}
