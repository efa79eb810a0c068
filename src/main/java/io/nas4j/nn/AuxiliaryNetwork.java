package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * A network with a second, smaller classifier at two thirds of its depth, which helps the earlier
 * layers to learn and is thrown away afterwards, as DARTS and NASNet evaluate their cells.
 *
 * <ul>
 *   <li>input: as of the {@link #main() network}
 *   <li>output: logits {@code [batch, classes]}; in training two of them, the second from the
 *       auxiliary head
 * </ul>
 *
 * <p>The head reads what flows out of cell {@code ⌊2L/3⌋} of L, counted from 0; where a network has
 * no cells, of the step there. It is that of DARTS' code for CIFAR: ReLU, average pooling 5×5 by 3,
 * convolution 1×1 to 128 and 2×2 to 768 channels, each with batch normalisation and ReLU, and a
 * linear layer. Windows shrink to maps that are smaller than they are, and what is left of a larger
 * map is averaged.
 *
 * @see <a href="https://github.com/quark0/darts">DARTS' code, cnn/model.py</a>
 */
public final class AuxiliaryNetwork extends AbstractBlock {

    private final Network main;
    private final Network head;
    private final int register;
    private final Program form;

    private AuxiliaryNetwork(Network main, Network head, int register) {
        this.main = addChildBlock("main", main);
        this.head = addChildBlock("head", head);
        this.register = register;
        this.form = main.writing(register);
    }

    /**
     * Puts a head onto a network.
     *
     * @param space what the network was compiled from
     * @param main the network, not initialised yet
     * @param classes how many outputs
     * @return both
     * @throws IllegalArgumentException when no feature map flows there
     */
    public static AuxiliaryNetwork of(SearchSpace space, Network main, int classes) {
        Program program = main.program();
        Value read = program.values().get(register(space, program));
        require(
                !read.flat() && !read.zero(),
                "an auxiliary head reads feature maps, but at two thirds of \"%s\" there are"
                        + " %s. Try auxiliary(0).",
                space.name(),
                read.zero() ? "zeros" : read.shape());
        return new AuxiliaryNetwork(main, new Network(AuxiliaryHead.on(read, classes)), read.id());
    }

    private static int register(SearchSpace space, Program program) {
        require(
                space.root() instanceof Node.Chain,
                "an auxiliary head needs a network of steps, but \"%s\" is one step. Try"
                        + " auxiliary(0).",
                space.name());
        List<Node> steps = ((Node.Chain) space.root()).steps();
        boolean[] needed = program.schedule().needed();
        int[] outputs = new int[steps.size()];
        Arrays.fill(outputs, -1);
        for (int i = 0; i < needed.length; i++) {
            Instruction instruction = program.instructions().get(i);
            String step = instruction.place().split("/")[0];
            if (needed[i] && step.matches("\\d+") && Integer.parseInt(step) < outputs.length) {
                outputs[Integer.parseInt(step)] = instruction.output();
            }
        }
        List<Integer> maps =
                IntStream.range(0, outputs.length)
                        .filter(i -> outputs[i] >= 0 && !program.values().get(outputs[i]).flat())
                        .boxed()
                        .toList();
        List<Integer> cells = maps.stream().filter(i -> isCell(space, steps.get(i))).toList();
        List<Integer> depth = cells.isEmpty() ? maps : cells;
        require(
                !depth.isEmpty(),
                "an auxiliary head reads feature maps, but \"%s\" has none. Try auxiliary(0).",
                space.name());
        return outputs[depth.get(2 * depth.size() / 3)];
    }

    private static boolean isCell(SearchSpace space, Node step) {
        Node node = step instanceof Node.Ref ref ? space.shared().get(ref.name()) : step;
        return node instanceof Node.Cell;
    }

    /**
     * The network without the head.
     *
     * @return what is kept of this
     */
    public Network main() {
        return main;
    }

    /**
     * The auxiliary head.
     *
     * @return from the map inside of the network to logits
     */
    public Network head() {
        return head;
    }

    /**
     * Draws the initial weights; those of {@link #main()} are the same as without a head.
     *
     * @param manager what the weights live on, and how long
     * @param random where they come from
     */
    public void initialize(NDManager manager, RandomGenerator random) {
        main.initialize(manager, random);
        head.initialize(manager, new SplittableRandom(random.nextLong()));
        Value input = main.program().input();
        initialize(
                manager,
                DataType.FLOAT32,
                new Shape(1, input.channels(), input.height(), input.width()));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
        // each has drawn its weights already
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store,
            NDList inputs,
            boolean training,
            PairList<String, Object> unused) {
        if (!training) {
            return main.forward(store, inputs, false);
        }
        NDArray[] second = new NDArray[1];
        NDArray first =
                main.run(
                        form,
                        store,
                        inputs.singletonOrThrow(),
                        true,
                        (instruction, in, out) -> {
                            if (instruction.output() == register) {
                                NDList read = new NDList(out);
                                second[0] = head.forward(store, read, true).singletonOrThrow();
                            }
                            return out;
                        });
        return new NDList(first, second[0]);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        return main.getOutputShapes(inputs);
    }
}
