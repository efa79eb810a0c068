package io.nas4j.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches killed with SIGKILL at random moments; hundreds of them are in {@code KillsReport}. */
class KillsIT {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "evolution, serial, 4",
        "evolution, threads, 4",
        "random, threads, 4",
        "evolution, workers, 2"
    })
    void whateverEndedIsInTheHistoryOfTheResumedSearch(String family, String mode, int kills)
            throws Exception {
        Reaper.Result result = new Reaper(folder, family, mode).run(kills, 17);
        assertThat(result.kills()).isEqualTo(kills);
        assertThat(result.lost()).isEmpty();
        assertThat(result.orphans()).isZero();
        assertThat(result.left()).as("temporary folders").isZero();
        if (mode.equals("serial")) {
            assertThat(result.equal()).as("to a search that was never killed").isTrue();
        }
    }
}
