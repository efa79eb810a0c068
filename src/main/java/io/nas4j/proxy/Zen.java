package io.nas4j.proxy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.ExecutionMode;
import io.nas4j.nn.Executor;
import io.nas4j.nn.Instruction;
import io.nas4j.nn.Kernel;
import io.nas4j.nn.Program;
import io.nas4j.nn.Slot;
import io.nas4j.nn.Value;
import io.nas4j.trial.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** {@link Proxy#ZEN}. */
final class Zen {

    private static final double STEP = 0.01;

    private final Program program;
    private final List<NDArray> slots;
    private NDArray features;
    private double variances;

    private Zen(Program program, List<NDArray> slots) {
        this.program = program;
        this.slots = slots;
    }

    static double of(InitialNetwork network) {
        Seeds seeds = new Seeds(network.seed());
        RandomGenerator random = seeds.random(0, "zen weights");
        Program program = network.program();
        List<double[]> normal = new ArrayList<>();
        for (int i = 0; i < network.weights().size(); i++) {
            Slot.Role role = program.slots().get(i).role();
            double[] values = Leaves.wide(network.weights().get(i));
            for (int j = 0; j < values.length; j++) {
                values[j] =
                        switch (role) {
                            case WEIGHT -> random.nextGaussian();
                            case BIAS -> 0;
                            default -> values[j];
                        };
            }
            normal.add(values);
        }
        Leaves leaves = Leaves.of(program, normal, DataType.FLOAT32, network.manager());
        Zen zen = new Zen(program, leaves.slots());
        RandomGenerator noise = seeds.random(0, "zen noise");
        NDArray x = gaussian(program.input(), network.batch(), noise, network.manager());
        NDArray step = gaussian(program.input(), network.batch(), noise, network.manager());
        NDArray before = zen.run(x);
        double scales = zen.variances;
        NDArray after = zen.run(x.add(step.mul(STEP)));
        double distance =
                before.sub(after).abs().toType(DataType.FLOAT64, false).sum().getDouble()
                        / network.batch();
        return Proxy.ln(distance) + scales;
    }

    private static NDArray gaussian(
            Value input, int batch, RandomGenerator random, NDManager manager) {
        float[] values = new float[Math.toIntExact(batch * input.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(
                values, new Shape(batch, input.channels(), input.height(), input.width()));
    }

    /** What flows into the last global pooling; the logits where there is none. */
    private NDArray run(NDArray x) {
        features = null;
        variances = 0;
        NDArray logits =
                Executor.run(
                        program,
                        x,
                        slots,
                        ExecutionMode.TRAINING,
                        (instruction, in, out) -> {
                            look(instruction, in.get(0));
                            return out;
                        });
        return features == null ? logits : features;
    }

    private void look(Instruction instruction, NDArray in) {
        if (instruction.kernel() instanceof Kernel.GlobalPool) {
            features = in.duplicate();
        } else if (instruction.kernel() instanceof Kernel.Normalise) {
            variances += Proxy.ln(meanVariance(in)) / 2;
        }
    }

    /** Of the channels, each over images and pixels. */
    private static double meanVariance(NDArray map) {
        long channels = map.getShape().get(1);
        boolean rows = map.getShape().dimension() == 2;
        NDArray byChannel =
                (rows ? map.transpose(1, 0) : map.transpose(1, 0, 2, 3))
                        .reshape(channels, map.size() / channels);
        NDArray mean = byChannel.mean(new int[] {1}, true);
        return byChannel.sub(mean).square().toType(DataType.FLOAT64, false).mean().getDouble();
    }
}
