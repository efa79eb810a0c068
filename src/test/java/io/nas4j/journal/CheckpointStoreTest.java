package io.nas4j.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.trial.Checkpoints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

    @TempDir Path folder;

    private final List<String> warnings = new ArrayList<>();

    private List<CheckpointFolder> folders(long limit) {
        return List.of(
                new CheckpointMemory(limit), new CheckpointFiles(folder.resolve("j"), limit));
    }

    private CheckpointStore store(CheckpointFolder where) {
        return new CheckpointStore(where, warnings::add);
    }

    private static void save(CheckpointStore store, int trial, int bytes) {
        store.of(trial, true, OptionalInt.empty()).save(out -> out.write(new byte[bytes]));
    }

    private static Optional<byte[]> find(CheckpointStore store, int trial) throws IOException {
        Checkpoints later = store.of(99, true, OptionalInt.of(trial));
        Optional<InputStream> found = later.find();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = found.get()) {
            return Optional.of(in.readAllBytes());
        }
    }

    @Test
    void whatATrialSavesTheOneThatContinuesItFinds() throws IOException {
        byte[] content = new byte[200_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        for (CheckpointFolder where : folders(1 << 20)) {
            CheckpointStore store = store(where);
            store.of(3, true, OptionalInt.empty()).save(out -> out.write(content));
            assertThat(find(store, 3)).hasValueSatisfying(b -> assertThat(b).isEqualTo(content));
            assertThat(store.of(4, true, OptionalInt.empty()).find()).isEmpty();
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatNobodyMayContinueIsNotEvenWritten() {
        for (CheckpointFolder where : folders(1 << 20)) {
            CheckpointStore store = store(where);
            store.of(0, false, OptionalInt.empty())
                    .save(
                            out -> {
                                throw new AssertionError("asked in vain");
                            });
            assertThat(store.isEmpty()).isTrue();
        }
    }

    @Test
    void whatIsNoLongerWantedIsDeletedButForWhatWasNotHeardOf() throws IOException {
        for (CheckpointFolder where : folders(1 << 20)) {
            warnings.clear();
            CheckpointStore store = store(where);
            for (int trial = 0; trial < 5; trial++) {
                save(store, trial, 10);
            }
            store.keep(List.of(2, 0), 4);
            assertThat(find(store, 0)).isPresent();
            assertThat(find(store, 2)).isPresent();
            assertThat(find(store, 4)).as("ended, but not heard of").isPresent();
            assertThat(warnings).isEmpty();
            assertThat(find(store, 1)).isEmpty();
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith(
                            "trial 99 starts from scratch: the weights of trial 1, which it"
                                    + " continues, are gone (");
        }
    }

    @Test
    void theLeastWantedGoWhereItIsTooMuchAndItIsTold() throws IOException {
        for (CheckpointFolder where : folders(2 << 20)) {
            warnings.clear();
            CheckpointStore store = store(where);
            for (int trial = 0; trial < 4; trial++) {
                save(store, trial, (1 << 20) - 100);
            }
            store.keep(List.of(3, 0, 1, 2), 4);
            assertThat(warnings)
                    .singleElement()
                    .asString()
                    .startsWith("the weights of trial 2 and of others")
                    .contains("2 MiB");
            assertThat(find(store, 3)).isPresent();
            assertThat(find(store, 0)).isPresent();
            assertThat(find(store, 1)).isEmpty();
            assertThat(warnings.get(1)).contains("let go to stay within 2 MiB");
        }
    }

    @Test
    void aFileThatIsMissingOrDamagedIsToldAndNotGiven() throws IOException {
        Path journal = folder.resolve("j");
        for (int trial = 0; trial < 4; trial++) {
            save(store(new CheckpointFiles(journal, 1 << 20)), trial, 1000);
        }
        CheckpointStore store = store(new CheckpointFiles(journal, 1 << 20));
        store.open(java.util.Set.of(0, 1, 2, 3));
        Files.delete(folder.resolve("j.trial.0"));
        byte[] flipped = Files.readAllBytes(folder.resolve("j.trial.1"));
        flipped[500] ^= 1;
        Files.write(folder.resolve("j.trial.1"), flipped);
        Files.write(folder.resolve("j.trial.2"), new byte[7]);
        assertThat(find(store, 0)).isEmpty();
        assertThat(find(store, 1)).isEmpty();
        assertThat(find(store, 2)).isEmpty();
        assertThat(find(store, 3)).isPresent();
        assertThat(warnings)
                .hasSize(3)
                .allMatch(warning -> warning.startsWith("trial 99 starts from scratch"));
        assertThat(warnings.get(0)).endsWith("(IOException: j.trial.0 is missing)");
        assertThat(warnings.get(1)).endsWith("(IOException: j.trial.1 is damaged)");
        assertThat(warnings.get(2)).endsWith("(IOException: j.trial.2 is damaged)");
    }

    @Test
    void aFileIsThereAsAWholeOrNotAtAll() throws IOException {
        Path journal = folder.resolve("j");
        CheckpointStore store = store(new CheckpointFiles(journal, 1 << 20));
        save(store, 0, 1000);
        store.of(0, true, OptionalInt.empty())
                .save(
                        out -> {
                            out.write(new byte[100_000]);
                            throw new IOException("No space left on device");
                        });
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("trial 0 could not be kept (IOException: No space left on device)");
        assertThat(find(store, 0)).hasValueSatisfying(bytes -> assertThat(bytes).hasSize(1000));
        assertThat(names()).containsExactly("j.trial.0");
    }

    @Test
    void whatAKilledProcessLeftIsTakenOverOrCleanedUp() throws IOException {
        Path journal = folder.resolve("j");
        for (int trial = 0; trial < 4; trial++) {
            save(store(new CheckpointFiles(journal, 1 << 20)), trial, 10);
        }
        Files.write(folder.resolve("j.trial.4.tmp"), new byte[5]);
        Files.write(folder.resolve("j.trial.notes"), new byte[5]);
        CheckpointStore store = store(new CheckpointFiles(journal, 1 << 20));
        store.open(java.util.Set.of(0, 1));
        assertThat(names()).containsExactly("j.trial.0", "j.trial.1", "j.trial.notes");
        assertThat(find(store, 1)).isPresent();
        store.keep(List.of(), 2);
        assertThat(names()).containsExactly("j.trial.notes");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
