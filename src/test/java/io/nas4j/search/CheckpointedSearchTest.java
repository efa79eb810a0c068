package io.nas4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.Spaces;
import io.nas4j.strategy.Asha;
import io.nas4j.strategy.Bohb;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that go on from one trial to the next, whatever happens in between. */
class CheckpointedSearchTest {

    private static final List<SearchStrategy> STRATEGIES =
            List.of(new Hyperband(), new Asha(), new Bohb());

    @TempDir Path folder;

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    private static SearchSpec search(SearchStrategy strategy, int trials) {
        return SearchSpec.of(
                Searches.task(Spaces.nasBench201(), 4),
                strategy,
                new PretendTraining(1000),
                Budget.trials(trials));
    }

    private static boolean isRestarted(Trial trial) {
        return trial.outcome() instanceof Outcome.Completed completed
                && completed.estimate().metrics().containsKey(Metrics.RESTARTED);
    }

    @Test
    void whereverASearchIsKilledEveryTrainingGoesOn() throws IOException {
        for (SearchStrategy strategy : STRATEGIES) {
            for (TrialExecutor executor :
                    List.of(TrialExecutor.serial(), new ShuffledExecutor(3, 1))) {
                Path home = Files.createTempDirectory(folder, "home");
                Path whole = home.resolve("whole");
                List<Path> copies = new ArrayList<>();
                RunResult expected =
                        new SearchLoop(
                                        search(strategy, 20)
                                                .executor(executor)
                                                .journal(whole)
                                                .listener(event -> copies.add(copy(whole, copies))))
                                .run();
                assertThat(expected.history().trials())
                        .anyMatch(trial -> trial.continues().isPresent())
                        .noneMatch(CheckpointedSearchTest::isRestarted);
                assertThat(copies).hasSizeGreaterThan(40);
                // two events a trial: five apart is at every kind of moment
                for (int i = 1; i < copies.size(); i += 5) {
                    Path copy = copies.get(i);
                    RunResult resumed =
                            new SearchLoop(search(strategy, 20).executor(executor).journal(copy))
                                    .run();
                    assertThat(JournalTest.trials(resumed.history().trials()))
                            .as("%s on %s from %s", strategy, executor, copy)
                            .isEqualTo(JournalTest.trials(expected.history().trials()));
                    assertThat(resumed.history().trials())
                            .noneMatch(CheckpointedSearchTest::isRestarted);
                    assertThat(resumed.warnings()).isEmpty();
                }
            }
        }
    }

    @Test
    void aJournalChangesNothingAndWithoutOneTheyStayInMemory() {
        for (SearchStrategy strategy : STRATEGIES) {
            RunResult plain = new SearchLoop(search(strategy, 40)).run();
            RunResult recorded =
                    new SearchLoop(
                                    search(strategy, 40)
                                            .journal(
                                                    folder.resolve(
                                                            strategy.getClass().getSimpleName())))
                            .run();
            assertThat(JournalTest.trials(plain.history().trials()))
                    .isEqualTo(JournalTest.trials(recorded.history().trials()));
            assertThat(plain.history().trials()).noneMatch(CheckpointedSearchTest::isRestarted);
            assertThat(plain.warnings()).isEmpty();
        }
    }

    @Test
    void aTrialThatGoesOnHasTheSeedOfTheOneThatBegan() {
        List<Trial> trials = new SearchLoop(search(new Hyperband(), 40)).run().history().trials();
        assertThat(trials)
                .filteredOn(trial -> trial.continues().isPresent())
                .hasSizeGreaterThan(5)
                .allSatisfy(
                        trial -> assertThat(trial.seed()).isEqualTo(trained(trials, trial).seed()));
    }

    /** The trial that holds the weights from which another one goes on. */
    private static Trial trained(List<Trial> trials, Trial trial) {
        Trial continued = trials.get(trial.continues().getAsInt());
        return continued.outcome() instanceof Outcome.Completed completed
                        && completed.reuses().isPresent()
                ? trials.get(completed.reuses().getAsInt())
                : continued;
    }

