package io.nas4j.sharing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.nas4j.supernet.Supernet;
import io.nas4j.supernet.SupernetPath;
import io.nas4j.train.CrossEntropy;
import io.nas4j.train.DeviceData.Batch;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The bilevel problem of a supernet on one batch of each half of the training data.
 *
 * @param replicas where the network runs
 * @param pass how it runs
 * @param train what the weights learn from
 * @param validation what alpha learns from
 * @param penalty of alpha, added to a loss that alpha follows; returns a scalar
 */
public record SupernetProblem(
        Replicas replicas,
        ForwardPass pass,
        Batch train,
        Batch validation,
        Optional<UnaryOperator<NDArray>> penalty)
        implements BilevelProblem {

    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy(0);

    /** How a supernet runs under alpha: as a whole, or along one path. */
    @FunctionalInterface
    public interface ForwardPass {

        /**
         * Runs.
         *
         * @param net what runs, on the device of the other arguments
         * @param images {@code [batch, channels, height, width]}
         * @param weights of the supernet
         * @param alpha logits of its decisions
         * @return {@code [batch, classes]}
         */
        NDArray output(Supernet net, NDArray images, NDArray weights, NDArray alpha);

        /**
         * Draws what a pass leaves to chance, so that it runs alike on several devices.
         *
         * @param alpha logits of the decisions
         * @return this where nothing is drawn
         */
        default ForwardPass settled(NDArray alpha) {
            return this;
        }

        /**
         * Every option, weighted.
         *
         * @param shares from alpha to the share of each option
         */
        static ForwardPass mixture(BiFunction<Supernet, NDArray, NDArray> shares) {
            return (net, images, weights, alpha) ->
                    net.forward(images, weights, shares.apply(net, alpha));
        }

        /** Every option, weighted by softmax(alpha). */
        static ForwardPass mixture() {
            return mixture(Supernet::mixture);
        }

        /** One path, in which alpha has no part. */
        static ForwardPass along(SupernetPath path) {
            return (net, images, weights, alpha) -> path.forward(images, weights);
        }
    }

    @Override
    public Slope slope(Loss which, Along along, NDArray weights, NDArray alpha) {
        return replicas.slope(this, which, along, weights, alpha);
    }

    /**
     * The gradients on one device.
     *
     * @param net the network there
     * @param now the pass
     * @param batch what is learned from
     * @param penalised whether the penalty is added
     * @param collector open
     * @return arrays that live as long as the thread's {@code NDScope}
     */
    Slope slope(
            Supernet net,
            ForwardPass now,
            Batch batch,
            boolean penalised,
            Along along,
            NDArray weights,
            NDArray alpha,
            GradientCollector collector) {
        NDArray w = leaf(weights, along.weights());
        NDArray a = leaf(alpha, along.alpha());
        NDArray loss;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray output = now.output(net, batch.inputs(), w, a);
            NDArray entropy = CROSS_ENTROPY.of(output, batch.labels());
            boolean added = penalised && penalty.isPresent();
            collector.backward(added ? entropy.add(penalty.orElseThrow().apply(a)) : entropy);
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
