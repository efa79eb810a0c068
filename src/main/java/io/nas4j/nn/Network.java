package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A compiled network as a DJL block.
 *
 * <ul>
 *   <li>input: {@code [batch, channels, height, width]} float32; rows may also be {@code [batch,
 *       features]}
 *   <li>output: logits {@code [batch, classes]}
 * </ul>
 *
 * <p>Initialise it once by {@link #initialize(NDManager, RandomGenerator)}. Intermediate results
 * are closed as soon as they are used up. Dropout and drop-path draw from the engine's generator
 * ({@code Engine.setRandomSeed}). Not safe to share between threads while training.
 */
public final class Network extends AbstractBlock {

    private final Program program;
    private final Program fast;
    private final List<Parameter> bySlot = new ArrayList<>();
    private double dropPath;

    /**
     * A block that runs a program.
     *
     * @param program a network
     */
    public Network(Program program) {
        this.program = program;
        this.fast = Shortcuts.of(program);
        boolean[] live = program.live();
        for (int i = 0; i < program.slots().size(); i++) {
            Slot slot = program.slots().get(i);
            // weights that the output does not depend on never get a gradient
            bySlot.add(addParameter(parameter(slot, slot.role().isTrained() && live[i])));
        }
        seed(new SplittableRandom(0));
    }

    private static Parameter parameter(Slot slot, boolean trained) {
        return Parameter.builder()
                .setName(slot.name())
                .setType(
                        switch (slot.role()) {
                            case WEIGHT -> Parameter.Type.WEIGHT;
                            case BIAS -> Parameter.Type.BIAS;
                            case GAMMA -> Parameter.Type.GAMMA;
                            case BETA -> Parameter.Type.BETA;
                            case RUNNING_MEAN -> Parameter.Type.RUNNING_MEAN;
                            case RUNNING_VARIANCE -> Parameter.Type.RUNNING_VAR;
                        })
                .optShape(slot.dimensions())
                .optRequiresGrad(trained)
                .build();
    }

    /**
     * What it runs.
     *
     * @return the program; parameter i of this block is its slot i
     */
    public Program program() {
        return program;
    }

    /**
     * Draws the initial weights.
     *
     * @param manager what the weights live on, and how long
     * @param random where they come from; the same numbers on every machine
     */
    public void initialize(NDManager manager, RandomGenerator random) {
        seed(random);
        Value input = program.input();
        initialize(
                manager,
                DataType.FLOAT32,
                new Shape(1, input.channels(), input.height(), input.width()));
    }

    /**
     * Drops each summand of a sum, except identities, with a probability for each sample while
     * training, and scales the rest up.
     *
     * @param probability in [0, 1); 0 at first
     * @see <a href="https://arxiv.org/abs/1605.07648">Larsson et al., 2017</a>
     */
    public void dropPath(double probability) {
        require(
                probability >= 0 && probability < 1,
                "a drop-path probability must be in [0, 1), but was %s.",
                probability);
        dropPath = probability;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> unused) {
        NDArray x = inputs.singletonOrThrow();
        return new NDList(run(fast, store, x, training, (instruction, in, out) -> out));
    }

    /** What is run to look at a register: the fast form where that writes it too. */
    Program writing(int register) {
        return fast.instructions().stream().anyMatch(i -> i.output() == register) ? fast : program;
    }

    /** Runs one of its two forms once, looked at. */
    NDArray run(Program form, ParameterStore store, NDArray x, boolean training, Tap tap) {
        Device device = x.getDevice();
        ExecutionMode run = new ExecutionMode(training, dropPath, Normaliser.BATCH);
        List<NDArray> arrays = new ArrayList<>();
        for (Parameter parameter : bySlot) {
            arrays.add(store.getValue(parameter, device, training));
        }
        return Executor.run(form, x, arrays, run, tap);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return new Shape[] {new Shape(inputs[0].get(0), program.output().channels())};
    }

    private void seed(RandomGenerator random) {
        for (int i = 0; i < bySlot.size(); i++) {
            Slot slot = program.slots().get(i);
            long seed = random.nextLong();
            // a generator of its own: the order in which DJL initialises does not matter
            bySlot.get(i)
                    .setInitializer(
                            (manager, shape, type) ->
                                    manager.create(slot.initial(new SplittableRandom(seed)), shape)
                                            .toType(type, false));
        }
    }
}
