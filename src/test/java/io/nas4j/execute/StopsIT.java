package io.nas4j.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches interrupted at random moments; hundreds of them are in {@code StopsReport}. */
class StopsIT {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "evolution, serial, 8",
        "evolution, threads, 8",
        "random, threads, 8",
        "darts-seeds, workers, 4"
    })
    void everyStopIsHeardAndNothingThatEndedIsGone(String family, String mode, int stops)
            throws Exception {
        Interrupter.Result result =
                new Interrupter(folder, family, mode, () -> 0).run(stops, 17, 1_000_000_000);
        assertThat(result.wrong()).isEmpty();
        assertThat(result.stops()).isGreaterThanOrEqualTo(stops);
        if (mode.equals("serial")) {
            assertThat(result.equal()).as("to a search that was never stopped").isTrue();
        }
    }
}
