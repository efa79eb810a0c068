package io.nas4j.export;

import io.nas4j.export.OnnxGraph.Attribute;
import io.nas4j.nn.Instruction;
import io.nas4j.nn.Kernel;
import io.nas4j.nn.Kernel.Activation;
import io.nas4j.nn.Kernel.ChannelsLast;
import io.nas4j.nn.Kernel.Concat;
import io.nas4j.nn.Kernel.Convolution;
import io.nas4j.nn.Kernel.Crop;
import io.nas4j.nn.Kernel.Dense;
import io.nas4j.nn.Kernel.DropPath;
import io.nas4j.nn.Kernel.Dropout;
import io.nas4j.nn.Kernel.Flatten;
import io.nas4j.nn.Kernel.GlobalPool;
import io.nas4j.nn.Kernel.Normalise;
import io.nas4j.nn.Kernel.NormaliseLayer;
import io.nas4j.nn.Kernel.Pad;
import io.nas4j.nn.Kernel.Pool;
import io.nas4j.nn.Kernel.ScaleChannels;
import io.nas4j.nn.Kernel.Shuffle;
import io.nas4j.nn.Kernel.Slice;
import io.nas4j.nn.Kernel.Sum;
import io.nas4j.nn.Kernel.Zero;
import io.nas4j.nn.Program;
import io.nas4j.nn.Value;
import io.nas4j.operation.Primitive.Activation.Function;
import java.util.List;

/**
 * Instructions as operators of ONNX, opset 17, as they are when nothing is trained.
 *
 * @see <a href="https://onnx.ai/onnx/operators/">the operators</a>
 */
record OnnxOperators(Program program, OnnxGraph graph) {

    /**
     * Adds what an instruction computes.
     *
     * @param in names of its inputs
     * @param slots names of its arrays
     * @return the name of its result, which may be that of an input
     * @throws IllegalArgumentException for a block of a user's own
     */
    String add(Instruction instruction, List<String> in, List<String> slots) {
        Kernel kernel = instruction.kernel();
        String x = in.get(0);
        if (kernel instanceof Convolution c) {
            return convolution(c, x, slots);
        } else if (kernel instanceof Dense) {
            return graph.node(
                    "Gemm", List.of(x, slots.get(0), slots.get(1)), Attribute.of("transB", 1L));
        } else if (kernel instanceof Normalise) {
            return graph.node(
                    "BatchNormalization",
                    List.of(x, slots.get(2), slots.get(3), slots.get(0), slots.get(1)),
                    Attribute.of("epsilon", 1e-5f));
        } else if (kernel instanceof NormaliseLayer) {
            return normaliseLayer(value(instruction.output()), x, slots);
        } else if (kernel instanceof ScaleChannels) {
            String factors = graph.node("Unsqueeze", List.of(in.get(1), graph.wholes(2, 3)));
            return graph.node("Mul", List.of(x, factors));
        } else if (kernel instanceof Shuffle s) {
            return shuffle(value(instruction.output()), s.groups(), x);
        } else if (kernel instanceof Slice s) {
            return slice(x, graph.wholes(s.from()), graph.wholes(s.to()), graph.wholes(1));
        } else if (kernel instanceof Activation a) {
            return activation(a.function(), x);
        } else if (kernel instanceof Pool p) {
            return pool(p, value(instruction.inputs().get(0)), value(instruction.output()), x);
        } else if (kernel instanceof Pad p) {
            return graph.node(
                    "Pad", List.of(x, graph.wholes(0, 0, 0, 0, 0, 0, p.bottom(), p.right())));
        } else if (kernel instanceof Crop c) {
            return slice(
                    x,
                    graph.wholes(c.top(), c.left()),
                    graph.wholes(c.top() + c.height(), c.left() + c.width()),
                    graph.wholes(2, 3));
        } else if (kernel instanceof Concat) {
            return graph.node("Concat", in, Attribute.of("axis", 1L));
        } else if (kernel instanceof Sum s) {
            return in.size() == 1 ? x : graph.node(s.mean() ? "Mean" : "Sum", in);
        } else if (kernel instanceof Zero z) {
            return zeros(z, x);
        } else if (kernel instanceof GlobalPool) {
            return flat(graph.node("GlobalAveragePool", List.of(x)));
        } else if (kernel instanceof Flatten) {
            return flat(x);
        } else if (kernel instanceof Dropout
                || kernel instanceof DropPath
                || kernel instanceof ChannelsLast) {
            return x;
        }
        throw Dialect.foreign(program, instruction);
    }

    private Value value(int register) {
        return program.values().get(register);
    }

    private String flat(String x) {
        return graph.node("Flatten", List.of(x), Attribute.of("axis", 1L));
    }

