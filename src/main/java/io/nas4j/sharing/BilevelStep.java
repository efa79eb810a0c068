package io.nas4j.sharing;

import ai.djl.ndarray.NDArray;
import io.nas4j.sharing.BilevelProblem.Along;
import io.nas4j.sharing.BilevelProblem.Loss;
import io.nas4j.sharing.BilevelProblem.Slope;
import io.nas4j.train.Gradients;
import io.nas4j.train.Optimizer;
import java.util.List;

/**
 * The alternating steps of DARTS (algorithm 1): alpha along the validation loss, then the weights
 * along the training loss. Points are whole vectors, so a step of one cannot touch the other.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019</a>
 */
public final class BilevelStep {

    /** Equation 8: the two probes lie this far from the weights, measured along v. */
    private static final float RADIUS = 0.01f;

    /** A gradient of alpha; the validation loss where it was taken. */
    public record AlphaGradient(NDArray loss, NDArray gradient) {}

    private final BilevelProblem problem;
    private final NDArray weights;
    private final NDArray alpha;

    /** Steps from here; {@code weights} and {@code alpha} are moved in place. */
    public BilevelStep(BilevelProblem problem, NDArray weights, NDArray alpha) {
        this.problem = problem;
        this.weights = weights;
        this.alpha = alpha;
    }

    /** Equation 5 with ξ = 0: the weights are taken to be the best for this alpha already. */
    public AlphaGradient firstOrder() {
        Slope slope = problem.slope(Loss.VALIDATION, Along.ALPHA, weights, alpha);
        return new AlphaGradient(slope.loss(), slope.alpha().orElseThrow());
    }

    /**
     * Equation 7: the weights' next step is taken into account, by a finite difference. The weights
     * themselves stay as they are: every point that is needed is an array of its own.
     *
     * @param unrolled what the weights' optimizer knows
     * @param xi the learning rate ξ of the step that is looked ahead
     */
    public AlphaGradient secondOrder(Optimizer.State unrolled, double xi) {
        Slope train = problem.slope(Loss.TRAIN, Along.WEIGHTS, weights, alpha);
        NDArray ahead = unrolled.ahead(weights, train.weights().orElseThrow(), xi);
        Slope validation = problem.slope(Loss.VALIDATION, Along.BOTH, ahead, alpha);
        NDArray v = validation.weights().orElseThrow();
        NDArray reach = v.norm().pow(-1f).muli(RADIUS);
        NDArray shift = v.mul(reach);
        NDArray plus = trainSlope(weights.add(shift));
        NDArray minus = trainSlope(weights.sub(shift));
        NDArray curvature = plus.sub(minus).div(reach.mul(2));
        NDArray gradient = validation.alpha().orElseThrow().sub(curvature.mul(xi));
        return new AlphaGradient(validation.loss(), gradient);
    }

    private NDArray trainSlope(NDArray at) {
        return problem.slope(Loss.TRAIN, Along.ALPHA, at, alpha).alpha().orElseThrow();
    }

    /** The training loss where weights and alpha are, and its gradients along both. */
    public Slope train() {
        return problem.slope(Loss.TRAIN, Along.BOTH, weights, alpha);
    }

    /**
     * Moves the weights along a gradient.
     *
     * @param clip largest L2 norm of the gradient; 0: not clipped
     */
    public void move(NDArray gradient, Optimizer.State optimizer, double rate, double clip) {
        if (clip > 0) {
            Gradients.clip(gradient, clip);
        }
        optimizer.step(weights, gradient, rate);
    }

    /**
     * Moves the weights; returns the training loss where they were.
     *
     * @param clip largest L2 norm of the gradient; 0: not clipped
     */
    public NDArray weights(Optimizer.State optimizer, double rate, double clip) {
        return weights(List.of(problem), weights, alpha, optimizer, rate, clip);
    }

    /**
     * Moves the weights once, by the sum of the gradients of several training losses; returns the
     * mean of these where the weights were.
     *
     * @param problems at least one
     * @param clip largest L2 norm of the sum; 0: not clipped
     */
    public static NDArray weights(
            List<? extends BilevelProblem> problems,
            NDArray weights,
            NDArray alpha,
            Optimizer.State optimizer,
            double rate,
            double clip) {
        NDArray gradient = null;
        NDArray loss = null;
        for (BilevelProblem problem : problems) {
            Slope slope = problem.slope(Loss.TRAIN, Along.WEIGHTS, weights, alpha);
            NDArray own = slope.weights().orElseThrow();
            gradient = gradient == null ? own : gradient.addi(own);
            loss = loss == null ? slope.loss() : loss.add(slope.loss());
        }
        if (clip > 0) {
            Gradients.clip(gradient, clip);
        }
        optimizer.step(weights, gradient, rate);
        return problems.size() == 1 ? loss : loss.div(problems.size());
    }
}
