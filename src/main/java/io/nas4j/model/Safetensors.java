package io.nas4j.model;

import static io.nas4j.space.Require.require;

import io.nas4j.json.Json;
import io.nas4j.json.TensorEntry;
import io.nas4j.train.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Named arrays of 32-bit floats in a file that PyTorch, JAX and others read too: eight bytes of
 * length, a JSON header, the numbers, all little-endian. Nothing in such a file is ever run.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the format</a>
 */
public final class Safetensors {

    /** Of some 100,000 arrays; the format's own reader takes six times as much. */
    private static final long LONGEST_HEADER = 16L << 20;

    private static final long LARGEST = Integer.MAX_VALUE - 8;
    private static final String FLOAT = "F32";

    private Safetensors() {}

    /**
     * Writes.
     *
     * @param file overwritten where it exists
     * @param tensors of different names
     * @throws IOException when the file cannot be written
     */
    public static void write(Path file, List<Tensor> tensors) throws IOException {
        List<TensorEntry> entries = new ArrayList<>();
        long at = 0;
        for (Tensor tensor : tensors) {
            long end = at + 4L * tensor.values().length;
            entries.add(new TensorEntry(tensor.name(), FLOAT, tensor.shape(), at, end));
            at = end;
        }
        byte[] header = Json.tensorHeader(entries).getBytes(StandardCharsets.UTF_8);
        // the numbers begin at a multiple of eight
        int padded = (header.length + 7) / 8 * 8;
        ByteBuffer start = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(padded).put(header);
        while (start.hasRemaining()) {
            start.put((byte) ' ');
        }
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            whole(channel, start.flip());
            for (Tensor tensor : tensors) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(4 * tensor.values().length)
                                .order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(tensor.values());
                whole(channel, bytes);
            }
            channel.force(true);
        }
    }

    private static void whole(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads.
     *
     * @param file of 32-bit floats, at most 2 GiB an array
     * @return in the order of the file
     * @throws IOException when the file cannot be read
     * @throws IllegalArgumentException when it is torn or of another format, with the reason
     */
    public static List<Tensor> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            String name = String.valueOf(file.getFileName());
            require(channel.size() >= 8, "\"%s\" is no safetensors file: it is too short.", name);
            long length = bytes(channel, 0, 8).getLong();
            require(
                    length >= 2 && length <= Math.min(LONGEST_HEADER, channel.size() - 8),
                    "\"%s\" is no safetensors file, or torn: its header would have %d bytes of %d.",
                    name,
                    length,
                    channel.size());
            byte[] header = new byte[(int) length];
            bytes(channel, 8, header.length).get(header);
            List<TensorEntry> entries =
                    new ArrayList<>(Json.tensorHeader(new String(header, StandardCharsets.UTF_8)));
            entries.sort(Comparator.comparingLong(TensorEntry::from));
            long start = 8 + length;
            check(name, entries, channel.size() - start);
            List<Tensor> tensors = new ArrayList<>();
            for (TensorEntry entry : entries) {
                int size = (int) (entry.to() - entry.from());
                float[] values = new float[size / 4];
                bytes(channel, start + entry.from(), size).asFloatBuffer().get(values);
                tensors.add(new Tensor(entry.name(), entry.shape(), values));
            }
            return tensors;
        }
    }

    /** One after the other without gaps, to the end, each as long as its shape says. */
    private static void check(String file, List<TensorEntry> entries, long bytes) {
        long at = 0;
        for (TensorEntry entry : entries) {
            require(
                    entry.type().equals(FLOAT),
                    "\"%s\" must hold numbers of type %s, but tensor \"%s\" has %s.",
                    file,
                    FLOAT,
                    entry.name(),
                    entry.type());
            require(
                    entry.from() == at && entry.to() <= bytes,
                    "\"%s\" is torn: tensor \"%s\" lies at bytes %d to %d of %d, where %d was"
                            + " expected.",
                    file,
                    entry.name(),
                    entry.from(),
                    entry.to(),
                    bytes,
                    at);
            require(
                    entry.to() - entry.from() == size(entry.shape()),
                    "tensor \"%s\" in \"%s\" has %d bytes, which its shape %s does not.",
                    entry.name(),
                    file,
                    entry.to() - entry.from(),
                    entry.shape());
            at = entry.to();
        }
        require(
                at == bytes,
                "\"%s\" is torn: its tensors take %d bytes, but there are %d.",
                file,
                at,
                bytes);
    }

    /** In bytes; -1 where it is more than an array on the heap can be. */
    private static long size(List<Long> shape) {
        long bytes = 4;
        for (long size : shape) {
            if (size > 0 && bytes > LARGEST / size) {
                return -1;
            }
            bytes *= size;
        }
        return bytes;
    }

    private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new IOException("the file ended while it was read");
            }
        }
        return buffer.flip();
    }
}
