package io.nas4j.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.json.JournalJson;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    private static final SearchSpace SPACE = Spaces.nasBench201();
    private static final JournalJson.Header HEADER =
            new JournalJson.Header(SPACE, "score", java.util.Map.of());
    private static final SearchStrategy.Session NOTHING = (history, random) -> Optional.empty();

    @TempDir private Path folder;

    /** Takes so many bytes and no more, the last ones of a line that is cut by it. */
    private static final class Small extends RandomAccessFile {
        private final long size;

        Small(File file, long size) throws IOException {
            super(file, "rw");
            this.size = size;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            int fits = (int) Math.min(bytes.length, size - getFilePointer());
            super.write(bytes, 0, Math.max(0, fits));
            if (fits < bytes.length) {
                throw new IOException("No space left on device");
            }
        }
    }

    private static Entry entry(int number) {
        return new Entry(
                new Trial(
                        number,
                        SPACE.sample(new SplittableRandom(number)),
                        "score",
                        Fidelity.epochs(1),
                        number,
                        OptionalInt.empty(),
                        new Outcome.Completed(Estimate.of(number / 8.0))),
                number,
                false,
                Duration.ofSeconds(number));
    }

    private Journal open(Path path, long size) {
        return FileJournal.of(path, HEADER, warning -> {}, file -> new Small(file, size));
    }

    @Test
    void aLineThatDoesNotFitIsNotThereAtAllAndTheJournalGoesOnOnALargerDisk() throws IOException {
        Path path = folder.resolve("journal");
        long header = JournalJson.write(HEADER).length() + 1;
        long line = JournalJson.write(entry(0)).length() + 1;
        for (long more = 0; more < 2 * line; more += 13) {
            Files.deleteIfExists(path);
            List<Entry> written = new ArrayList<>();
            try (Journal journal = open(path, header + more)) {
                assertThat(journal.replay(NOTHING)).isEmpty();
                assertThatThrownBy(
                                () -> {
                                    for (int i = 0; i < 3; i++) {
                                        journal.append(entry(i));
                                        written.add(entry(i));
                                    }
                                })
                        .isInstanceOf(IOException.class)
                        .hasMessage("No space left on device");
            }
            JournalContent content = JournalContent.read(path);
            assertThat(content.torn()).isZero();
            assertThat(content.entries()).isEqualTo(written);
            try (Journal journal = open(path, Long.MAX_VALUE)) {
                assertThat(journal.replay(NOTHING)).hasSameSizeAs(written);
                journal.append(entry(written.size()));
            }
            assertThat(JournalContent.read(path).entries()).hasSize(written.size() + 1);
        }
    }

    @Test
    void aJournalThatCannotEvenBeginIsAnErrorWithTheCause() {
        Path path = folder.resolve("journal");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(path, 100))
                .withMessageStartingWith(
                        "journal " + path + " must be a file that can be written: ")
                .withMessageEndingWith("No space left on device. Try another file.");
        open(path, Long.MAX_VALUE).close();
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnErrorWithTheCause() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path path : List.of(file.resolve("journal"), file.resolve("deeper/journal"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(path, Long.MAX_VALUE))
                    .withMessageStartingWith("journal " + path)
                    .withMessageContaining("must be a file that can be written: ")
                    .withMessageContaining("Try another file.");
        }
    }
}
