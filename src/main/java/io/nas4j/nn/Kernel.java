package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import io.nas4j.operation.Primitive.Activation.Function;
import java.util.List;

/**
 * What an {@link Instruction} computes. Maps are {@code [batch, channels, height, width]}, flat
 * values {@code [batch, features]}.
 */
public sealed interface Kernel {

    /**
     * Runs it.
     *
     * @param in the inputs, in the instruction's order
     * @param slots the arrays, in the instruction's order
     * @param run training or not
     * @return the result, on the manager of the first input; may be that input itself
     */
    NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run);

    /**
     * Slots: weight {@code [out, in / groups, kh, kw]}, then bias {@code [out]} where there is one.
     */
    record Convolution(
            int strideHeight,
            int strideWidth,
            int padHeight,
            int padWidth,
            int dilation,
            int groups)
            implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return Convolutions.of(
                    in.get(0),
                    slots.get(0),
                    slots.size() > 1 ? slots.get(1) : null,
                    new Shape(strideHeight, strideWidth),
                    new Shape(padHeight, padWidth),
                    dilation,
                    groups);
        }
    }

    /** A factorized reduce of an even map. Slots: {@link Reduction}'s even and odd weights. */
    record Reduce() implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return Reduction.of(in.get(0), slots.get(0), slots.get(1));
        }
    }

    /** Slots: weight {@code [out, in]}, bias {@code [out]}. */
    record Dense() implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return Linear.linear(in.get(0), slots.get(0), slots.get(1)).singletonOrThrow();
        }
    }

    /**
     * Batch normalisation. Slots: running mean and variance, scale and offset, each {@code
     * [channels]}.
     */
    record Normalise() implements Kernel {
        // DJL's momentum is the share of the old value: PyTorch's 0.1
        private static final float MOMENTUM = 0.9f;
        private static final float EPSILON = 1e-5f;

        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            // DJL's axis -1 goes straight to libtorch, which normalises dimension 1
            return BatchNorm.batchNorm(
                            in.get(0),
                            slots.get(0),
                            slots.get(1),
                            slots.get(2),
                            slots.get(3),
                            -1,
                            MOMENTUM,
                            EPSILON,
                            run.training())
                    .singletonOrThrow();
        }
    }

    /**
     * Batch normalisation by {@link ExecutionMode#normaliser()}. Slots: scale and offset, or none.
     */
    record NormaliseBatch() implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return slots.isEmpty()
                    ? run.normaliser().normalise(in.get(0), null, null)
                    : run.normaliser().normalise(in.get(0), slots.get(0), slots.get(1));
        }
    }

    /** Each sample over all its numbers. Slots: scale and offset, each {@code [channels]}. */
    record NormaliseLayer() implements Kernel {
        private static final float EPSILON = 1e-5f;

        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            NDArray x = in.get(0);
            Shape sample = x.getShape().slice(1);
            NDManager manager = x.getManager();
            try (NDArray ones = manager.ones(sample, x.getDataType());
                    NDArray zeros = manager.zeros(sample, x.getDataType());
                    NDArray normed =
                            LayerNorm.layerNorm(x, sample, ones, zeros, EPSILON)
                                    .singletonOrThrow()) {
                return normed.mul(perChannel(slots.get(0), x)).add(perChannel(slots.get(1), x));
            }
        }
    }

    /** Inputs: a map, and a row of a number for each of its channels. */
    record ScaleChannels() implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            NDArray factors = in.get(1);
            Shape s = factors.getShape();
            return in.get(0).mul(factors.reshape(s.get(0), s.get(1), 1, 1));
        }
    }

    /** Channels dealt out to groups. */
    record Shuffle(int groups) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            NDArray x = in.get(0);
            Shape s = x.getShape();
            return x.reshape(s.get(0), groups, s.get(1) / groups, s.get(2), s.get(3))
                    .transpose(0, 2, 1, 3, 4)
                    .reshape(s);
        }
    }

    /** A block of DJL. Slots: its parameters, in its order. */
    record Foreign(ForeignBlock block) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return block.run(in.get(0), slots, run.training());
        }
    }

    /** The channels from one on and before another. */
    record Slice(int from, int to) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return in.get(0).get(new NDIndex().addAllDim().addSliceDim(from, to));
        }
    }

    /** An element-wise function. */
    record Activation(Function function) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            NDArray x = in.get(0);
            return switch (function) {
                case RELU -> ai.djl.nn.Activation.relu(x);
                case LEAKY_RELU -> ai.djl.nn.Activation.leakyRelu(x, 0.01f);
                case ELU -> ai.djl.nn.Activation.elu(x, 1);
                case GELU -> ai.djl.nn.Activation.gelu(x);
                // not DJL's swish, which multiplies by a plain number: see Scaling
                case SILU -> x.mul(ai.djl.nn.Activation.sigmoid(x));
                case TANH -> ai.djl.nn.Activation.tanh(x);
                case SIGMOID -> ai.djl.nn.Activation.sigmoid(x);
                case RELU6 -> x.clip(0, 6);
                case HARD_SIGMOID -> hardSigmoid(x);
                case HARD_SWISH -> x.mul(hardSigmoid(x));
            };
        }
    }

    private static NDArray hardSigmoid(NDArray x) {
        return Scaling.times(x.add(3).clip(0, 6), 1 / 6.0);
    }

    /** One number a channel, to be spread over a map or a row. */
    private static NDArray perChannel(NDArray numbers, NDArray x) {
        return x.getShape().dimension() == 4
                ? numbers.reshape(1, numbers.getShape().get(0), 1, 1)
                : numbers;
    }

    /** Maximum or mean over windows; padding does not count. */
    record Pool(boolean max, int kernel, int stride, int pad, boolean ceil) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            if (!max) {
                return AveragePool.of(in.get(0), kernel, stride, pad, ceil);
            }
            return ai.djl.nn.pooling.Pool.maxPool2d(
                    in.get(0),
                    new Shape(kernel, kernel),
                    new Shape(stride, stride),
                    new Shape(pad, pad),
                    ceil);
        }
    }

    /** The mean of each channel: a map becomes flat. */
    record GlobalPool() implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return ChannelMeans.of(in.get(0));
        }
    }

    /** A map becomes flat. */
    record Flatten() implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            NDArray x = in.get(0);
            return x.reshape(x.getShape().get(0), -1);
        }
    }

    /** Zeros at the lower and the right edge. */
    record Pad(int bottom, int right) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return in.get(0).pad(new Shape(0, right, 0, bottom), 0);
        }
    }

    /** A rectangle of a map. */
    record Crop(int top, int left, int height, int width) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return in.get(0)
                    .get(
                            new NDIndex()
                                    .addAllDim(2)
                                    .addSliceDim(top, top + height)
                                    .addSliceDim(left, left + width));
        }
    }

    /** Channels after one another. */
    record Concat() implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return Concatenation.of(new NDList(in), 1);
        }
    }

    /** The sum of all inputs, divided by their number if {@code mean}. */
    record Sum(boolean mean) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            NDArray total = in.get(0);
            for (int i = 1; i < in.size(); i++) {
                // the first sum is ours to add to
                total = i == 1 ? total.add(in.get(1)) : total.addi(in.get(i));
            }
            return mean && in.size() > 1 ? Scaling.times(total, 1.0 / in.size()) : total;
        }
    }

    /** Zeros of another shape, for as many samples as the input has. */
    record Zero(int channels, int height, int width, boolean flat) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            long batch = in.get(0).getShape().get(0);
            Shape shape =
                    flat ? new Shape(batch, channels) : new Shape(batch, channels, height, width);
            return in.get(0).getManager().zeros(shape, in.get(0).getDataType());
        }
    }

    /** Sets elements to zero with a probability while training, and scales the others up. */
    record Dropout(int percent) implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            return run.training() && percent > 0
                    ? ai.djl.nn.norm.Dropout.dropout(in.get(0), percent / 100f, true)
                            .singletonOrThrow()
                    : in.get(0);
        }
    }

    /** Drops the whole map of a sample with {@link ExecutionMode#dropPath()} while training. */
    record DropPath() implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            NDArray x = in.get(0);
            if (!run.training() || run.dropPath() == 0) {
                return x;
            }
            float keep = (float) (1 - run.dropPath());
            long[] shape = new long[x.getShape().dimension()];
            java.util.Arrays.fill(shape, 1);
            shape[0] = x.getShape().get(0);
            try (NDArray random = x.getManager().randomUniform(0, 1, new Shape(shape));
                    NDArray kept = random.lt(keep);
                    NDArray mask = kept.toType(x.getDataType(), false)) {
                return x.mul(mask.divi(keep));
            }
        }
    }

    /**
     * The same numbers with channels innermost in memory, which libtorch's convolutions keep and
     * run faster on a CPU.
     */
    record ChannelsLast() implements Kernel {
        @Override
        public NDArray run(List<NDArray> in, List<NDArray> slots, ExecutionMode run) {
            NDArray x = in.get(0);
            if (x.getDevice().isGpu()) {
                return x;
            }
            Shape s = x.getShape();
            try (NDArray view = x.transpose(0, 2, 3, 1);
                    NDArray packed = view.reshape(-1, s.get(1));
                    NDArray spread = packed.reshape(s.get(0), s.get(2), s.get(3), s.get(1))) {
                return spread.transpose(0, 3, 1, 2);
            }
        }
    }
}
