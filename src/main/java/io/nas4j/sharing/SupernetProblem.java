package io.nas4j.sharing;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.nas4j.supernet.Supernet;
import io.nas4j.supernet.SupernetPath;
import io.nas4j.train.CrossEntropy;
import io.nas4j.train.DeviceData.Batch;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The bilevel problem of a supernet on one batch of each half of the training data.
 *
 * @param pass how the network runs
 * @param train what the weights learn from
 * @param validation what alpha learns from
 * @param penalty of alpha, added to a loss that alpha follows; returns a scalar
 */
public record SupernetProblem(
        ForwardPass pass, Batch train, Batch validation, Optional<UnaryOperator<NDArray>> penalty)
        implements BilevelProblem {

    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy(0);

    /** How a supernet runs under alpha: as a whole, or along one path. */
    @FunctionalInterface
    public interface ForwardPass {

        /**
         * Runs.
         *
         * @param images {@code [batch, channels, height, width]}
         * @param weights of the supernet
         * @param alpha logits of its decisions
         * @return {@code [batch, classes]}
         */
        NDArray output(NDArray images, NDArray weights, NDArray alpha);

        /**
         * Every option, weighted.
         *
         * @param shares from alpha to the share of each option
         */
        static ForwardPass mixture(Supernet net, UnaryOperator<NDArray> shares) {
            return (images, weights, alpha) -> net.forward(images, weights, shares.apply(alpha));
        }

        /** One path, in which alpha has no part. */
        static ForwardPass along(SupernetPath path) {
            return (images, weights, alpha) -> path.forward(images, weights);
        }
    }

    @Override
    public Slope slope(Loss which, Along along, NDArray weights, NDArray alpha) {
        NDArray w = leaf(weights, along.weights());
        NDArray a = leaf(alpha, along.alpha());
        Batch batch = which == Loss.TRAIN ? train : validation;
        NDArray loss;
        try (NDScope scope = new NDScope();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            scope.suppressNotUsedWarning();
            NDArray output = pass.output(batch.inputs(), w, a);
            NDArray entropy = CROSS_ENTROPY.of(output, batch.labels());
            // a training loss that alpha does not step along is one end of a finite difference
            boolean followed = which == Loss.VALIDATION || along == Along.BOTH;
            boolean penalised = followed && penalty.isPresent();
            collector.backward(penalised ? entropy.add(penalty.orElseThrow().apply(a)) : entropy);
            loss = entropy.stopGradient();
            NDScope.unregister(loss);
        }
        NDScope.register(loss);
        return new Slope(
                loss,
                along.weights() ? Optional.of(w.getGradient()) : Optional.empty(),
                along.alpha() ? Optional.of(a.getGradient()) : Optional.empty());
    }

    /** A fresh array over the same memory: gradients of earlier steps cannot leak into it. */
    private static NDArray leaf(NDArray point, boolean differentiated) {
        NDArray leaf = point.stopGradient();
        if (differentiated) {
            leaf.setRequiresGradient(true);
        }
        return leaf;
    }
}
