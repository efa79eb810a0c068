package io.nas4j;

import static io.nas4j.Nas.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.journal.JournalContent;
import io.nas4j.json.JournalJson;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Place;
import io.nas4j.trial.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReproductionTest {

    @Test
    void aLookUpIsEqual() {
        SearchResult result =
                Nas.space(Spaces.smallBench())
                        .strategy(RANDOM)
                        .estimator(tabular(SMALL_BENCH).oneSeed())
                        .budget(trials(20))
                        .quiet()
                        .run();
        Reproduction again = result.reproduce();
        assertThat(again.verdict()).isEqualTo(Reproduction.Verdict.EQUAL);
        assertThat(again)
                .hasToString(
                        String.format(
                                java.util.Locale.ROOT,
                                "trial %d again: %.4f and %.4f, equal",
                                result.best().number(),
                                result.best().score().orElseThrow(),
                                result.best().score().orElseThrow()));
    }

    @Test
    void whatComputesSomethingElseIsDifferentAndWhatThrowsHasFailed() {
        AtomicInteger calls = new AtomicInteger();
        SearchResult result =
                Nas.space(Spaces.smallBench())
                        .estimator(
                                "drifting",
                                candidate -> {
                                    if (calls.get() > 6) {
                                        throw new IOException("gone");
                                    }
                                    return calls.incrementAndGet();
                                })
                        .budget(trials(5))
                        .quiet()
                        .run();
        String trial = "trial " + result.best().number() + " again: 5.0000 and ";
        assertThat(result.reproduce()).hasToString(trial + "6.0000, different");
        calls.set(7);
        assertThat(result.reproduce()).hasToString(trial + "IOException: gone, failed");
    }

    /** Scores like a child that begins with its parent's weights. */
    private record Heirs() implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return (candidate, context) -> Estimate.of(candidate.trial());
        }

        @Override
        public boolean inherits() {
            return true;
        }

        @Override
        public String measure() {
            return "heirs";
        }
    }

    @Test
    void aTrialOnTheShouldersOfAnotherIsRefused() {
        SearchResult result =
                Nas.space(Spaces.smallBench())
                        .estimator(new Heirs())
                        .budget(trials(2))
                        .quiet()
                        .run();
        assertThatIllegalArgumentException()
                .isThrownBy(result::reproduce)
                .withMessageStartingWith("a trial of heirs cannot be run again alone")
                .withMessageContaining("Try the whole search again");
    }

    @Test
    void aJournalKnowsWhatItsScoresStandOn(@TempDir Path folder) throws IOException {
        Path journal = folder.resolve("search.jsonl");
        SearchResult result =
                Nas.space(Spaces.smallBench())
                        .estimator(tabular(SMALL_BENCH))
                        .strategy(RANDOM)
                        .budget(trials(12))
                        .parallel(2)
                        .journal(journal)
                        .quiet()
                        .run();
        JournalContent content = JournalContent.read(journal);
        assertThat(content.header().provenance())
                .containsKeys("nas4j", "java", "djl", "libtorch", "system", "cpu")
                .doesNotContainValue("unknown");
        assertThat(result.provenance()).containsAllEntriesOf(content.header().provenance());
        assertThat(content.header().settings()).containsKeys("seed", "data content", "data split");
        assertThat(result.places()).hasSize(12);
        for (JournalJson.Entry entry : content.entries()) {
            assertThat(entry.place())
                    .isEqualTo(Optional.of(result.places().get(entry.trial().number())))
                    .map(Place::worker)
                    .hasValueSatisfying(name -> assertThat(name).matches("thread [01]"));
        }
        for (String line : Files.readAllLines(journal).subList(1, 13)) {
            assertThat(line).hasSizeLessThan(1500);
        }
    }

    /** A journal that was begun with another version goes on. */
    @Test
    void otherVersionsAreNoOtherSearch(@TempDir Path folder) throws IOException {
        Path journal = folder.resolve("search.jsonl");
        Search search =
                Nas.space(Spaces.smallBench())
                        .estimator(tabular(SMALL_BENCH))
                        .journal(journal)
                        .quiet();
        search.budget(trials(3)).run();
        String text = Files.readString(journal);
        Files.writeString(
                journal,
                text.replaceFirst("\"provenance\":\\{[^}]*}", "\"provenance\":{\"java\":\"1\"}"));
        assertThat(search.budget(trials(5)).run().history().size()).isEqualTo(5);
        Files.writeString(journal, text.replaceFirst("\"provenance\":\\{[^}]*},", ""));
        assertThat(search.budget(trials(4)).run().history().size()).isEqualTo(4);
    }
}
