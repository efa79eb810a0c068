package io.nas4j.proxy;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.nas4j.nn.ExecutionMode;
import io.nas4j.nn.Executor;
import io.nas4j.nn.Instruction;
import io.nas4j.nn.Kernel;
import io.nas4j.nn.Program;
import io.nas4j.nn.Value;
import java.util.Arrays;
import java.util.List;

/** {@link Proxy#SYNFLOW}. */
final class Synflow {

    private static final Kernel IDENTITY = new Kernel.Dropout(0);

    private Synflow() {}

    static double of(InitialNetwork network) {
        Program bare = bare(network.program());
        List<double[]> absolute = network.weights().stream().map(Synflow::absolute).toList();
        Leaves leaves = Leaves.of(bare, absolute, DataType.FLOAT64, network.manager()).recorded();
        Value in = bare.input();
        NDArray ones =
                network.manager()
                        .ones(
                                new Shape(1, in.channels(), in.height(), in.width()),
                                DataType.FLOAT64);
        try (GradientCollector collector = network.turn().collector()) {
            collector.backward(
                    Executor.run(bare, ones, leaves.slots(), ExecutionMode.PREDICTION).sum());
        }
        double flow = leaves.sum(Leaves::saliency);
        require(
                Double.isFinite(flow),
                "synflow must stay below 1e308, but this network's is larger. Try naswot.");
        return Proxy.ln(flow);
    }

    private static double[] absolute(float[] weights) {
        return Arrays.stream(Leaves.wide(weights)).map(Math::abs).toArray();
    }

    /** Without normalisations, which would hide how much flows. */
    static Program bare(Program program) {
        return new Program(
                program.input(),
                program.instructions().stream().map(Synflow::bare).toList(),
                program.slots(),
                program.values(),
                program.output());
    }

    private static Instruction bare(Instruction instruction) {
        boolean normalises =
                instruction.kernel() instanceof Kernel.Normalise
                        || instruction.kernel() instanceof Kernel.NormaliseLayer;
        return normalises
                ? new Instruction(
                        instruction.place(),
                        IDENTITY,
                        instruction.inputs(),
                        instruction.output(),
                        List.of())
                : instruction;
    }
}
