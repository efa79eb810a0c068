package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.nas4j.data.Answer;
import io.nas4j.data.Data;
import io.nas4j.data.Target;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A whole data set on the device: images as unsigned bytes, rows as floats. Batches are taken by an
 * index array and normalised there.
 *
 * <p>Images that are mapped from a file, or that would take more than half of the device's free
 * memory, stay on the host; each batch is copied when it is taken.
 *
 * <p>Batches live as long as the current {@code NDScope}.
 */
public final class DeviceData implements AutoCloseable {

    /** Bytes that every device has room for. */
    private static final long NEVER_STREAMED = 64L << 20;

    private final Data source;
    private final NDManager manager;
    private final int channels;
    private final int height;
    private final int width;
    private final boolean images;
    private final ChannelsLast layout;

    /** Images {@code [n, height * width * channels]}, channels last; rows {@code [n, features]}. */
    private final NDArray examples;

    private final boolean streamed;

    private final NDArray labels;
    private final NDArray scale;
    private final NDArray offset;

    /**
     * One batch.
     *
     * @param inputs float32 {@code [batch, channels, height, width]} with channels-last strides;
     *     rows are {@code [batch, features, 1, 1]}
     * @param labels int64 {@code [batch]} where classes are predicted; float32 {@code [batch,
     *     outputs]} where numbers are (with mean 0 and deviation 1 in training) or several labels
     *     (1 where an example has it, else 0)
     */
    public record Batch(NDArray inputs, NDArray labels) {}

    /**
     * Copies data to a device, to be normalised by their own training split.
     *
     * @param data images or rows
     * @param resolution height and width to average the images down to; 0 keeps them
     * @param parent its device is used; closing it closes this
     * @throws IllegalArgumentException when the resolution does not suit the data
     */
    public DeviceData(Data data, int resolution, NDManager parent) {
        this(data, resolution, Normalisation.of(data), parent);
    }

    /**
     * Copies data to a device.
     *
     * @param data images or rows
     * @param resolution height and width to average the images down to; 0 keeps them
     * @param normalisation one scale and one offset a channel
     * @param parent its device is used; closing it closes this
     * @throws IllegalArgumentException when the resolution does not suit the data
     */
    public DeviceData(Data data, int resolution, Normalisation normalisation, NDManager parent) {
        this(data, resolution, normalisation, parent, isStreamed(data, resolution, parent));
    }

