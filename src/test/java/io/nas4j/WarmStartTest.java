package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.search.Budget;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Tpe;
import io.nas4j.trial.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmStartTest {

    private static final SearchSpace SPACE = Spaces.nasBench201(4, 1);

    @TempDir Path folder;

    private static Search search() {
        return Nas.space(SPACE)
                .estimator("sum", c -> c.architecture().choices().stream().mapToInt(i -> i).sum())
                .strategy(new Evolution().population(5).tournament(3))
                .budget(Budget.trials(8))
                .quiet();
    }

    private static List<Architecture> tried(SearchResult result) {
        return result.history().trials().stream().map(Trial::architecture).toList();
    }

    @Test
    void theFirstTrialsAreThoseThatWereGiven() {
        SplittableRandom random = new SplittableRandom(5);
        Architecture a = SPACE.sample(random);
        Architecture b = SPACE.sample(random);
        SearchResult result = search().tryFirst(a, b).tryFirst(a).run();
        assertThat(tried(result).subList(0, 2)).containsExactly(a, b);
        assertThat(tried(result)).hasSize(8).doesNotHaveDuplicates();
    }

    /** The strategy learns from them: with a population of good ones, all children are theirs. */
    @Test
    void whatIsTriedFirstIsLearntFrom() {
        Architecture[] good =
                IntStream.range(0, 5)
                        .mapToObj(i -> new Architecture("nas-bench-201", List.of(4, 4, 4, 4, 4, i)))
                        .toArray(Architecture[]::new);
        List<Architecture> children = tried(search().tryFirst(good).run()).subList(5, 8);
        for (Architecture child : children) {
            assertThat(child.choices().stream().filter(choice -> choice == 4).count())
                    .isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void anEarlierSearchIsGoneOnFromAndStaysWhereItIs() {
        SearchResult earlier = search().budget(Budget.trials(40)).run();
        SearchResult warm = search().seed(3).startFrom(earlier.history()).run();
        SearchResult cold = search().seed(3).run();
        assertThat(warm.history().size()).isEqualTo(8);
        assertThat(warm.history().trials().get(0).number()).isZero();
        Set<Architecture> known = new HashSet<>(tried(earlier));
        assertThat(tried(warm)).doesNotContainAnyElementsOf(known);
        // of children, not of random draws
        assertThat(mean(warm)).isGreaterThan(mean(cold) + 2);
        assertThat(search().strategy(new Tpe()).startFrom(earlier.history()).run().history().size())
                .isEqualTo(8);
    }

    private static double mean(SearchResult result) {
        return result.history().trials().stream()
                .mapToDouble(trial -> trial.score().orElseThrow())
                .average()
                .orElseThrow();
    }

    @Test
    void aKilledWarmSearchResumesExactly() throws Exception {
        Path first = folder.resolve("first.jsonl");
        search().journal(first).budget(Budget.trials(20)).run();
        Architecture given = SPACE.sample(new SplittableRandom(9));
        Search warm = search().startFrom(first).tryFirst(given).seed(4);
        List<Architecture> whole = tried(warm.run());
        Path journal = folder.resolve("warm.jsonl");
        warm.journal(journal).budget(Budget.trials(3)).run();
        assertThat(tried(warm.journal(journal).run())).isEqualTo(whole);
        // the journal knows what it began with
        Path second = folder.resolve("second.jsonl");
        search().seed(8).journal(second).budget(Budget.trials(20)).run();
        Search other = search().startFrom(second).tryFirst(given).seed(4).journal(journal);
        assertThatThrownBy(other::run).hasMessageContaining("belongs to another search");
        assertThatThrownBy(search().seed(4).journal(journal)::run)
                .hasMessageContaining("belongs to another search");
        assertThat(Files.size(journal)).isPositive();
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeTheFirstTrial() {
        SearchResult earlier = search().run();
        assertThatThrownBy(search().estimator("other", c -> 1).startFrom(earlier.history())::run)
                .hasMessageContaining("the earlier search has sum, this one other");
        assertThatThrownBy(
                        Nas.space(Spaces.chain(2))
                                        .estimator("sum", c -> 1)
                                        .startFrom(earlier.history())
                                        .quiet()
                                ::run)
                .hasMessageContaining("none of its 8 scored trials is of it");
        assertThatThrownBy(search().tryFirst(new Architecture("nas-bench-201", List.of(9)))::run)
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(search().strategy(new Hyperband()).startFrom(earlier.history())::run)
                .hasMessageContaining("Try EVOLUTION or TPE");
        assertThatThrownBy(() -> search().startFrom(folder.resolve("none")))
                .hasMessageContaining("must be a file that can be read");
    }

    /** Random search learns nothing, but does not draw what is known. */
    @Test
    void randomSearchDrawsWhatIsNew() {
        SearchResult earlier = search().run();
        SearchResult more =
                search().strategy(new RandomSearch()).startFrom(earlier.history()).run();
        assertThat(tried(more)).doesNotContainAnyElementsOf(tried(earlier));
    }
}
