package io.nas4j.search;

import static io.nas4j.search.JournalTest.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.journal.JournalContent;
import io.nas4j.json.JournalJson.Begun;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.json.JournalJson.Line;
import io.nas4j.strategy.Asha;
import io.nas4j.strategy.Bayesian;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.GridSearch;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.LocalSearch;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Reinforce;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Tpe;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of several trials under way one is slow: whenever the search is killed, no ended one is lost. */
class NothingLostTest {

    private static final StragglingExecutor EXECUTOR = new StragglingExecutor(3, 12, 1);

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    private static SearchSpec search(SearchStrategy strategy, Path journal) {
        return search(strategy, new Searches.Epoched(9), journal);
    }

    private static SearchSpec search(
            SearchStrategy strategy, PerformanceEstimator estimator, Path journal) {
        return SearchSpec.of(
                        Searches.task(JournalTest.SMALL, 11),
                        strategy,
                        estimator,
                        Budget.trials(18))
                .executor(EXECUTOR)
                .journal(journal);
    }

    private static List<Trial> run(SearchSpec search) {
        return new SearchLoop(search).run().history().trials();
    }

    private static List<Trial> ended(Path journal) throws IOException {
        return JournalContent.read(journal).entries().stream().map(Entry::trial).toList();
    }

    @Test
    void aTrialIsRecordedWhileAnEarlierOneIsUnderWay() throws IOException {
        Path journal = folder.resolve("whole");
        run(search(new RandomSearch(), journal));
        List<Integer> numbers = ended(journal).stream().map(Trial::number).toList();
        assertThat(numbers.subList(0, 4)).doesNotContain(0).contains(1, 2);
        assertThat(numbers).doesNotHaveDuplicates().contains(0).hasSizeGreaterThanOrEqualTo(18);
        assertThat(JournalContent.read(journal).history().trials())
                .extracting(Trial::number)
                .isSorted();
    }

    @Test
    void ofEveryKindOfStrategyEveryEndedTrialIsKept() throws IOException {
        List<SearchStrategy> strategies =
                List.of(
                        new RandomSearch(),
                        new GridSearch(),
                        new Evolution(),
                        new LocalSearch(),
                        new Tpe(),
                        new Bayesian(),
                        new Reinforce(),
                        new Hyperband(),
                        new Asha(),
                        new Searches.Blind());
        for (SearchStrategy strategy : strategies) {
            Path whole = folder.resolve(strategy.getClass().getSimpleName());
            int size = run(search(strategy, whole)).size();
            byte[] bytes = Files.readAllBytes(whole);
            List<Long> ends = JournalContent.read(whole).ends();
            int behind = 0;
            for (int k = 1; k < ends.size(); k += 4) {
                Path journal = folder.resolve("killed");
                Files.write(journal, Arrays.copyOf(bytes, ends.get(k).intValue()));
                List<Trial> ended = ended(journal);
                behind += ended.size() - prefix(journal);
                List<Trial> resumed = run(search(strategy, journal));
                assertThat(resumed)
                        .as("%s, killed after line %d", strategy, k)
                        .containsAll(ended)
                        .hasSizeGreaterThanOrEqualTo(Math.min(size, 18));
                assertThat(ended(journal)).containsAll(resumed).hasSameSizeAs(resumed);
            }
            assertThat(behind).as("behind a straggler, with %s", strategy).isGreaterThan(5);
        }
    }

    /** How many trials have ended before the first that has not. */
    private static int prefix(Path journal) throws IOException {
        int prefix = 0;
        for (Line trial : JournalContent.read(journal).trials()) {
            if (trial instanceof Begun) {
                break;
            }
            prefix++;
        }
        return prefix;
    }

    @Test
    void onlyWhatWasUnderWayRunsAgainAndAsItWasProposed() throws IOException {
        Path whole = folder.resolve("whole");
        List<Trial> expected = run(search(new Asha(), whole));
        byte[] bytes = Files.readAllBytes(whole);
        JournalContent content = JournalContent.read(whole);
        Path journal = folder.resolve("killed");
        // all have been proposed, and not all have ended
        int last = content.lines().size();
        while (content.lines().get(last - 1) instanceof Entry
                && content.lines().get(last - 2) instanceof Entry) {
            last--;
        }
        Files.write(journal, Arrays.copyOf(bytes, content.ends().get(last).intValue()));
        Set<Integer> ended = new HashSet<>();
        ended(journal).forEach(trial -> ended.add(trial.number()));
        List<Integer> again = new ArrayList<>();
        SearchListener listener =
                event -> {
                    if (event instanceof SearchEvent.TrialStarted started) {
                        again.add(started.trial());
                    }
                };
        List<Trial> resumed = run(search(new Asha(), journal).listener(listener));
        assertThat(ended.size()).isLessThan(expected.size());
        assertThat(again).doesNotContainAnyElementsOf(ended).isNotEmpty();
        assertThat(trials(resumed)).isEqualTo(trials(expected));
    }

