package io.nas4j.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFolderTest {

    @TempDir private Path parent;

    private Path left(String name) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Files.createFile(folder.resolve("lock"));
        Files.writeString(folder.resolve("worker-0-1.bin"), "weights");
        return folder;
    }

    @Test
    void whatASearchThatWasKilledLeftGoesWhenTheNextOneBegins() throws IOException {
        Path abandoned = left("nas4j-workers-0-1");
        Path another = left("nas4j-workers-0-2");
        try (FileChannel held =
                        FileChannel.open(another.resolve("lock"), StandardOpenOption.WRITE);
                var lock = held.lock();
                SharedFolder folder = SharedFolder.create(parent)) {
            assertThat(lock.isValid()).isTrue();
            assertThat(abandoned).doesNotExist();
            assertThat(another).as("of a search that runs").exists();
            assertThat(folder.path()).isDirectory();
        }
    }

    /** Killed before its lock was made, or while it was deleted. */
    @Test
    void anEmptyFolderOfASearchThatWasKilledGoesToo() throws IOException {
        Path empty = Files.createDirectory(parent.resolve("nas4j-workers-0-3"));
        try (SharedFolder folder = SharedFolder.create(parent)) {
            assertThat(empty).doesNotExist();
            assertThat(folder.path()).isDirectory();
        }
    }

    @Test
    void twoSearchesOfAProcessLeaveEachOtherAlone() throws IOException {
        SharedFolder one = SharedFolder.create(parent);
        try (SharedFolder two = SharedFolder.create(parent)) {
            assertThat(one.path()).isDirectory().isNotEqualTo(two.path());
            Files.writeString(two.path().resolve("data.bin"), "data");
            one.close();
            assertThat(two.path()).isDirectoryContaining("glob:**data.bin");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatIsNotASearchsFolderStays() throws IOException {
        Path other = Files.createDirectory(parent.resolve("nas4j-workers-notes"));
        Files.createFile(parent.resolve("nas4j-workers-9-file"));
        SharedFolder.create(parent).close();
        assertThat(other).exists();
        assertThat(parent.resolve("nas4j-workers-9-file")).exists();
    }
}