    DeviceData(
            Data data,
            int resolution,
            Normalisation normalisation,
            NDManager parent,
            boolean streamed) {
        requireResolution(data, resolution);
        this.streamed = streamed;
        source = data;
        images = data.isImages();
        channels = data.channels();
        height = resolution == 0 ? data.height() : resolution;
        width = resolution == 0 ? data.width() : resolution;
        layout = new ChannelsLast(channels, data.height(), data.width(), height, width);
        manager = parent.newSubManager();
        int n = data.size();
        // what is created here outlives whatever scope is open
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            labels = keep(targets(data));
            if (streamed) {
                examples = null;
            } else if (images) {
                examples = keep(uint8(layout.of(data.pixels()), n));
            } else {
                FloatBuffer floats = FloatBuffer.wrap(data.values());
                examples = keep(manager.create(floats, new Shape(n, channels)));
            }
            scale = keep(manager.create(normalisation.scale()));
            offset = keep(manager.create(normalisation.offset()));
        }
    }

    /**
     * Whether images stay on the host until they are needed: where they are mapped from a file, and
     * where they would take more than half of the device's free memory.
     */
    private static boolean isStreamed(Data data, int resolution, NDManager parent) {
        if (!data.isImages() || data.isMapped()) {
            return data.isMapped();
        }
        long side = resolution == 0 ? (long) data.height() * data.width() : resolution * resolution;
        long bytes = side * data.channels() * data.size();
        if (bytes < NEVER_STREAMED) {
            return false;
        }
        Memory memory = new Memory(parent.getDevice());
        return bytes > (memory.limit() - memory.used().orElse(0)) / 2;
    }

    private NDArray uint8(byte[] channelsLast, int n) {
        Shape shape = new Shape(n, (long) height * width * channels);
        return manager.create(ByteBuffer.wrap(channelsLast), shape, DataType.UINT8);
    }

    /**
     * Where a batch's examples lie.
     *
     * @param rows {@code [n, height * width * channels]}, or {@code [n, features]}
     * @param at their rows, in the batch's order
     */
    private record Held(NDArray rows, NDArray at) {
        NDArray examples() {
            return rows.get(new NDIndex("{}", at));
        }
    }

    private Held held(int[] indices, NDArray at) {
        if (!streamed) {
            return new Held(examples, at);
        }
        int size = height * width * channels;
        byte[] batch = new byte[indices.length * size];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(layout.of(source.pixels(indices[i])), 0, batch, i * size, size);
        }
        return new Held(
                uint8(batch, indices.length), manager.arange(0, indices.length, 1, DataType.INT64));
    }

    private NDArray targets(Data data) {
        Shape shape = new Shape(data.size(), data.outputs());
        if (data.target() instanceof Target.Numbers numbers) {
            return manager.create(Answer.of(data).outputs(numbers.values()), shape);
        }
        if (data.target() instanceof Target.Labels several) {
            float[] marks = new float[several.marks().length];
            for (int i = 0; i < marks.length; i++) {
                marks[i] = several.marks()[i];
            }
            return manager.create(marks, shape);
        }
        return manager.create(Arrays.stream(data.labels()).asLongStream().toArray());
    }

    /** What was copied. */
    Data source() {
        return source;
    }

    static void requireResolution(Data data, int resolution) {
        if (resolution == 0) {
            return;
        }
        require(
                data.isImages(),
                "resolution (%d) needs images, but data \"%s\" are rows. Try without it.",
                resolution,
                data.name());
        require(
                resolution <= Math.min(data.height(), data.width()),
                "resolution (%d) must be at most that of the data, %d×%d. Try %d.",
                resolution,
                data.height(),
                data.width(),
                Math.max(1, Math.min(data.height(), data.width()) / 2));
    }

    /**
     * Channels of the images.
     *
     * @return at least 1
     */
    public int channels() {
        return channels;
    }

    /**
     * Height after resizing.
     *
     * @return in pixels
     */
    public int height() {
        return height;
    }

    /**
     * Width after resizing.
     *
     * @return in pixels
     */
    public int width() {
        return width;
    }

    /**
     * Takes a batch as it is.
     *
     * @param indices into the data, any order
     * @return normalised
     */
    public Batch batch(int... indices) {
        NDArray at = index(indices);
        NDArray taken = held(indices, at).examples();
        return new Batch(
                channelsFirst(normalised(taken.reshape(indices.length, height, width, channels))),
                labels.get(new NDIndex("{}", at)));
    }

    /**
     * Takes a batch for training.
     *
     * @param indices into the data, any order
     * @param augmentation what to change at random; rows can be mixed only
     * @param random the changes depend on it alone, not on the device
     * @return normalised
     */
    public Batch batch(int[] indices, Augmentation augmentation, RandomGenerator random) {
        Batch taken =
                !images || augmentation.mixup(0).isNone()
                        ? batch(indices)
                        : changed(indices, augmentation, random);
        return augmentation.mixup() == 0
                ? taken
                : mixed(taken, augmentation.mix(indices.length, random));
    }

    /** Also what is to be predicted: of classes the shares. */
    private Batch mixed(Batch batch, Augmentation.Mix mix) {
        NDArray partners = index(mix.partners());
        NDArray targets =
                source.target().kind() == Target.Kind.CLASSES
                        ? batch.labels().oneHot(source.outputs(), DataType.FLOAT32)
                        : batch.labels();
        return new Batch(
                mixed(batch.inputs(), partners, mix.share()),
                mixed(targets, partners, mix.share()));
    }

    private static NDArray mixed(NDArray own, NDArray partners, double share) {
        return own.mul(share).addi(own.get(new NDIndex("{}", partners)).muli(1 - share));
    }

    private Batch changed(int[] indices, Augmentation augmentation, RandomGenerator random) {
        augmentation.requireSuits(channels);
        int n = indices.length;
        Augmentation.Draw draw = augmentation.draw(n, height, width, random);
        NDArray at = index(indices);
        Held held = held(indices, at);
        ImageChanges changes =
                new ImageChanges(manager, augmentation, draw, n, height, width, channels);
        NDArray taken = changes.taken(held.rows(), held.at());
        return new Batch(
                channelsFirst(changes.hidden(normalised(taken))),
                labels.get(new NDIndex("{}", at)));
    }

    private NDArray index(int[] indices) {
        return manager.create(Arrays.stream(indices).asLongStream().toArray());
    }

    /** {@code [batch, height, width, channels]} in, the same shape out. */
    private NDArray normalised(NDArray taken) {
        return taken.toType(DataType.FLOAT32, true).muli(scale).addi(offset);
    }

    /** The strides stay those of channels last: libtorch keeps them from there on. */
    private static NDArray channelsFirst(NDArray inputs) {
        return inputs.transpose(0, 3, 1, 2);
    }

    private static NDArray keep(NDArray array) {
        NDScope.unregister(array);
        return array;
    }

    @Override
    public void close() {
        manager.close();
    }
}
