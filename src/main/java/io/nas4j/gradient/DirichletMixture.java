package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Activation;
import io.nas4j.nn.Scaling;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.supernet.Supernet;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Every option of a decision, weighted by shares that each pass draws from a Dirichlet distribution
 * of concentrations elu(alpha) + 1; alpha learns through the draw (DrNAS, section 3.1).
 *
 * @param supernet what runs
 * @param anchor weight of the squared distance to the symmetric distribution, whose concentrations
 *     are 1
 */
record DirichletMixture(SupernetTrainer supernet, double anchor) implements Relaxation {

    /** elu's tail would come to 0, where nothing can be drawn. */
    private static final double SMALLEST = 1e-3;

    @Override
    public ForwardPass training(RandomGenerator random) {
        return new Drawing(random);
    }

    /** Each pass is another draw. */
    private record Drawing(RandomGenerator random) implements ForwardPass {
        @Override
        public NDArray output(Supernet net, NDArray images, NDArray weights, NDArray alpha) {
            return settled(alpha).output(net, images, weights, alpha);
        }

        @Override
        public ForwardPass settled(NDArray alpha) {
            Draw draw = Draw.at(alpha, random);
            return ForwardPass.mixture((net, point) -> net.mixture(draw.of(point)));
        }
    }

    /** Above 0; 1 where alpha is 0. */
    static NDArray concentrations(NDArray alpha) {
        return Activation.elu(alpha, 1).add(1);
    }

    /**
     * Logarithms of gamma draws: their softmax over a decision's options is Dirichlet-distributed.
     *
     * @param logs by logit
     * @param slopes by how much each moves with its concentration
     */
    record Draw(float[] logs, float[] slopes) {
        static Draw at(NDArray alpha, RandomGenerator random) {
            float[] shapes = shapes(alpha);
            float[] logs = new float[shapes.length];
            float[] slopes = new float[shapes.length];
            for (int i = 0; i < shapes.length; i++) {
                GammaDraw draw = GammaDraw.of(Math.max(SMALLEST, shapes[i]), random);
                logs[i] = (float) draw.log();
                slopes[i] = (float) draw.slope();
            }
            return new Draw(logs, slopes);
        }

        private static float[] shapes(NDArray alpha) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                return concentrations(alpha).toFloatArray();
            }
        }

        /** In value the draw, in gradient the path on which it moves with the concentrations. */
        NDArray of(NDArray alpha) {
            NDArray concentrations = concentrations(alpha);
            NDManager manager = concentrations.getManager();
            NDArray moves = concentrations.sub(concentrations.stopGradient());
            return moves.mul(manager.create(slopes)).add(manager.create(logs));
        }
    }

    @Override
    public ForwardPass evaluation() {
        return ForwardPass.mixture((net, alpha) -> net.mixture(concentrations(alpha).log()));
    }

    /** The distributions' means. */
    @Override
    public NDArray shares(NDArray alpha) {
        return supernet.net.mixture(concentrations(alpha).log());
    }

    @Override
    public Optional<UnaryOperator<NDArray>> penalty() {
        return anchor == 0
                ? Optional.empty()
                : Optional.of(
                        alpha ->
                                Scaling.times(concentrations(alpha).sub(1).square().sum(), anchor));
    }
}
