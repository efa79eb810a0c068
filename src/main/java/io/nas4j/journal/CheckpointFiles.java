package io.nas4j.journal;

import io.nas4j.trial.Checkpoints.Content;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Beside the journal, {@code <journal>.trial.<n>}: the content and then its CRC-32, so that a
 * damaged file is not trained on.
 */
final class CheckpointFiles implements CheckpointFolder {

    private final long limit;
    private final NumberedFiles files;

    CheckpointFiles(Path journal, long limit) {
        this.limit = limit;
        this.files = new NumberedFiles(journal, "trial");
    }

    @Override
    public long write(int trial, Content content) throws IOException {
        files.write(
                trial,
                out -> {
                    CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32());
                    content.write(checked);
                    new DataOutputStream(out).writeLong(checked.getChecksum().getValue());
                });
        return Files.size(files.file(trial));
    }

    @Override
    public InputStream read(int trial) throws IOException {
        Path file = files.file(trial);
        String name = file.getFileName().toString();
        if (!Files.isRegularFile(file)) {
            throw new IOException(name + " is missing");
        }
        long length = Files.size(file) - Long.BYTES;
        try (Part part = new Part(file, length)) {
            CRC32 sum = new CRC32();
            byte[] buffer = new byte[1 << 16];
            for (int n = part.read(buffer); n > 0; n = part.read(buffer)) {
                sum.update(buffer, 0, n);
            }
            if (length < 0 || part.rest().readLong() != sum.getValue()) {
                throw new IOException(name + " is damaged");
            }
        }
        return new Part(file, length);
    }

    @Override
    public void delete(int trial) throws IOException {
        files.delete(trial);
    }

    @Override
    public Map<Integer, Long> found() throws IOException {
        files.deleteDrafts();
        Map<Integer, Long> found = new LinkedHashMap<>();
        for (int number : files.numbers()) {
            found.put(number, Files.size(files.file(number)));
        }
        return found;
    }

    @Override
    public long limit() {
        return limit;
    }

    /** The first bytes of a file. */
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(Path file, long length) throws IOException {
            in = new BufferedInputStream(new FileInputStream(file.toFile()), 1 << 16);
            left = length;
        }

        /** What comes behind, once the part has been read. */
        DataInputStream rest() {
            return new DataInputStream(in);
        }

        @Override
        public int read() throws IOException {
            if (left <= 0) {
                return -1;
            }
            left--;
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int n = in.read(bytes, from, (int) Math.min(length, left));
            left -= Math.max(0, n);
            return n;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