    @Test
    void aCutAtAnyByteLosesNoMoreThanTheLineThatItCuts() throws IOException {
        Path whole = folder.resolve("whole");
        run(search(new Searches.Blind(), JournalTest.MIXED, whole));
        byte[] bytes = Files.readAllBytes(whole);
        List<Long> ends = JournalContent.read(whole).ends();
        List<Trial> all = ended(whole);
        int begun = 0;
        while (!(JournalContent.read(whole).lines().get(begun) instanceof Entry)) {
            begun++;
        }
        // a proposal, the end of a trial, and a little of the next line
        for (int at = ends.get(begun - 1).intValue(); at < ends.get(begun + 1) + 9; at++) {
            Path journal = folder.resolve("cut");
            Files.write(journal, Arrays.copyOf(bytes, at));
            int kept = at < ends.get(begun + 1) ? 0 : 1;
            assertThat(ended(journal)).as("cut at byte %d", at).isEqualTo(all.subList(0, kept));
            assertThat(run(search(new Searches.Blind(), JournalTest.MIXED, journal)))
                    .as("cut at byte %d", at)
                    .hasSizeGreaterThanOrEqualTo(18)
                    .containsAll(all.subList(0, kept));
        }
    }

    @Test
    void journalsOfBeforeInOrderOfProposalsAreStillRead() throws IOException {
        Path whole = folder.resolve("whole");
        List<String> expected = trials(run(search(new Evolution(), whole)));
        List<String> lines = Files.readAllLines(whole);
        List<Line> order = JournalContent.read(whole).lines();
        List<String> before = new ArrayList<>(List.of(lines.get(0)));
        for (int number = 0; number < expected.size(); number++) {
            for (int i = 0; i < order.size(); i++) {
                if (order.get(i) instanceof Entry entry && entry.number() == number) {
                    before.add(lines.get(1 + i));
                }
            }
        }
        for (int kept : new int[] {1, 2, 7, before.size()}) {
            Path journal = folder.resolve("before");
            Files.write(journal, before.subList(0, kept));
            List<String> resumed = trials(run(search(new Evolution(), journal)));
            assertThat(resumed.subList(0, kept - 1)).isEqualTo(expected.subList(0, kept - 1));
            assertThat(resumed).hasSameSizeAs(expected);
        }
    }

    @Test
    void aSearchThatIsInterruptedKeepsWhatEndedBesideTheInterruptedTrial() throws IOException {
        Path journal = folder.resolve("interrupted");
        PerformanceEstimator interrupting =
                new Searches.Scripted(
                        "train(epochs=9)",
                        (candidate, context) -> {
                            if (candidate.trial() == 4) {
                                Thread.currentThread().interrupt();
                                context.proceed();
                            }
                            return new Searches.Epoched(9).open(null).estimate(candidate, context);
                        });
        List<Trial> stopped =
                new SearchLoop(search(new RandomSearch(), interrupting, journal))
                        .run()
                        .history()
                        .trials();
        assertThat(Thread.interrupted()).isTrue();
        List<Trial> recorded = ended(journal);
        assertThat(recorded).extracting(Trial::number).contains(1, 2, 3).doesNotContain(4);
        assertThat(stopped).hasSizeGreaterThan(recorded.size());
        assertThat(stopped.get(4).outcome()).isInstanceOf(Outcome.Stopped.class);
        assertThat(JournalContent.read(journal).trials().get(4)).isInstanceOf(Begun.class);
        List<Trial> resumed = run(search(new RandomSearch(), new Same("train(epochs=9)"), journal));
        assertThat(resumed).containsAll(recorded).hasSize(18);
        assertThat(resumed.get(4).score()).isPresent();
    }

    /** Prints as {@link Searches.Scripted} does, so that the journal takes it for that. */
    private record Same(String measure) implements PerformanceEstimator {
        @Override
        public Session open(io.nas4j.trial.Task task) {
            return new Searches.Epoched(9).open(task);
        }

        @Override
        public String toString() {
            return measure;
        }
    }

    @Test
    void aClockThatGoesBackwardsChangesNoTrial() throws IOException {
        List<String> expected = trials(run(search(new Evolution(), folder.resolve("whole"))));
        Path journal = folder.resolve("backwards");
        Searches.Hand clock = new Searches.Hand();
        SearchSpec search =
                search(new Evolution(), journal)
                        .clock(clock)
                        .budget(Budget.trials(18).or(Budget.minutes(60)))
                        .listener(event -> clock.advance(java.time.Duration.ofMinutes(-7)));
        RunResult result = new SearchLoop(search).run();
        assertThat(trials(result.history().trials())).isEqualTo(expected);
        assertThat(result.end()).isEqualTo(EndReason.BUDGET);
        assertThat(trials(JournalContent.read(journal).history().trials())).isEqualTo(expected);
        assertThat(run(search)).hasSameSizeAs(expected);
    }

    @Test
    void linesThatCannotFollowEachOtherAreDamage() throws IOException {
        Path journal = folder.resolve("whole");
        run(search(new RandomSearch(), journal));
        List<String> lines = Files.readAllLines(journal);
        Path damaged = folder.resolve("damaged");
        List<String> twice = new ArrayList<>(lines);
        twice.add(lines.size() - 1, lines.get(lines.size() - 1));
        twice.add(lines.get(lines.size() - 1));
        Files.write(damaged, twice);
        assertDamaged(damaged, "must end once, but ends twice");
        List<String> gap = new ArrayList<>(lines);
        gap.remove(1);
        Files.write(damaged, gap);
        assertDamaged(damaged, "trial 0 was expected, but it is trial 1");
        List<String> early = new ArrayList<>(lines);
        early.set(2, lines.get(2).replace("\"seen\":0", "\"seen\":1"));
        assertThat(early).isNotEqualTo(lines);
        Files.write(damaged, early);
        assertDamaged(damaged, "after at most 0 others had ended, but was after 1");
    }

    private static void assertDamaged(Path journal, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalContent.read(journal))
                .withMessageContaining("is damaged")
                .withMessageContaining(why);
    }
}