    private String convolution(Convolution c, String x, List<String> slots) {
        return graph.node(
                "Conv",
                slots.size() > 1
                        ? List.of(x, slots.get(0), slots.get(1))
                        : List.of(x, slots.get(0)),
                Attribute.of("strides", c.strideHeight(), c.strideWidth()),
                Attribute.of("pads", c.padHeight(), c.padWidth(), c.padHeight(), c.padWidth()),
                Attribute.of("dilations", c.dilation(), c.dilation()),
                Attribute.of("group", (long) c.groups()));
    }

    /** All numbers of a sample are one instance of one channel. */
    private String normaliseLayer(Value value, String x, List<String> slots) {
        String one = graph.array("one" + value.id(), List.of(1), new float[] {1});
        String zero = graph.array("zero" + value.id(), List.of(1), new float[] {0});
        String instance = graph.node("Reshape", List.of(x, graph.wholes(0, 1, -1)));
        String normed =
                graph.node(
                        "InstanceNormalization",
                        List.of(instance, one, zero),
                        Attribute.of("epsilon", 1e-5f));
        String back = graph.node("Reshape", List.of(normed, sizes(value)));
        String gamma = perChannel(value, slots.get(0));
        String beta = perChannel(value, slots.get(1));
        return graph.node("Add", List.of(graph.node("Mul", List.of(back, gamma)), beta));
    }

    private String perChannel(Value value, String numbers) {
        return value.flat()
                ? numbers
                : graph.node("Unsqueeze", List.of(numbers, graph.wholes(1, 2)));
    }

    /** 0 stands for the size that is there: the batch's. */
    private String sizes(Value value) {
        return value.flat()
                ? graph.wholes(0, value.channels())
                : graph.wholes(0, value.channels(), value.height(), value.width());
    }

    private String shuffle(Value value, int groups, String x) {
        String dealt =
                graph.node(
                        "Reshape",
                        List.of(
                                x,
                                graph.wholes(
                                        0,
                                        groups,
                                        value.channels() / groups,
                                        value.height(),
                                        value.width())));
        String turned =
                graph.node("Transpose", List.of(dealt), Attribute.of("perm", 0, 2, 1, 3, 4));
        return graph.node("Reshape", List.of(turned, sizes(value)));
    }

    private String slice(String x, String from, String to, String axes) {
        return graph.node("Slice", List.of(x, from, to, axes));
    }

    /**
     * Windows that hang over the edge are said as padding there, which does not count: runtimes
     * differ in what {@code ceil_mode} does to a mean.
     */
    private String pool(Pool p, Value from, Value to, String x) {
        return graph.node(
                p.max() ? "MaxPool" : "AveragePool",
                List.of(x),
                Attribute.of("kernel_shape", p.kernel(), p.kernel()),
                Attribute.of("strides", p.stride(), p.stride()),
                Attribute.of(
                        "pads",
                        p.pad(),
                        p.pad(),
                        p.pad() + over(p, from.height(), to.height()),
                        p.pad() + over(p, from.width(), to.width())));
    }

    private static int over(Pool p, int from, int to) {
        return Math.max(0, (to - 1) * p.stride() + p.kernel() - from - 2 * p.pad());
    }

    private String zeros(Zero z, String x) {
        String batch =
                graph.node("Shape", List.of(x), Attribute.of("start", 0L), Attribute.of("end", 1L));
        String sample =
                z.flat()
                        ? graph.wholes(z.channels())
                        : graph.wholes(z.channels(), z.height(), z.width());
        String shape = graph.node("Concat", List.of(batch, sample), Attribute.of("axis", 0L));
        return graph.node("ConstantOfShape", List.of(shape));
    }

    private String activation(Function function, String x) {
        return switch (function) {
            case RELU -> graph.node("Relu", List.of(x));
            case LEAKY_RELU -> graph.node("LeakyRelu", List.of(x), Attribute.of("alpha", 0.01f));
            case ELU -> graph.node("Elu", List.of(x), Attribute.of("alpha", 1f));
            case GELU -> gelu(x);
            case SILU -> graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(x))));
            case TANH -> graph.node("Tanh", List.of(x));
            case SIGMOID -> graph.node("Sigmoid", List.of(x));
            case RELU6 -> graph.node("Clip", List.of(x, graph.number(0), graph.number(6)));
            case HARD_SIGMOID ->
                    graph.node(
                            "HardSigmoid",
                            List.of(x),
                            Attribute.of("alpha", 1 / 6f),
                            Attribute.of("beta", 0.5f));
            case HARD_SWISH -> graph.node("HardSwish", List.of(x));
        };
    }

    /** {@code x (1 + erf(x / √2)) / 2}: an operator of its own only since opset 20. */
    private String gelu(String x) {
        String scaled = graph.node("Mul", List.of(x, graph.number((float) Math.sqrt(0.5))));
        String erf = graph.node("Erf", List.of(scaled));
        String half = graph.node("Mul", List.of(x, graph.number(0.5f)));
        return graph.node("Mul", List.of(half, graph.node("Add", List.of(erf, graph.number(1)))));
    }
}
