package io.nas4j.train;

import static io.nas4j.space.Require.require;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The checkpoint of one training of a retraining: a file, whose draft takes its place when whole.
 */
final class RetrainFile {

    private static final int MAGIC = 0x6e347231;

    private final Path folder;
    private final Path file;
    private final Path draft;
    private final Map<String, String> identity;

    /**
     * A place for a checkpoint.
     *
     * @param number of the training, from 1
     * @param identity what is the same in a training that may go on from it
     */
    RetrainFile(Path folder, int number, Map<String, String> identity) {
        this.folder = folder;
        this.file = folder.resolve("seed-" + number + ".training");
        this.draft = folder.resolve("seed-" + number + ".training.nas4j-part");
        this.identity = identity;
    }

    /** Refuses what is of another training, before this one takes hours. */
    void check() {
        require(
                !Files.exists(folder) || Files.isDirectory(folder),
                "checkpoints need a folder, but \"%s\" is a file. Try another path.",
                folder);
        read();
    }

    /** What was left there; empty where nothing was. */
    Optional<TrainingState> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        CRC32 sum = new CRC32();
        try (DataInputStream in =
                new DataInputStream(
                        new CheckedInputStream(
                                new BufferedInputStream(Files.newInputStream(file), 1 << 16),
                                sum))) {
            require(
                    in.readInt() == MAGIC,
                    "\"%s\" is no checkpoint of a retraining. Try another folder.",
                    file);
            requireSame(identity(in));
            TrainingState state = TrainingState.read(in);
            long counted = sum.getValue();
            require(in.readLong() == counted, damaged());
            return Optional.of(state);
        } catch (IOException | NegativeArraySizeException e) {
            throw new IllegalArgumentException(damaged(), e);
        }
    }

    private String damaged() {
        return "checkpoint \"" + file + "\" is damaged. Try to delete it, or another folder.";
    }

    private static Map<String, String> identity(DataInputStream in) throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            parts.put(in.readUTF(), in.readUTF());
        }
        return parts;
    }

    private void requireSame(Map<String, String> there) {
        identity.forEach(
                (part, here) ->
                        require(
                                here.equals(there.get(part)),
                                "checkpoint \"%s\" is of another training: its %s is \"%s\", but"
                                        + " here it is \"%s\". Try another folder.",
                                file,
                                part,
                                there.getOrDefault(part, "unknown"),
                                here));
    }

    /**
     * Replaces what is there when the new one is whole and on the disk.
     *
     * @throws IOException with what is there left as it was
     */
    void write(TrainingState state) throws IOException {
        Files.createDirectories(folder);
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            draft,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                write(state, Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void write(TrainingState state, OutputStream to) throws IOException {
        CheckedOutputStream counted =
                new CheckedOutputStream(new BufferedOutputStream(to, 1 << 16), new CRC32());
        DataOutputStream out = new DataOutputStream(counted);
        out.writeInt(MAGIC);
        out.writeInt(identity.size());
        for (Map.Entry<String, String> part : identity.entrySet()) {
            out.writeUTF(part.getKey());
            out.writeUTF(part.getValue());
        }
        state.write(out);
        out.writeLong(counted.getChecksum().getValue());
        out.flush();
    }
}
