package io.nas4j.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.Program;
import io.nas4j.nn.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** A network's trained numbers as one vector, so that their gradient arrives as one, too. */
final class Leaves {

    private final Program program;
    private final NDManager manager;
    private final NDArray vector;
    private final double[] values;
    private final long[] ends;

    private Leaves(Program program, double[] values, long[] ends, NDArray vector, NDManager owner) {
        this.program = program;
        this.values = values;
        this.ends = ends;
        this.vector = vector;
        this.manager = owner;
    }

    /**
     * Copies numbers to the device.
     *
     * @param numbers by slot
     * @param type of the arrays
     */
    static Leaves of(Program program, List<double[]> numbers, DataType type, NDManager manager) {
        List<Slot> slots = program.slots();
        List<Long> ends = new ArrayList<>();
        long end = 0;
        for (Slot slot : slots) {
            if (slot.role().isTrained()) {
                end += slot.size();
                ends.add(end);
            }
        }
        double[] values = new double[Math.toIntExact(end)];
        int at = 0;
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).role().isTrained()) {
                System.arraycopy(numbers.get(i), 0, values, at, numbers.get(i).length);
                at += numbers.get(i).length;
            }
        }
        NDArray vector = manager.create(values).toType(type, false);
        return new Leaves(
                program,
                values,
                ends.stream().limit(Math.max(0, ends.size() - 1)).mapToLong(e -> e).toArray(),
                vector,
                manager);
    }

    /** The network's own numbers in single precision. */
    static Leaves of(InitialNetwork network) {
        List<double[]> numbers = network.weights().stream().map(Leaves::wide).toList();
        return of(network.program(), numbers, DataType.FLOAT32, network.manager());
    }

    static double[] wide(float[] narrow) {
        double[] wide = new double[narrow.length];
        for (int i = 0; i < narrow.length; i++) {
            wide[i] = narrow[i];
        }
        return wide;
    }

    /** From here on the vector gathers a gradient. */
    Leaves recorded() {
        vector.setRequiresGradient(true);
        return this;
    }

    /** One array a slot; where a gradient is wanted, called inside the collector. */
    List<NDArray> slots() {
        NDList parts = vector.split(ends);
        List<NDArray> result = new ArrayList<>();
        int next = 0;
        for (Slot slot : program.slots()) {
            Shape shape = slot.dimensions();
            result.add(
                    switch (slot.role()) {
                        case RUNNING_MEAN -> manager.zeros(shape, vector.getDataType());
                        case RUNNING_VARIANCE -> manager.ones(shape, vector.getDataType());
                        default -> parts.get(next++).reshape(shape);
                    });
        }
        return result;
    }

    /** Σ |w·∂L/∂w|. */
    static double saliency(double[] weights, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += Math.abs(weights[i] * gradient[i]);
        }
        return sum;
    }

    /**
     * Adds up over the weights of convolutions and dense layers.
     *
     * @param each of the weights and the gradient of one array
     */
    double sum(ToDoubleBiFunction<double[], double[]> each) {
        double[] gradient = vector.getGradient().toType(DataType.FLOAT64, false).toDoubleArray();
        double sum = 0;
        int at = 0;
        for (Slot slot : program.slots()) {
            if (slot.role().isTrained()) {
                int size = Math.toIntExact(slot.size());
                if (slot.role() == Slot.Role.WEIGHT) {
                    sum += each.applyAsDouble(part(values, at, size), part(gradient, at, size));
                }
                at += size;
            }
        }
        return sum;
    }

    private static double[] part(double[] whole, int from, int size) {
        return java.util.Arrays.copyOfRange(whole, from, from + size);
    }
}
