package io.nas4j.operation;

import java.util.List;

/**
 * A layer that every compiler knows; operations are lists of these, each reading what the one
 * before it made.
 *
 * <p>A map {@code [batch, channels, height, width]} or, where it is said, rows {@code [batch,
 * features]} flow in. Layers with weights have a name, unique within their operation, which names
 * the weights; windows are padded so that {@code ceil(size / stride)} comes out.
 */
public sealed interface Primitive {

    /** An element-wise function; maps or rows. */
    record Activation(Function function) implements Primitive {
        /** Which function. */
        public enum Function {
            RELU,
            LEAKY_RELU,
            ELU,
            GELU,
            SILU,
            TANH,
            SIGMOID,
            /** ReLU up to 6. */
            RELU6,
            /** x · relu6(x + 3) / 6. */
            HARD_SWISH,
            /** relu6(x + 3) / 6. */
            HARD_SIGMOID;

            /**
             * Whether zeros stay zeros.
             *
             * @return false for the two sigmoids
             */
            public boolean keepsZero() {
                return this != SIGMOID && this != HARD_SIGMOID;
            }
        }
    }

    /**
     * A convolution.
     *
     * @param name of its weights
     * @param channels that come out; {@link #EACH} as many as flow in, one group a channel
     * @param height of the kernel
     * @param width of the kernel
     * @param strideHeight down
     * @param strideWidth across
     * @param dilation of the kernel
     * @param groups of channels that do not see each other; {@link #EACH} for a depthwise one
     * @param bias whether it adds one
     */
    record Convolution(
            String name,
            int channels,
            int height,
            int width,
            int strideHeight,
            int strideWidth,
            int dilation,
            int groups,
            boolean bias)
            implements Primitive {

        /** One for each channel that flows in. */
        public static final int EACH = 0;

        /**
         * Whether every channel is convolved by itself.
         *
         * @return true for those that {@link Primitive#depthwise} makes
         */
        public boolean isDepthwise() {
            return groups == EACH && channels == EACH;
        }

        /**
         * The same in groups of channels.
         *
         * @param newGroups must divide the channels that flow in and come out
         * @return a copy
         */
        public Convolution grouped(int newGroups) {
            return new Convolution(
                    name,
                    channels,
                    height,
                    width,
                    strideHeight,
                    strideWidth,
                    dilation,
                    newGroups,
                    bias);
        }

        /**
         * The same with a bias.
         *
         * @return a copy
         */
        public Convolution biased() {
            return new Convolution(
                    name,
                    channels,
                    height,
                    width,
                    strideHeight,
                    strideWidth,
                    dilation,
                    groups,
                    true);
        }
    }

    /**
     * Normalisation by statistics of the batch; maps or rows.
     *
     * @param name of its scale and offset
     * @param kind what compilers make of it
     */
    record BatchNorm(String name, Kind kind) implements Primitive {
        /** What a normalisation is for. */
        public enum Kind {
            /** Scale and offset are learnt everywhere. */
            LEARNT,
            /**
             * They are learnt in a network. In a supernet, whose operations compete, no learnt
             * scale may make one of them louder (DARTS, section 2.4 and appendix A.1).
             */
            CANDIDATE,
            /** There is none in a network; in a supernet, one without scale and offset. */
            COMPETING
        }
    }

    /**
     * Each sample normalised over all its channels and pixels; a learnt scale and offset a channel.
     *
     * @param name of its scale and offset
     */
    record LayerNorm(String name) implements Primitive {}

    /** The maximum or the mean over windows; padding does not count. */
    record Pool(boolean max, int kernel, int stride) implements Primitive {}

    /** The mean of each channel: a map becomes a row. Rows stay as they are. */
    record GlobalPool() implements Primitive {}

    /** A map becomes a row of all its numbers. Rows stay as they are. */
    record Flatten() implements Primitive {}

    /** A fully-connected layer with bias, of rows. */
    record Dense(String name, int units) implements Primitive {}

