package io.nas4j.sharing;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Data;
import io.nas4j.data.Split;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.search.EndReason;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Constraint;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.train.Augmentation;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every search that trains a supernet on single paths must keep. */
public abstract class SupernetSearchContract {

    /** Of these one is clearly right for {@link #gratings}. */
    public static final SearchSpace ONE_OPERATION =
            SearchSpace.of(
                    "one operation",
                    stem(4),
                    choice("op", none(), skip(), norConv(3)),
                    classifier());

    public static final int CONVOLUTION = 2;

    @TempDir Path folder;

    /** Small enough for 64 images: batches of 8, images as they are. */
    protected abstract SearchStrategy strategy(int epochs, double weightRate);

    public static List<SearchSpace> spaces() {
        return List.of(
                Spaces.cells(4, 3, 2),
                Spaces.darts(4, 3),
                Spaces.nasBench201(4, 1),
                Spaces.nasnet(4, 3, 2),
                Spaces.hierarchical());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    public void searchesEverySpaceOfCells(SearchSpace space) {
        RunResult finished = run(strategy(1, 0.05), new Task(space, noise(), new Seeds(7), "cpu"));
        assertThat(finished.end()).isEqualTo(EndReason.STRATEGY);
        assertThat(finished.history().trials())
                .hasSize(strategy(1, 0.05).slices().orElseThrow() + 1);
        for (Trial trial : finished.history().trials()) {
            space.check(trial.architecture());
            assertThat(trial.score().orElseThrow()).isBetween(0.0, 1.0);
        }
        assertThat(finished.history().scored()).hasSize(1);
    }

    /** One cell in eleven meets it. */
    @Test
    public void noTrialBreaksAConstraintOfTheSpace() {
        SearchSpace cells = Spaces.cells(4, 3, 2);
        SearchSpace light =
                cells.where(
                        Constraint.of(
                                "at most 12 in all",
                                walk ->
                                        walk.architecture().choices().stream()
                                                        .mapToInt(choice -> choice)
                                                        .sum()
                                                <= 12));
        RunResult finished = run(strategy(2, 0.05), new Task(light, noise(), new Seeds(7), "cpu"));
        assertThat(finished.end()).isEqualTo(EndReason.STRATEGY);
        assertThat(finished.history().trials())
                .allMatch(trial -> light.admits(trial.architecture()));
    }

    @Test
    public void theSameSeedGivesTheSameTrialsAndAnotherSeedOthers() {
        List<?> trials = facts(run(strategy(2, 0.05), task(7)));
        assertThat(facts(run(strategy(2, 0.05), task(7)))).isEqualTo(trials);
        assertThat(facts(run(strategy(2, 0.05), task(8)))).isNotEqualTo(trials);
    }

    @Test
    public void changedImagesAreLearnedFromOtherwiseAndRepeatably() {
        SupernetStrategy<?> usual = (SupernetStrategy<?>) strategy(1, 0.05);
        SearchStrategy changed = usual.augmentation(Augmentation.NONE.shift(2).flip(true));
        List<?> trials = facts(run(changed, task(7)));
        assertThat(facts(run(changed, task(7)))).isEqualTo(trials);
        assertThat(facts(run(usual, task(7)))).isNotEqualTo(trials);
    }

    /** In an epoch, and after the last. */
    @Test
    public void interruptedAndResumedItMakesTheSameTrials() {
        SearchSpec search = spec(strategy(3, 0.05), task(7));
        int slices = strategy(3, 0.05).slices().orElseThrow();
        List<?> whole = facts(new SearchLoop(search).run());
        assertThat(whole).hasSize(slices + 1);
        for (int trial : new int[] {1, slices - 1}) {
            SearchSpec journaled = search.journal(folder.resolve("journal." + trial));
            RunResult stopped = new SearchLoop(interrupted(journaled, trial)).run();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(stopped.end()).isEqualTo(EndReason.INTERRUPTED);
            assertThat(facts(new SearchLoop(journaled).run()))
                    .as("from %d", trial)
                    .isEqualTo(whole);
        }
    }

    @Test
    public void anInterruptKeepsTheFinishedTrials() {
        RunResult stopped = new SearchLoop(interrupted(spec(strategy(3, 0.05), task(7)), 2)).run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(stopped.end()).isEqualTo(EndReason.INTERRUPTED);
        List<Trial> trials = stopped.history().trials();
        assertThat(trials).hasSize(3);
        assertThat(trials.get(1).score()).isPresent();
        assertThat(trials.get(2).outcome()).isInstanceOf(Outcome.Stopped.class);
    }

    private static SearchSpec interrupted(SearchSpec search, int trial) {
        return search.listener(
                event -> {
                    if (event instanceof SearchEvent.TrialStarted started
                            && started.trial() == trial) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    /** Weight decay times such a rate makes each step some thirty times as long as the last. */
    @Test
    public void aLossThatIsNoNumberEndsTheSearchAndKeepsTheEpochsBefore() {
        RunResult finished = run(strategy(9, 1e5), task(7));
        assertThat(finished.end()).isEqualTo(EndReason.STRATEGY);
        List<Trial> trials = finished.history().trials();
        int failed = trials.size() - 2;
        assertThat(failed).isBetween(1, 8);
        assertThat(trials.subList(0, failed)).allMatch(trial -> trial.score().isPresent());
        assertThat(((Outcome.Failed) trials.get(failed).outcome()).reason())
                .contains("became NaN in epoch " + (failed + 1))
                .contains("Try a smaller weightRate");
        // what was found until then is scored all the same
        assertThat(trials.get(failed + 1).measure()).isEqualTo("constant");
    }

    @Test
    public void aSearchWhoseWeightsAreBeyondRepairEndsTheSameWayWhenResumed() throws IOException {
        Path journal = folder.resolve("diverged.jsonl");
        SearchSpec search = spec(strategy(9, 1e5), task(7)).journal(journal);
        List<String> whole = outcomes(new SearchLoop(search).run());
        assertThat(whole.get(whole.size() - 2)).contains("became NaN");
        assertThat(outcomes(new SearchLoop(search).run())).isEqualTo(whole);
        // as if killed before what was found until then was scored
        List<String> lines = Files.readAllLines(journal);
        Files.write(journal, lines.subList(0, lines.size() - 1));
        assertThat(outcomes(new SearchLoop(search).run())).isEqualTo(whole);
    }

    private static List<String> outcomes(RunResult finished) {
        assertThat(finished.end()).isEqualTo(EndReason.STRATEGY);
        return finished.history().trials().stream()
                .map(
                        trial ->
                                trial.measure()
                                        + " "
                                        + (trial.outcome() instanceof Outcome.Failed failed
                                                ? failed.reason()
                                                : trial.score()))
                .toList();
    }

    @Test
    public void whatCannotBeSearchedIsRefusedBeforeAnythingTrains() {
        assertRefused(Spaces.chain(), noise(), "no continuous relaxation");
        assertRefused(Spaces.zophLe(), noise(), "Try");
        assertRefused(Spaces.mlp(), noise(), "no continuous relaxation");
        Data rows =
                Data.rows("rows", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("no", "yes"));
        assertRefused(ONE_OPERATION, rows, "are rows. Try");
        Data whole = noise();
        int[] all = whole.split().train();
        assertRefused(
                ONE_OPERATION,
                whole.split(new Split(all, new int[0], new int[0])),
                "validation data, but \"noise\" has none");
        int[] five = Arrays.copyOf(all, 5);
        int[] others = Arrays.copyOfRange(all, 5, all.length);
        Data few = whole.split(new Split(five, others, new int[0]));
        assertRefused(ONE_OPERATION, few, "fewer than a batch (8)");
        assertThatThrownBy(() -> strategy(0, 0.05)).hasMessageContaining("at least 1 epoch");
        assertThatThrownBy(() -> strategy(1, 0)).hasMessageContaining("must be above 0");
    }

    private void assertRefused(SearchSpace space, Data data, String message) {
        Task task = new Task(space, data, new Seeds(1), "cpu");
        assertThatThrownBy(() -> strategy(1, 0.05).open(task, Fidelity.epochs(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    public void aPlanForetellsMemoryAndTime() throws Exception {
        ResourceEstimate estimate =
                strategy(2, 0.05).dryRun(task(7), Fidelity.epochs(1)).orElseThrow();
        assertThat(estimate.fits()).isTrue();
        assertThat(estimate.duration()).isPositive();
        assertThat(estimate.peak().orElse(1L << 30)).isGreaterThan(1L << 26);
        assertThat(estimate.parts().get(0)).startsWith("2 epochs of the supernet");
    }

    @Test
    public void aDescriptionIsAValueThatPrints() {
        assertThat(strategy(2, 0.05)).isEqualTo(strategy(2, 0.05));
        assertThat(strategy(2, 0.05)).isNotEqualTo(strategy(3, 0.05));
        assertThat(strategy(2, 0.05).toString()).contains("2").doesNotContain("@");
    }

    public static RunResult run(SearchStrategy strategy, Task task) {
        return new SearchLoop(spec(strategy, task)).run();
    }

    private static SearchSpec spec(SearchStrategy strategy, Task task) {
        return SearchSpec.of(
                task,
                strategy,
                PerformanceEstimator.of("constant", candidate -> 0.5),
                Budget.trials(500));
    }

    /** Everything but the time that it took. */
    public static List<?> facts(RunResult finished) {
        return finished.history().trials().stream().map(SupernetSearchContract::facts).toList();
    }

    private static List<?> facts(Trial trial) {
        assertThat(trial.outcome()).isInstanceOf(Outcome.Completed.class);
        Outcome.Completed completed = (Outcome.Completed) trial.outcome();
        assertThat(completed.estimate().metrics().keySet())
                .allMatch(name -> name.matches("[a-z]+(_[a-z]+)*"));
        return List.of(
                trial.number(),
                trial.architecture(),
                trial.measure(),
                trial.seed(),
                completed.estimate().score(),
                completed.estimate().metrics(),
                completed.learned());
    }

    private static Task task(long seed) {
        return new Task(Spaces.cells(4, 3, 2), noise(), new Seeds(seed), "cpu");
    }

    private static Data noise() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] pixels = new byte[96 * 8 * 8];
        random.nextBytes(pixels);
        int[] labels = random.ints(96, 0, 3).toArray();
        return Data.images("noise", pixels, 1, 8, 8, labels, List.of("a", "b", "c"));
    }

    /**
     * Stripes that lie or stand, shifted at random: in the mean over an image both are alike, so
     * without a convolution behind the rectifier nothing can be told.
     *
     * @param shuffled whether labels are drawn without looking: then no operation is right
     */
    public static Task gratings(boolean shuffled, long seed) {
        int side = 8;
        SplittableRandom random = new SplittableRandom(seed);
        int[] labels = new int[400];
        byte[] pixels = new byte[labels.length * side * side];
        for (int i = 0; i < labels.length; i++) {
            int stands = random.nextInt(2);
            int shift = random.nextInt(4);
            for (int p = 0; p < side * side; p++) {
                int along = (stands == 1 ? p % side : p / side) + shift;
                int light = along % 4 < 2 ? 150 : 50;
                pixels[i * side * side + p] = (byte) (light + random.nextInt(50));
            }
            labels[i] = shuffled ? random.nextInt(2) : stands;
        }
        Data data = Data.images("gratings", pixels, 1, side, side, labels, List.of("lie", "stand"));
        return new Task(ONE_OPERATION, data, new Seeds(seed), "cpu");
    }

    /** What the search concludes with. */
    public static int operation(RunResult finished) {
        return finished.history().best().orElseThrow().architecture().choices().get(0);
    }
}