    @Test
    void weightsThatAreGoneAreToldAndTheScoreIsTheSame() throws IOException {
        Path journal = folder.resolve("j");
        RunResult expected = new SearchLoop(search(new Hyperband(), 13)).run();
        Trial promoted = expected.history().trials().get(9);
        int from = trained(expected.history().trials(), promoted).number();
        for (String harm : List.of("missing", "damaged")) {
            Files.deleteIfExists(journal);
            // one of the nine is a repeat, which does not count
            new SearchLoop(search(new Hyperband(), 8).journal(journal)).run();
            Path file = folder.resolve("j.trial." + from);
            if (harm.equals("missing")) {
                Files.delete(file);
            } else {
                Files.write(file, new byte[300]);
            }
            RunResult resumed = new SearchLoop(search(new Hyperband(), 13).journal(journal)).run();
            assertThat(JournalTest.trials(resumed.history().trials()))
                    .isEqualTo(JournalTest.trials(expected.history().trials()));
            assertThat(resumed.history().trials())
                    .filteredOn(CheckpointedSearchTest::isRestarted)
                    .extracting(Trial::number)
                    .containsExactly(9);
            assertThat(resumed.warnings())
                    .singleElement()
                    .asString()
                    .contains("trial 9 starts from scratch: the weights of trial " + from)
                    .contains("j.trial." + from + " is " + harm);
        }
    }

    @Test
    void anInterruptedTrialFindsTheWeightsAgain() {
        RunResult expected = new SearchLoop(search(new Hyperband(), 13)).run();
        Path journal = folder.resolve("j");
        SearchSpec interrupted =
                search(new Hyperband(), 13)
                        .journal(journal)
                        .listener(
                                event -> {
                                    if (event instanceof SearchEvent.TrialStarted started
                                            && started.trial() == 10) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        assertThat(new SearchLoop(interrupted).run().end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        RunResult resumed = new SearchLoop(search(new Hyperband(), 13).journal(journal)).run();
        assertThat(JournalTest.trials(resumed.history().trials()))
                .isEqualTo(JournalTest.trials(expected.history().trials()));
        assertThat(resumed.history().trials()).noneMatch(CheckpointedSearchTest::isRestarted);
    }

    @Test
    void aLongSearchKeepsNoMoreThanItsStrategyMayContinue() {
        // Hyperband's widest rung has 9 trials, some of them repeats, and one may have just ended
        assertThat(mostFiles(new Hyperband(), 100)).isBetween(5L, 10L);
        assertThat(mostFiles(new Bohb(), 100)).isBetween(5L, 10L);
        // ASHA may promote any trial that is not at the top
        assertThat(mostFiles(new Asha(), 60)).isBetween(20L, 60L);
        assertThat(mostFiles(new RandomSearch(), 60)).isZero();
    }

    private long mostFiles(SearchStrategy strategy, int trials) {
        Path journal = folder.resolve("long" + strategy.getClass().getSimpleName());
        long[] most = {0};
        new SearchLoop(
                        search(strategy, trials)
                                .journal(journal)
                                .listener(event -> most[0] = Math.max(most[0], files(journal))))
                .run();
        return most[0];
    }

    private static long files(Path journal) {
        try (Stream<Path> all = Files.list(journal.getParent())) {
            return all.filter(
                            path ->
                                    path.getFileName()
                                            .toString()
                                            .startsWith(journal.getFileName() + ".trial."))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a kill at this moment would leave. */
    private static Path copy(Path journal, List<Path> copies) {
        Path to = journal.resolveSibling("copy" + copies.size());
        try (Stream<Path> files = Files.list(journal.getParent())) {
            Files.createDirectory(to);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
            return to.resolve(journal.getFileName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