    /** Sets numbers to zero with a probability, in percent, while a network is trained. */
    record Dropout(int percent) implements Primitive {}

    /** Nothing: zeros of the size that the stride leaves. */
    record Zero(int stride) implements Primitive {}

    /** Zeros at the lower right where height or width is odd. */
    record EvenSides() implements Primitive {}

    /** Without the first row and the first column. */
    record Shift() implements Primitive {}

    /** The channels from one on and before another. */
    record Slice(int from, int to) implements Primitive {}

    /**
     * Channels dealt out to groups: those of one group lie apart afterwards.
     *
     * @param groups must divide the channels
     * @see <a href="https://arxiv.org/abs/1707.01083">Zhang et al., 2018</a>
     */
    record Shuffle(int groups) implements Primitive {}

    /**
     * Each channel times a number that layers make of the map.
     *
     * @param gate must end in a row of as many features as there are channels
     * @see <a href="https://arxiv.org/abs/1709.01507">Hu et al., 2018</a>
     */
    record Scale(List<Primitive> gate) implements Primitive {
        public Scale {
            gate = List.copyOf(gate);
        }
    }

    /**
     * Layers beside each other that read the same map.
     *
     * @param concatenated whether their channels lie one after the other; else they are added up
     * @param branches two or more; an empty one passes the map on
     */
    record Branches(boolean concatenated, List<List<Primitive>> branches) implements Primitive {
        public Branches {
            branches = branches.stream().map(List::copyOf).toList();
        }

        /** Of all last convolutions together. */
        int channels() {
            int sum = 0;
            for (List<Primitive> branch : branches) {
                if (branch.isEmpty()
                        || !(branch.get(branch.size() - 1) instanceof Convolution conv)) {
                    return 0;
                }
                sum += conv.channels();
            }
            return sum;
        }
    }

    /**
     * A layer of another library, which only a compiler of that library understands.
     *
     * @param maker makes the layer
     * @param channels that it must make
     * @param stride by which it must divide height and width
     */
    record Foreign(Object maker, int channels, int stride) implements Primitive {}

    /** max(0, x). */
    Activation RELU = new Activation(Activation.Function.RELU);

    /** ReLU up to 6. */
    Activation RELU6 = new Activation(Activation.Function.RELU6);

    /** 1 / (1 + exp(-x)). */
    Activation SIGMOID = new Activation(Activation.Function.SIGMOID);

    /** relu6(x + 3) / 6. */
    Activation HARD_SIGMOID = new Activation(Activation.Function.HARD_SIGMOID);

    /** The mean of each channel: a map becomes a row. */
    static GlobalPool globalPool() {
        return new GlobalPool();
    }

    /** A fully-connected layer of rows. */
    static Dense dense(String name, int units) {
        return new Dense(name, units);
    }

    /** A square convolution without bias. */
    static Convolution conv(String name, int channels, int kernel, int stride) {
        return new Convolution(name, channels, kernel, kernel, stride, stride, 1, 1, false);
    }

    /** Every channel convolved by itself, without bias. */
    static Convolution depthwise(String name, int kernel, int stride, int dilation) {
        int each = Convolution.EACH;
        return new Convolution(name, each, kernel, kernel, stride, stride, dilation, each, false);
    }

    /** Batch normalisation of a candidate operation: see {@link BatchNorm.Kind#CANDIDATE}. */
    static BatchNorm norm(String name) {
        return new BatchNorm(name, BatchNorm.Kind.CANDIDATE);
    }

    /** Batch normalisation with a learnt scale and offset wherever it stands. */
    static BatchNorm learntNorm(String name) {
        return new BatchNorm(name, BatchNorm.Kind.LEARNT);
    }

    /** The sum of what layers make and of what flows in. */
    static Branches residual(List<Primitive> layers) {
        return new Branches(false, List.of(layers, List.of()));
    }

    /** Each channel times what {@code gate} makes of the map. */
    static Scale scale(Primitive... gate) {
        return new Scale(List.of(gate));
    }
}
