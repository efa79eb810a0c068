package io.nas4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.Nas;
import io.nas4j.Search;
import io.nas4j.SearchResult;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.view.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {

    /** The first edge counts ten times, the second once, the others a tenth. */
    private static final PerformanceEstimator.Score SCORE =
            candidate -> {
                List<Integer> choices = candidate.architecture().choices();
                return 10 * choices.get(0)
                        + choices.get(1)
                        + 0.1 * choices.subList(2, 6).stream().mapToInt(i -> i).sum();
            };

    @TempDir Path folder;
    private Path home;
    private SearchResult random;
    private SearchResult evolution;

    @BeforeEach
    void search() {
        home = folder.resolve("study");
        random = run("random", new RandomSearch(), "score");
        evolution = run("evolution", new Evolution().population(5).tournament(3), "score");
    }

    private SearchResult run(String name, SearchStrategy strategy, String measure) {
        Search search =
                Nas.space(Spaces.nasBench201(4, 1))
                        .estimator(measure, SCORE)
                        .strategy(strategy)
                        .budget(Budget.trials(25))
                        .quiet();
        return search.journal(Study.journal(home, name)).run();
    }

    @Test
    void theBestSearchLeads() throws IOException {
        Study study = Study.open(home);
        assertThat(study.searches().stream().map(StudiedSearch::name))
                .containsExactly("evolution", "random");
        String first = evolution.bestScore() >= random.bestScore() ? "evolution" : "random";
        assertThat(study.leaderboard().entries().get(0).name()).isEqualTo(first);
        assertThat(study.leaderboard().entries().get(0).trials()).isEqualTo(25);
        assertThat(study.search("random").history().best().orElseThrow().score())
                .hasValue(random.bestScore());
        assertThat(study.search("evolution").settings()).containsKey("strategy");
        assertThat(study.toString()).contains("evolution, random");
    }

    @Test
    void regretEndsAtZeroForTheBestAndNeverRises() throws IOException {
        Chart chart = Study.open(home).regret();
        double best = Math.max(evolution.bestScore(), random.bestScore());
        for (Chart.Series series : chart.series()) {
            List<Double> ys = series.ys();
            double own = (series.name().equals("random") ? random : evolution).bestScore();
            assertThat(ys.get(ys.size() - 1)).isCloseTo(best - own, within(1e-9));
            assertThat(series.xs()).hasSize(25).endsWith(25.0);
            for (int i = 1; i < ys.size(); i++) {
                assertThat(ys.get(i)).isLessThanOrEqualTo(ys.get(i - 1));
            }
        }
        assertThat(Study.open(home).regretByCost().series()).hasSize(2);
    }

    @Test
    void theDecisionThatMattersIsNamed() throws IOException {
        var facts = Study.open(home).explain().facts();
        assertThat(facts.trials()).isEqualTo(50);
        String first = Spaces.nasBench201(4, 1).decisions().get(0).id();
        assertThat(facts.effects().get(0).decision()).isEqualTo(first);
        assertThat(facts.effects().get(0).share()).isGreaterThan(0.8);
        assertThat(Study.open(home).parallel().axes().get(0).name()).isEqualTo(first);
        assertThat(Study.open(home).parallel().lines()).hasSize(50);
    }

    @Test
    void whatCannotBeComparedIsRefusedAndTheRestCanBeChosen() throws IOException {
        run("other", new RandomSearch(), "another score");
        Study study = Study.open(home);
        assertThatThrownBy(study::regret)
                .hasMessageContaining("another score")
                .hasMessageContaining("Try only(..)");
        assertThat(study.only("random", "evolution").regret().series()).hasSize(2);
        assertThat(study.leaderboard().entries()).hasSize(3);
        assertThat(study.leaderboard().entries().get(0).name()).isEqualTo("other");
        assertThatThrownBy(() -> study.search("none"))
                .hasMessageContaining("[evolution, other, random]");
    }

    @Test
    void damagedJournalsAreToldAndLeftOut() throws IOException {
        Files.writeString(home.resolve("broken.jsonl"), "{\"nas4j\":1}\nmore\n");
        Files.writeString(home.resolve("notes.txt"), "mine");
        Study study = Study.open(home);
        assertThat(study.searches()).hasSize(2);
        assertThat(study.unread()).containsOnlyKeys("broken");
        assertThat(study.leaderboard().toString()).contains("not read: {broken=");
        assertThatThrownBy(() -> Study.open(folder)).hasMessageContaining("Study.journal");
        assertThatThrownBy(() -> Study.open(folder.resolve("none")))
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> Study.journal(home, "../x")).hasMessageContaining("../x");
    }
}
