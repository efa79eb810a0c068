package io.nas4j.nn;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation by itself, behind a stem and before a classifier. */
class OperationsIT {

    private static final int BATCH = 3;

    static Stream<Node.Op> operations() {
        List<Node.Op> all = new ArrayList<>();
        for (int stride : new int[] {1, 2}) {
            all.add(op("skip_connect", "stride", stride));
            all.add(op("residual", "channels", 6, "stride", stride));
            all.add(op("conv", "height", 3, "width", 5, "channels", 5, "stride", stride));
            for (int kernel : new int[] {1, 2, 3, 4, 5}) {
                for (String name : new String[] {"max_pool", "avg_pool"}) {
                    all.add(op(name, "kernel", kernel, "stride", stride));
                }
                for (String name :
                        new String[] {"nor_conv", "sep_conv", "dil_conv", "fac_conv", "conv"}) {
                    all.add(op(name, "kernel", kernel, "channels", 5, "stride", stride));
                }
            }
        }
        for (int stride : new int[] {1, 2}) {
            for (int channels : new int[] {4, 6}) {
                for (Node.Op op :
                        List.of(
                                op("mbconv", "kernel", 3, "expansion", 1),
                                op("mbconv", "kernel", 5, "expansion", 3, "se", 1),
                                op("shuffle_block", "kernel", 3),
                                op("group_conv", "kernel", 3))) {
                    Map<String, Integer> args = new HashMap<>(op.args());
                    args.putAll(Map.of("channels", channels, "stride", stride));
                    all.add(op.with(args));
                }
            }
        }
        all.add(op("squeeze_excite"));
        all.add(op("layer_norm"));
        all.add(op("relu6"));
        all.add(op("hard_swish"));
        all.add(op("hard_sigmoid"));
        all.add(op("residual", "channels", 4));
        all.add(op("factorized_reduce", "channels", 7));
        all.add(op("factorized_reduce", "channels", 1));
        all.add(op("dense", "units", 5));
        for (String name :
                new String[] {
                    "batch_norm",
                    "relu",
                    "leaky_relu",
                    "elu",
                    "gelu",
                    "silu",
                    "tanh",
                    "sigmoid",
                    "dropout",
                    "flatten",
                    "global_pool",
                    "none"
                }) {
            all.add(op(name));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyInstructionMakesTheShapeThatWasCounted(Node.Op operation) {
        for (int[] size : new int[][] {{8, 8}, {7, 5}, {2, 3}, {1, 4}}) {
            InputShape input = new InputShape(2, size[0], size[1]);
            Program program = Networks.lower(network(operation), input, 3, 1);
            try (NDManager manager = NDManager.newBaseManager()) {
                runEach(program, manager);
            }
        }
    }

    private static void runEach(Program program, NDManager manager) {
        SplittableRandom random = new SplittableRandom(1);
        List<NDArray> slots = new ArrayList<>();
        for (Slot slot : program.slots()) {
            slots.add(
                    manager.create(
                            slot.initial(random),
                            new Shape(slot.shape().stream().mapToLong(i -> i).toArray())));
        }
        NDArray[] registers = new NDArray[program.values().size()];
        registers[0] = manager.randomNormal(shape(program.input()));
        for (Instruction instruction : program.instructions()) {
            NDArray made =
                    instruction
                            .kernel()
                            .run(
                                    instruction.inputs().stream().map(i -> registers[i]).toList(),
                                    instruction.slots().stream().map(slots::get).toList(),
                                    ExecutionMode.TRAINING);
            Value declared = program.values().get(instruction.output());
            assertThat(made.getShape()).as("%s", instruction).isEqualTo(shape(declared));
            if (declared.zero()) {
                assertThat(made.abs().max().getFloat()).isZero();
            }
            registers[instruction.output()] = made;
        }
    }

    private static Shape shape(Value value) {
        return value.flat()
                ? new Shape(BATCH, value.channels())
                : new Shape(BATCH, value.channels(), value.height(), value.width());
    }

    /** Along a random direction of all weights, by central differences. */
    @ParameterizedTest
    @MethodSource("operations")
    void gradientsEqualFiniteDifferences(Node.Op operation) {
        try (NDManager manager = NDManager.newBaseManager()) {
            InputShape input = new InputShape(2, 7, 6);
            Network network = Networks.compile(network(operation), input, 3, 1);
            // double precision: a step so small that hardly ever a ReLU or a maximum switches
            network.initialize(manager, DataType.FLOAT64, new Shape(1, 2, 7, 6));
            SplittableRandom random = new SplittableRandom(6);
            NDArray x = normal(manager, random, new Shape(BATCH, 2, 7, 6));
            NDArray weights = normal(manager, random, new Shape(BATCH, 3));
            ParameterStore store = new ParameterStore(manager, false);
            List<NDArray> parameters =
                    network.getParameters().values().stream()
                            .filter(Parameter::requiresGradient)
                            .map(Parameter::getArray)
                            .toList();
            // dropout draws anew in each pass: predict instead
            boolean training = !operation.name().equals("dropout");
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                NDArray loss =
                        network.forward(store, new NDList(x), training)
                                .singletonOrThrow()
                                .mul(weights)
                                .sum();
                // a number that DJL lends from the JVM would be another one by now
                Garbage.collect();
                collector.backward(loss);
            }
            double expected = 0;
            List<NDArray> direction = new ArrayList<>();
            for (NDArray parameter : parameters) {
                NDArray step = normal(manager, random, parameter.getShape());
                direction.add(step);
                expected += parameter.getGradient().mul(step).sum().getDouble();
            }
            double h = 1e-6;
            double difference =
                    at(network, store, x, weights, parameters, direction, h, training)
                            - at(network, store, x, weights, parameters, direction, -h, training);
            double slope = difference / (2 * h);
            assertThat(expected).isCloseTo(slope, offset(1e-6 * (1 + Math.abs(slope))));
        }
    }

    private static double at(
            Network network,
            ParameterStore store,
            NDArray x,
            NDArray weights,
            List<NDArray> parameters,
            List<NDArray> direction,
            double h,
            boolean training) {
        List<NDArray> saved = parameters.stream().map(NDArray::duplicate).toList();
        for (int i = 0; i < parameters.size(); i++) {
            saved.get(i).add(direction.get(i).mul(h)).copyTo(parameters.get(i));
        }
        double loss =
                network.forward(store, new NDList(x), training)
                        .singletonOrThrow()
                        .mul(weights)
                        .sum()
                        .getDouble();
        for (int i = 0; i < parameters.size(); i++) {
            saved.get(i).copyTo(parameters.get(i));
        }
        return loss;
    }

    private static NDArray normal(NDManager manager, SplittableRandom random, Shape shape) {
        double[] values = new double[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextGaussian();
        }
        return manager.create(values, shape);
    }

    private static SearchSpace network(Node.Op operation) {
        return SearchSpace.of("one", stem(4), operation, classifier());
    }
}
