package io.nas4j.estimate;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.skip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.data.Csv;
import io.nas4j.data.Data;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabularTest {

    private static final SearchSpace FOUR =
            SearchSpace.of(
                    "four",
                    choice("first", norConv(3), skip()),
                    choice("second", norConv(1), norConv(3)));

    @TempDir Path folder;

    @Test
    void anArchitectureStandsAmongAllOfTheTable() {
        Tabular tabular = Tabular.of(NasBench201.CIFAR100);
        assertThat(tabular.scores()).hasSize(15_625).isSorted();
        Architecture best = NasBench201.CIFAR100.best();
        assertThat(tabular.score(best)).isEqualTo(tabular.optimum());
        assertThat(tabular.estimate(best).cost().compute()).isPositive();
        assertThat(tabular.percentile(best)).isBetween(99.99, 100.0);
        // nothing but zeros: all of these are as bad as guessing
        assertThat(tabular.percentile(cell(0, 0, 0, 0, 0, 0))).isBetween(0.0, 3.0);
        assertThat(tabular.oneSeed().percentile(best)).isEqualTo(tabular.percentile(best));
    }

    @Test
    void aTrialGetsTheMeanOverTheSeedsAndPaysTheTablesTime() throws Exception {
        Tabular tabular = Tabular.of(NasBench201.CIFAR100);
        Estimate estimate = estimate(tabular, Spaces.nasBench201(), cell(3, 3, 3, 1, 3, 3), 1);

        assertThat(100 * estimate.score()).isCloseTo(73.4933, within(1e-4));
        assertThat(estimate.cost().compute())
                .isCloseTo(Duration.ofMillis(5_869_007), Duration.ofMillis(2));
        assertThat(tabular.measure()).isEqualTo("tabular(nas-bench-201/cifar100)");
        assertThat(tabular.regret(cell(3, 3, 3, 1, 3, 3))).isZero();
        assertThat(100 * tabular.regret(cell(3, 3, 3, 1, 2, 3))).isCloseTo(0.1867, within(1e-4));
    }

    @Test
    void withOneSeedATrialGetsOneOfTheRepetitionsByItsSeed() throws Exception {
        Tabular tabular = Tabular.of(NasBench201.CIFAR100).oneSeed();
        Set<Long> seen = new TreeSet<>();
        for (long seed = 0; seed < 50; seed++) {
            double score =
                    estimate(tabular, Spaces.nasBench201(), cell(3, 3, 3, 1, 3, 3), seed * seed + 1)
                            .score();
            assertThat(score)
                    .isEqualTo(
                            estimate(
                                            tabular,
                                            Spaces.nasBench201(),
                                            cell(3, 3, 3, 1, 3, 3),
                                            seed * seed + 1)
                                    .score());
            seen.add(Math.round(1e4 * score));
        }
        assertThat(seen).isSubsetOf(7352L, 7338L, 7358L).hasSizeGreaterThan(1);
        assertThat(tabular.measure()).isEqualTo("tabular(nas-bench-201/cifar100, one seed)");
    }

    @Test
    void equalNetworksKeepTheirOwnScores() {
        Tabular tabular = Tabular.of(NasBench201.CIFAR10);
        SearchSpace space = Spaces.nasBench201();
        Architecture a = cell(0, 0, 0, 1, 0, 0);
        Architecture b = cell(0, 0, 1, 1, 0, 0); // its 2←1 is never read
        assertThat(space.fingerprint(a)).isEqualTo(space.fingerprint(b));
        assertThat(tabular.key(space, a)).isNotEqualTo(tabular.key(space, b));
    }

    @Test
    void aTableOfAnotherSpaceIsRefusedBeforeTheFirstTrial() {
        assertThatThrownBy(() -> Tabular.of(NasBench201.CIFAR10).open(task(FOUR)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs space \"nas-bench-201\", but the search's is \"four\"")
                .hasMessageContaining("Try Nas.space(nasBench201())");
        Tabular own = Tabular.of(ScoreTable.of("own", List.of(TableRow.of(four(0, 2), 1))));
        assertThatThrownBy(() -> own.partial().open(task(FOUR)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must belong to the search's space, but of [0, 2]");
    }

    @Test
    void aTableThatLacksArchitecturesIsRefusedUnlessItIsDeclaredPartial() throws Exception {
        Tabular own =
                Tabular.of(
                        ScoreTable.of(
                                "own",
                                List.of(TableRow.of(four(0, 0), 1), TableRow.of(four(0, 1), 2))));
        assertThatThrownBy(() -> own.open(task(FOUR)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "must hold all 4 architectures of space \"four\", but holds 2")
                .hasMessageContaining("Try partial()");

        assertThat(estimate(own.partial(), FOUR, four(0, 1), 0).score()).isEqualTo(2);
        assertThatThrownBy(() -> estimate(own.partial(), FOUR, four(1, 1), 0))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("table \"own\" has no score for [1, 1]");
    }

    @Test
    void rowsThatDisagreeOrAreNotFiniteAreRefusedByNumber() {
        TableRow row = TableRow.of(four(0, 0), 0.5, 10);
        assertThatThrownBy(() -> ScoreTable.of("own", List.of(row, TableRow.of(four(0, 0), 0.6))))
                .hasMessageContaining("rows 1 and 2 of [0, 0] say 0.5 and 0.6")
                .hasMessageContaining("Try a different seed");
        assertThatThrownBy(
                        () ->
                                ScoreTable.of(
                                        "own", List.of(row, TableRow.of(four(0, 1), Double.NaN))))
                .hasMessageContaining("row 2 has NaN");
        assertThatThrownBy(() -> ScoreTable.of("own", List.of()))
                .hasMessageContaining("must have a row");
        assertThat(ScoreTable.of("own", List.of(row, row)).size()).isEqualTo(1);
    }

    @Test
    void repetitionsAreAveraged() throws Exception {
        Estimate first =
                new Estimate(
                        0.5,
                        Map.of("latency", 4.0),
                        List.of(),
                        new Cost(Duration.ofSeconds(10), 7, 0));
        Estimate second =
                new Estimate(
                        0.7,
                        Map.of("latency", 6.0),
                        List.of(),
                        new Cost(Duration.ofSeconds(20), 7, 0));
        Tabular own =
                Tabular.of(
                                ScoreTable.of(
                                        "own",
                                        List.of(
                                                new TableRow(four(0, 0), 0, 1, first),
                                                new TableRow(four(0, 0), 0, 2, second),
                                                TableRow.of(four(1, 0), 0.65))))
                        .partial();
        Estimate mean = estimate(own, FOUR, four(0, 0), 0);

        assertThat(mean.score()).isCloseTo(0.6, within(1e-12));
        assertThat(mean.metrics()).containsExactly(Map.entry("latency", 5.0));
        assertThat(mean.cost()).isEqualTo(new Cost(Duration.ofSeconds(15), 7, 0));
        assertThat(own.optimum()).isEqualTo(0.65);
        assertThat(estimate(own.oneSeed(), FOUR, four(0, 0), 1).score()).isIn(0.5, 0.7);
    }

    @Test
    void aTableWithRungsIsClimbedAsTrainingWouldBe() throws Exception {
        List<TableRow> rows = new ArrayList<>();
        for (int epochs : List.of(1, 3, 9)) {
            rows.add(TableRow.of(four(0, 0), 0.1 * epochs, 10 * epochs).epochs(epochs));
        }
        Tabular tabular = Tabular.of(ScoreTable.of("rungs", rows)).partial();
        assertThat(tabular.fidelity()).isEqualTo(Fidelity.epochs(9));
        try (PerformanceEstimator.Session session = tabular.open(task(FOUR))) {
            Context context = new Context(0, 99);
            Estimate three =
                    session.estimate(
                            candidate(0, Fidelity.epochs(4), OptionalInt.empty()), context);
            assertThat(three.score()).isCloseTo(0.3, within(1e-12));
            assertThat(three.cost().compute()).isEqualTo(Duration.ofSeconds(30));
            assertThat(context.steps).containsExactly(1, 3);

            Estimate nine =
                    session.estimate(candidate(1, Fidelity.epochs(9), OptionalInt.of(0)), context);
            assertThat(nine.score()).isCloseTo(0.9, within(1e-12));
            assertThat(nine.cost().compute()).isEqualTo(Duration.ofSeconds(60));
            assertThat(nine.curve()).hasSize(1);

            Estimate pruned =
                    session.estimate(
                            candidate(2, Fidelity.NONE, OptionalInt.empty()), new Context(0, 3));
            assertThat(pruned.cost().compute()).isEqualTo(Duration.ofSeconds(30));
            assertThatThrownBy(
                            () ->
                                    Tabular.of(NasBench201.CIFAR10)
                                            .open(task(Spaces.nasBench201()))
                                            .estimate(
                                                    candidate(
                                                            0,
                                                            Fidelity.epochs(12),
                                                            OptionalInt.empty()),
                                                    context))
                    .hasMessageContaining("has scores after [200] epochs, not after 12");
        }
    }

    @Test
    void aCsvFileNamesArchitecturesByChoicesOrByLabels() throws IOException {
        Files.writeString(
                folder.resolve("own.csv"),
                "architecture,score,seconds,parameters,energy,remark\n"
                        + "0 0,0.5,10,100,1.5,a\n"
                        + "[0; 1],0.6,20,200,2.5,b\n"
                        + "skip_connect|nor_conv_1x1,0.7,30,300,3.5,c\n"
                        + "skip_connect nor_conv_3x3,0.4,30,300,3.5,d\n");
        Tabular own = Tabular.csv(folder.resolve("own.csv"), FOUR);

        assertThat(own.table().best()).isEqualTo(four(1, 0));
        assertThat(own.measure()).isEqualTo("tabular(own.csv)");
        Estimate best =
                own.table().find(four(1, 0), 0, java.util.OptionalLong.empty()).orElseThrow();
        assertThat(best.cost()).isEqualTo(new Cost(Duration.ofSeconds(30), 300, 0));
        assertThat(best.metrics()).containsExactly(Map.entry("energy", 3.5));
        own.open(task(FOUR));
    }

    @Test
    void theStringsOfNasBench201AreRead() {
        String cell =
                "|nor_conv_3x3~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|skip_connect~0|nor_conv_3x3~1|nor_conv_1x1~2|";
        Tabular own =
                Tabular.csv(
                        Csv.parse("t", "architecture,score\n" + cell + ",1\n"),
                        Spaces.nasBench201());
        assertThat(own.table().best()).isEqualTo(cell(3, 3, 3, 1, 3, 2));
    }

    @Test
    void aCsvThatIsNoTableOfScoresIsRefusedWithItsRow() {
        refused("network,score\n0 0,1\n", "must have a column \"architecture\"");
        refused("architecture,accuracy\n0 0,1\n", "must have a column \"score\"");
        refused(
                "architecture,score\n0,1\n",
                "must answer \"second\", but row 1 of \"t\" ends before: \"0\"");
        refused("architecture,score\n0 0 0,1\n", "must have 2 choices here, but row 1");
        refused("architecture,score\n0 0,1\n0 7,1\n", "must be in [0, 2)");
        refused("architecture,score\nmax_pool 0,1\n", "says \"max_pool\"");
        refused("architecture,score\n0 0,NaN\n", "row 1 has \"NaN\"");
        refused("architecture,score,cost\n0 0,1,-2\n", "at least 0 seconds, but row 1 has -2.0");
    }

    @Test
    void aFinishedSearchIsReplayed() throws Exception {
        History history =
                History.empty("mine")
                        .plus(trial(0, four(0, 0), new Outcome.Completed(Estimate.of(0.5))))
                        .plus(trial(1, four(1, 0), new Outcome.Failed("broke", "", Cost.ZERO)))
                        .plus(trial(2, four(0, 1), new Outcome.Completed(Estimate.of(0.8))));
        Tabular replay = Tabular.replay(history);

        assertThat(replay.measure()).isEqualTo("tabular(replay of mine)");
        assertThat(estimate(replay, FOUR, four(0, 1), 0).score()).isEqualTo(0.8);
        assertThat(replay.optimum()).isEqualTo(0.8);
        assertThatThrownBy(() -> estimate(replay, FOUR, four(1, 0), 0))
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> Tabular.replay(History.empty("mine")))
                .hasMessageContaining("must have a row");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> Tabular.csv(Csv.parse("t", text), FOUR))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Trial trial(int number, Architecture architecture, Outcome outcome) {
        return new Trial(
                number, architecture, "mine", Fidelity.NONE, 0, OptionalInt.empty(), outcome);
    }

    private static Architecture cell(Integer... choices) {
        return new Architecture("nas-bench-201", List.of(choices));
    }

    private static Architecture four(Integer... choices) {
        return new Architecture("four", List.of(choices));
    }

    private static Candidate candidate(int trial, Fidelity fidelity, OptionalInt continues) {
        return new Candidate(trial, FOUR, four(0, 0), fidelity, continues);
    }

    private static Estimate estimate(
            Tabular tabular, SearchSpace space, Architecture architecture, long seed)
            throws Exception {
        try (PerformanceEstimator.Session session = tabular.open(task(space))) {
            Candidate candidate =
                    new Candidate(0, space, architecture, tabular.fidelity(), OptionalInt.empty());
            return session.estimate(candidate, new Context(seed, 99));
        }
    }

    private static Task task(SearchSpace space) {
        Data data = Data.rows("none", new float[2], 1, new int[] {0, 1}, List.of("a", "b"));
        return new Task(space, data, new Seeds(1));
    }

    private static final class Context implements TrialContext {
        private final long seed;
        private final int until;
        private final List<Integer> steps = new ArrayList<>();

        Context(long seed, int until) {
            this.seed = seed;
            this.until = until;
        }

        @Override
        public long seed() {
            return seed;
        }

        @Override
        public boolean report(int step, double score) {
            steps.add(step);
            return step < until;
        }

        @Override
        public boolean proceed() {
            return true;
        }
    }
}
