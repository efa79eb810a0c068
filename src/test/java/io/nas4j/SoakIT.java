package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.search.MemoryFolder;
import java.io.IOException;
import java.nio.file.Path;
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

    /** What is loaded and cached once is there after the second search. */
    private static void assertNothingIsLeft(int searches, Searching search) throws IOException {
        int trials = search.run(0) + search.run(1);
        Soak.Sample before = Soak.sample();
        for (long seed = 2; seed < searches; seed++) {
            trials += search.run(seed);
        }
        Soak.Sample after = Soak.sample();
        assertThat(trials).isPositive();
        assertThat(after.threads()).isEqualTo(before.threads());
        assertThat(after.files()).isLessThanOrEqualTo(before.files());
        assertThat(after.heap()).isLessThan(before.heap() + before.heap() / 20 + (1 << 20));
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
}
