package io.nas4j.gradient;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
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
 * @param penalty of alpha, added to the validation loss; returns a scalar
 */
record SupernetProblem(
        Pass pass, Batch train, Batch validation, Optional<UnaryOperator<NDArray>> penalty)
        implements BilevelProblem {

    private static final CrossEntropy CROSS_ENTROPY = new CrossEntropy(0);

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
            boolean penalised = which == Loss.VALIDATION && penalty.isPresent();
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
