package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nas4j.operation.Primitive;
import io.nas4j.space.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * One operation as a supernet runs it: its layers as a {@link Program} whose weights are handed in.
 *
 * @param layers what it is made of
 * @param program from its input to its output
 */
public record Fragment(List<Primitive> layers, Program program) {

    /**
     * An operation where it stands.
     *
     * @param op all inherited arguments filled in
     * @param place where it stands, for messages
     * @param input what it reads
     * @param classes how many the network tells apart
     * @return its layers, compiled
     */
    public static Fragment of(Node.Op op, String place, Value input, int classes) {
        Assembly out = new Assembly(input, Reading.CANDIDATE);
        out.at(place, op.name());
        Recipes recipes = new Recipes(out, 1, classes);
        return of(recipes.layers(op, input, place), out, recipes);
    }

    /**
     * Layers by themselves.
     *
     * @param layers from input to output
     * @param input what they read
     * @return the layers, compiled
     */
    public static Fragment of(List<Primitive> layers, Value input) {
        Assembly out = new Assembly(input, Reading.CANDIDATE);
        return of(layers, out, new Recipes(out, 1, 1));
    }

    private static Fragment of(List<Primitive> layers, Assembly out, Recipes recipes) {
        Value end = recipes.lower(layers, out.input());
        return new Fragment(layers, out.finish(end));
    }

    /**
     * Whether it passes its input on.
     *
     * @return true where nothing is computed
     */
    public boolean isIdentity() {
        return program.output().id() == 0;
    }

    /**
     * Whether nothing but zeros comes out.
     *
     * @return true whatever flows in
     */
    public boolean isZero() {
        return program.output().zero();
    }

    /**
     * Whether zeros come out where zeros flow in.
     *
     * @return true whatever the weights
     */
    public boolean keepsZero() {
        return of(layers, program.input().zeros()).isZero();
    }

    /**
     * The arrays that it learns; statistics are none of them.
     *
     * @return in the order of {@link #run}
     */
    public List<Slot> weights() {
        return program.slots().stream().filter(slot -> slot.role().isTrained()).toList();
    }

    /**
     * How many numbers a sample's pass writes.
     *
     * @return at least 0
     */
    public long activations() {
        return Counts.of(program).activations();
    }

    /**
     * Runs it.
     *
     * @param x {@code [batch, channels, height, width]}, or {@code [batch, features]} for rows;
     *     never written to
     * @param weights as {@link #weights} lists them
     * @param normaliser of its batch normalisations
     * @return what comes out
     */
    public NDArray run(NDArray x, List<NDArray> weights, Normaliser normaliser) {
        return Executor.run(
                program,
                x,
                weights.size() == program.slots().size()
                        ? weights
                        : filled(weights, x.getManager()),
                new ExecutionMode(true, 0, normaliser));
    }

    /** With statistics that nobody reads between the weights: each run's own. */
    private List<NDArray> filled(List<NDArray> weights, NDManager scratch) {
        List<NDArray> all = new ArrayList<>();
        int next = 0;
        for (Slot slot : program.slots()) {
            Shape shape = slot.dimensions();
            all.add(
                    switch (slot.role()) {
                        case RUNNING_MEAN -> scratch.zeros(shape);
                        case RUNNING_VARIANCE -> scratch.ones(shape);
                        default -> weights.get(next++);
                    });
        }
        return all;
    }
}
