package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.search.MemoryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Searches leave nothing behind; thousands of trials are in {@code SoakReport}. */
@Timeout(120)
class SoakIT {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @FunctionalInterface
    private interface Searching {
        int run(long seed) throws IOException;
    }

    /**
     * What each search leaves adds up to one a search. Fewer are the process's own: a jar that is
     * opened at its first use, a file that another thread reads just now, a pool that grows.
     */
    private static void assertNothingIsLeft(int searches, Searching search) throws IOException {
        int trials = search.run(0) + search.run(1);
        Soak.Sample before = Soak.sample();
        for (long seed = 2; seed < searches; seed++) {
            trials += search.run(seed);
        }
        Soak.Sample after = Soak.sample();
        assertThat(trials).isPositive();
        assertThat(added(before.threads(), after.threads())).hasSizeLessThan(searches - 2);
        assertThat(added(before.files(), after.files())).hasSizeLessThan(searches - 2);
        assertThat(after.heap()).isLessThan(before.heap() + before.heap() / 20 + (1 << 20));
    }

    /** As often as it is there more often. */
    private static List<String> added(List<String> before, List<String> after) {
        List<String> added = new ArrayList<>(after);
        before.forEach(added::remove);
        return added;
    }

    @Test
    void lookupsLeaveNoThreadNoFileAndNoMemory() throws IOException {
        Soak soak = new Soak(folder);
        assertNothingIsLeft(8, seed -> soak.lookups(200, seed % 2 == 0 ? 1 : 3, seed));
    }

    @Test
    void trainingsLeaveNoThreadNoFileAndNoMemory() throws IOException {
        Soak soak = new Soak(folder);
        assertNothingIsLeft(6, seed -> soak.trainings(4, seed));
    }

    @Test
    void aFileThatEachSearchLeavesOpenIsFound() throws IOException {
        List<InputStream> left = new ArrayList<>();
        Path file = Files.createTempFile("left", "open");
        try {
            assertThatThrownBy(
                            () ->
                                    assertNothingIsLeft(
                                            6,
                                            seed -> {
                                                left.add(Files.newInputStream(file));
                                                return 1;
                                            }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(file.getFileName().toString());
        } finally {
            for (InputStream open : left) {
                open.close();
            }
            Files.delete(file);
        }
    }

    @Test
    void aThreadThatEachSearchLeavesIsFound() {
        CountDownLatch over = new CountDownLatch(1);
        try {
            assertThatThrownBy(
                            () ->
                                    assertNothingIsLeft(
                                            6,
                                            seed -> {
                                                new Thread(() -> awaited(over), "left").start();
                                                return 1;
                                            }))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("left");
        } finally {
            over.countDown();
        }
    }

    private static void awaited(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
