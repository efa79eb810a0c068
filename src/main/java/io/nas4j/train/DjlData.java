package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.dataset.Batch;
import ai.djl.training.dataset.BatchSampler;
import ai.djl.training.dataset.RandomAccessDataset;
import ai.djl.training.dataset.SequenceSampler;
import ai.djl.translate.TranslateException;
import io.nas4j.data.Data;
import io.nas4j.data.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Any of DJL's random-access datasets as plain arrays. */
public final class DjlData {

    private static final int BATCH = 256;

    private DjlData() {}

    /**
     * Reads a dataset through, once, with its transforms.
     *
     * @param name what the data are called
     * @param dataset one array of images {@code [channels, height, width]} in [0, 1], of bytes
     *     {@code [height, width, channels]}, or a row of numbers an example; one label an example
     * @param classes names, by label; empty to name them by number, or, where labels are not whole,
     *     to predict them as numbers
     * @return split 70 / 15 / 15, by a fixed shuffle, class by class
     * @throws IllegalArgumentException when images are normalised or examples are no images or rows
     */
    public static Data of(String name, RandomAccessDataset dataset, List<String> classes) {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            dataset.prepare();
            int size = Math.toIntExact(dataset.size());
            Examples examples = new Examples(size);
            BatchSampler inOrder = new BatchSampler(new SequenceSampler(), BATCH, false);
            for (Batch batch : dataset.getData(manager, inOrder)) {
                try (batch) {
                    examples.add(batch.getData().head(), batch.getLabels().head());
                }
            }
            return examples.data(name, classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TranslateException e) {
            throw new IllegalArgumentException(
                    "dataset \"" + name + "\" must be readable, but " + e.getMessage(), e);
        }
    }

    private static final class Examples {
        private final float[] labels;
        private int[] shape;
        private boolean bytes;
        private byte[] pixels;
        private float[] values;
        private int filled;

        Examples(int size) {
            require(size > 0, "a dataset must have an example, but is empty.");
            labels = new float[size];
        }

        void add(NDArray inputs, NDArray targets) {
            int count = Math.toIntExact(inputs.getShape().get(0));
            NDArray examples = inputs;
            if (shape == null) {
                bytes = inputs.getDataType() == DataType.UINT8;
            }
            if (bytes && inputs.getShape().dimension() == 4) {
                examples = inputs.transpose(0, 3, 1, 2);
            }
            int[] found =
                    Arrays.stream(examples.getShape().slice(1).getShape())
                            .mapToInt(Math::toIntExact)
                            .toArray();
            if (shape == null) {
                start(found);
            }
            require(
                    Arrays.equals(shape, found),
                    "examples must be of one shape, but there are %s and %s. Try a Resize"
                            + " transform.",
                    Arrays.toString(shape),
                    Arrays.toString(found));
            int length = count * IntStream.of(shape).reduce(1, Math::multiplyExact);
            int at = filled * (length / count);
            if (bytes) {
                int[] unsigned = examples.toUint8Array();
                for (int i = 0; i < length; i++) {
                    pixels[at + i] = (byte) unsigned[i];
                }
            } else {
                float[] numbers = examples.toType(DataType.FLOAT32, false).toFloatArray();
                System.arraycopy(numbers, 0, values, at, length);
            }
            require(
                    targets.size() == count,
                    "an example must have one label, but %d examples have %d.",
                    count,
                    targets.size());
            float[] numbers = targets.toType(DataType.FLOAT32, false).toFloatArray();
            System.arraycopy(numbers, 0, labels, filled, count);
            filled += count;
        }

        private void start(int[] found) {
            require(
                    found.length == 3 || (found.length == 1 && !bytes),
                    "examples must be images [channels, height, width] or rows [features], but"
                            + " have shape %s. Try a ToTensor transform.",
                    Arrays.toString(found));
            shape = found;
            int total =
                    Math.multiplyExact(
                            labels.length, IntStream.of(found).reduce(1, Math::multiplyExact));
            if (bytes) {
                pixels = new byte[total];
            } else {
                values = new float[total];
            }
        }

        Data data(String name, List<String> given) {
            Target target = target(given);
            if (shape.length == 1) {
                return Data.rows(name, values, shape[0], target);
            }
            byte[] images = bytes ? pixels : Data.bytes(values, shape[0] * shape[1] * shape[2]);
            return Data.images(name, images, shape[0], shape[1], shape[2], target);
        }

        private Target target(List<String> given) {
            boolean whole = true;
            int last = 0;
            for (float label : labels) {
                whole &= label == Math.rint(label);
                last = Math.max(last, (int) label);
            }
            if (!whole) {
                require(
                        given.isEmpty(),
                        "the labels of classes must be whole numbers, but of %s one is not. Try no"
                                + " classes, to predict them as numbers.",
                        given);
                return new Target.Numbers(List.of("label"), labels);
            }
            int[] counted = new int[labels.length];
            for (int i = 0; i < counted.length; i++) {
                counted[i] = (int) labels[i];
            }
            List<String> numbered =
                    IntStream.rangeClosed(0, last).mapToObj(String::valueOf).toList();
            return new Target.Classes(given.isEmpty() ? numbered : given, counted);
        }
    }
}
