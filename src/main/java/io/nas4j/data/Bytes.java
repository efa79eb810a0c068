package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes of a file, unpacked when it is gzip, whatever its name. */
record Bytes(String name, byte[] content) {

    /** A file that unpacks to more than a third of the heap is taken for an attack or a mistake. */
    private static final long MOST =
            Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 3);

    static Bytes of(Path file) {
        require(
                Files.isRegularFile(file),
                "\"%s\" must be a file, but there is none. Try its full path.",
                file);
        try (InputStream in = Files.newInputStream(file)) {
            return of(file.getFileName().toString(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Bytes of(String name, InputStream raw) throws IOException {
        return of(name, raw, MOST);
    }

    static Bytes of(String name, InputStream raw, long most) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw);
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        if (!zipped) {
            return new Bytes(name, read(name, in, most));
        }
        try (GZIPInputStream unpacked = new GZIPInputStream(in, 1 << 16)) {
            return new Bytes(name, read(name, unpacked, most));
        } catch (EOFException | ZipException e) {
            throw new IllegalArgumentException(
                    "\""
                            + name
                            + "\" must be a whole gzip file, but it is torn ("
                            + e.getMessage()
                            + "). Try downloading it again.",
                    e);
        }
    }

    private static byte[] read(String name, InputStream in, long most) throws IOException {
        byte[] content = in.readNBytes((int) most);
        require(
                content.length < most || in.read() < 0,
                "\"%s\" must have at most %d bytes, a third of this JVM's heap, but has more. Try a"
                        + " larger heap (-Xmx), or Data.mapped(..).",
                name,
                most);
        return content;
    }
}
