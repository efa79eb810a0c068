package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All trainable numbers of a block as one vector, so that an optimizer step, a norm, a copy or a
 * difference is one operation and not one a parameter.
 *
 * <p>A forward pass reads its parameters out of a vector through {@link #store}; the gradient of
 * the loss then arrives as one vector too. The block's own parameter arrays keep their first values
 * until {@link #write}.
 */
final class Weights implements AutoCloseable {

    private final NDManager manager;
    private final List<Parameter> trained = new ArrayList<>();
    private final List<Parameter> statistics = new ArrayList<>();
    private final List<Shape> shapes = new ArrayList<>();
    private final long[] ends;
    private final NDArray vector;

    /**
     * The weights of an initialised block, copied.
     *
     * @param block initialised; its trainable parameters are float32
     * @param parent the vector's manager is made below it
     */
    public Weights(Block block, NDManager parent) {
        manager = parent.newSubManager();
        block.getParameters().values().stream()
                .distinct()
                .forEach(p -> (p.requiresGradient() ? trained : statistics).add(p));
        require(
                !trained.isEmpty(),
                "a network must have weights to train, but has none. Try one with a classifier.");
        ends = new long[trained.size() - 1];
        long end = 0;
        for (int i = 0; i < trained.size(); i++) {
            Shape shape = trained.get(i).getArray().getShape();
            shapes.add(shape);
            end += shape.size();
            if (i < ends.length) {
                ends[i] = end;
            }
        }
        try (NDScope scope = new NDScope()) {
            NDList parts = new NDList();
            trained.forEach(p -> parts.add(p.getArray().stopGradient().flatten()));
            // concat would return a single part itself
            vector = NDArrays.concat(parts).duplicate();
            NDScope.unregister(vector);
            scope.suppressNotUsedWarning();
        }
        vector.attach(manager);
    }

    /**
     * How many numbers are trained.
     *
     * @return at least 1
     */
    public long size() {
        return vector.size();
    }

    /**
     * The weights {@code [size]}; writing into it changes what the next {@link #store} reads.
     *
     * @return not to be closed by the caller
     */
    public NDArray vector() {
        return vector;
    }

    /**
     * A fresh leaf over {@link #vector}'s memory that gathers a gradient: it starts without one, so
     * nothing of an earlier step can leak into it. Lives as long as the current {@code NDScope}.
     *
     * @return {@code [size]}
     */
    public NDArray leaf() {
        NDArray leaf = vector.stopGradient();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /**
     * A store that reads the block's trainable parameters out of a vector; differentiable. Lives as
     * long as the current {@code NDScope}.
     *
     * @param source {@link #vector}, {@link #leaf}, or any vector of that size
     * @return for {@code block.forward(store, ..)}
     */
    public ParameterStore store(NDArray source) {
        NDList parts = source.split(ends);
        Map<String, NDArray> byId = new HashMap<>();
        for (int i = 0; i < trained.size(); i++) {
            byId.put(trained.get(i).getId(), parts.get(i).reshape(shapes.get(i)));
        }
        return new ParameterStore(manager, false) {
            @Override
            public NDArray getValue(Parameter parameter, Device device, boolean training) {
                NDArray part = parameter == null ? null : byId.get(parameter.getId());
                return part != null ? part : super.getValue(parameter, device, training);
            }
        };
    }

    /** Copies the vector into the block's own parameter arrays. */
    public void write() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            ParameterStore store = store(vector);
            for (Parameter parameter : trained) {
                NDArray target = parameter.getArray();
                NDArray value = store.getValue(parameter, target.getDevice(), false);
                // a leaf that requires a gradient refuses to be written
                Moment.write(target.stopGradient(), value);
            }
        }
    }

    /**
     * Copies everything that training changes to the heap.
     *
     * @return the vector first, then what is not trained by gradient (batch statistics)
     */
    public List<float[]> save() {
        List<float[]> values = new ArrayList<>();
        values.add(vector.toFloatArray());
        statistics.forEach(p -> values.add(p.getArray().toFloatArray()));
        return values;
    }

    /**
     * Goes back to saved values.
     *
     * @param values of a block of the same shape
     */
    public void restore(List<float[]> values) {
        Moment.write(vector, values.get(0));
        for (int i = 0; i < statistics.size(); i++) {
            Moment.write(statistics.get(i).getArray(), values.get(i + 1));
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
