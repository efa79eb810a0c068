package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled examples with their split in one binary file, which is written once and mapped by those
 * who read it. Big-endian: a mark, name, kind, shape, classes, notes, labels, split, examples. Of
 * mapped images there is the path of their own file, and when that was last changed.
 */
final class DataFile {

    private static final int MARK = 0x6e617331; // "nas1"

    private static final int ROWS = 0;
    private static final int IMAGES = 1;
    private static final int MAPPED = 2;

    private DataFile() {}

    /**
     * Writes.
     *
     * @param data images or rows
     * @param file created or replaced
     * @throws IOException when it cannot be written
     */
    public static void write(Data data, Path file) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            out.writeInt(MARK);
            text(out, data.name());
            out.writeInt(data.isMapped() ? MAPPED : data.isImages() ? IMAGES : ROWS);
            out.writeInt(data.channels());
            out.writeInt(data.height());
            out.writeInt(data.width());
            texts(out, data.classes());
            texts(out, data.notes());
            integers(out, data.labels());
            integers(out, data.split().train());
            integers(out, data.split().validation());
            integers(out, data.split().test());
            if (data.isMapped()) {
                text(out, data.file().toString());
                out.writeLong(changed(data.file()));
            } else if (data.isImages()) {
                out.write(data.pixels());
            } else {
                for (float value : data.values()) {
                    out.writeFloat(value);
                }
            }
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void texts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static void integers(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    /**
     * Reads.
     *
     * @param file as {@link #write} left it
     * @return equal data, equally split
     * @throws IllegalArgumentException when it cannot be read, or is another kind of file
     */
    public static Data read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedByteBuffer in = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            require(
                    in.remaining() >= Integer.BYTES && in.getInt() == MARK,
                    "\"%s\" is not a data file of nas4j.",
                    file);
            return read(in);
        } catch (IOException | BufferUnderflowException e) {
            throw new IllegalArgumentException("data file " + file + " cannot be read: " + e, e);
        }
    }

    private static Data read(ByteBuffer in) throws IOException {
        String name = text(in);
        int kind = in.getInt();
        int channels = in.getInt();
        int height = in.getInt();
        int width = in.getInt();
        List<String> classes = texts(in);
        List<String> notes = texts(in);
        int[] labels = integers(in);
        Split split = new Split(integers(in), integers(in), integers(in));
        Data data;
        if (kind == MAPPED) {
            Path file = Path.of(text(in));
            long changed = in.getLong();
            data = Data.mapped(name, file, channels, height, width, labels, classes);
            require(
                    changed(file) == changed,
                    "the images of \"%s\" must stay as they are while a search runs, but %s was"
                            + " changed. Try starting the search again.",
                    name,
                    file);
        } else if (kind == IMAGES) {
            byte[] pixels = new byte[in.remaining()];
            in.get(pixels);
            data = Data.images(name, pixels, channels, height, width, labels, classes);
        } else {
            float[] values = new float[in.remaining() / Float.BYTES];
            in.asFloatBuffer().get(values);
            data = Data.rows(name, values, channels, labels, classes);
        }
        return data.split(split).noting(notes);
    }

    private static long changed(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[length(in, 1)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> texts(ByteBuffer in) {
        int count = length(in, Integer.BYTES);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(text(in));
        }
        return texts;
    }

    private static int[] integers(ByteBuffer in) {
        int[] values = new int[length(in, Integer.BYTES)];
        in.asIntBuffer().get(values);
        in.position(in.position() + values.length * Integer.BYTES);
        return values;
    }

    /** A count that what is left of the file can hold. */
    private static int length(ByteBuffer in, int bytes) {
        int length = in.getInt();
        require(
                length >= 0 && length <= in.remaining() / bytes,
                "a data file must hold %d more entries, but ends before.",
                length);
        return length;
    }
}
