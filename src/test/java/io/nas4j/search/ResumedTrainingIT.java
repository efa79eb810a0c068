package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.journal.JournalContent;
import io.nas4j.search.KilledTraining.Waiting;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Strategies of several fidelities, killed by SIGKILL and resumed, with trainings that are real:
 * all in one thread, so that the same computation gives the same bits.
 */
class ResumedTrainingIT {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"hyperband", "asha", "bohb"})
    void aKilledSearchGoesOnWithTheWeightsThatItHad(String strategy) throws Exception {
        List<Trial> whole = run(folder.resolve("whole"), strategy).history().trials();
        List<Integer> continued = continued(whole);
        assertThat(continued).hasSizeGreaterThan(2);
        int first = continued.get(0);
        int last = continued.get(continued.size() - 1);

        kill(folder.resolve("a"), strategy, first, "before");
        assertThat(JournalContent.read(folder.resolve("a")).entries()).hasSize(first);
        kill(folder.resolve("b"), strategy, last, "before");
        kill(folder.resolve("c"), strategy, 0, "half");
        assertThat(folder.resolve("c.trial.0")).doesNotExist();
        assertThat(folder.resolve("c.trial.0.tmp")).isNotEmptyFile();
        kill(folder.resolve("d"), strategy, first, "half");

        for (String name : List.of("a", "b", "c", "d")) {
            RunResult resumed = run(folder.resolve(name), strategy);
            assertThat(texts(resumed.history().trials())).as(name).isEqualTo(texts(whole));
            assertThat(resumed.warnings()).as(name).isEmpty();
        }
    }

    @Test
    void weightsThatWereDeletedAreTrainedAgainToTheSameScoreAndItIsTold() throws Exception {
        List<Trial> whole = run(folder.resolve("whole"), "hyperband").history().trials();
        int first = continued(whole).get(0);
        int from = whole.get(first).continues().getAsInt();
        Path journal = folder.resolve("harmed");
        kill(journal, "hyperband", first, "before");
        Files.delete(folder.resolve("harmed.trial." + from));

        RunResult resumed = run(journal, "hyperband");
        assertThat(texts(resumed.history().trials())).isEqualTo(texts(whole));
        assertThat(resumed.history().trials())
                .filteredOn(trial -> metrics(trial).containsKey(Metrics.RESTARTED))
                .extracting(Trial::number)
                .containsExactly(first);
        assertThat(resumed.warnings())
                .singleElement()
                .asString()
                .contains("trial " + first + " starts from scratch")
                .contains("harmed.trial." + from + " is missing");
    }

    /** Those that go on with an earlier one, but for repeats, and have more to come. */
    private static List<Integer> continued(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.continues().isPresent() && !trial.reused())
                .filter(trial -> !trials.get(trial.continues().getAsInt()).reused())
                .filter(trial -> trial.fidelity().epochs() < 9)
                .map(Trial::number)
                .toList();
    }

    private static void kill(Path journal, String strategy, int trial, String moment)
            throws IOException, InterruptedException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dslf4j.internal.verbosity=ERROR",
                                "-Dai.djl.pytorch.graph_optimizer=false",
                                "-DdisableProgressBar=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledTraining.class.getName(),
                                journal.toString(),
                                strategy,
                                Integer.toString(trial),
                                moment)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo(KilledTraining.WAITS);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static RunResult run(Path journal, String strategy) {
        return new SearchLoop(
                        KilledTraining.search(
                                journal, KilledTraining.strategy(strategy), Waiting.NEVER))
                .run();
    }

    private static List<String> texts(List<Trial> trials) {
        return trials.stream().map(ResumedTrainingIT::text).toList();
    }

    /** All but the time, and whether something had to be trained again. */
    private static String text(Trial trial) {
        Map<String, Double> metrics = metrics(trial);
        metrics.remove(Metrics.RESTARTED);
        return String.join(
                " ",
                Integer.toString(trial.number()),
                trial.architecture().toString(),
                trial.measure(),
                Long.toString(trial.seed()),
                trial.continues().isPresent() ? "continues " + trial.continues().getAsInt() : "new",
                trial.score().toString(),
                metrics.toString());
    }

    private static Map<String, Double> metrics(Trial trial) {
        return trial.outcome() instanceof Outcome.Completed completed
                ? new LinkedHashMap<>(completed.estimate().metrics())
                : new LinkedHashMap<>();
    }
}
