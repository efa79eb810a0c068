package io.nas4j.hardware;

import static io.nas4j.Nas.multiplyAdds;
import static io.nas4j.Nas.parameters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.json.Json;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkSizeTest {

    private static final Data IMAGES = Readers.fashionMnistSample();
    private static final SearchSpace SPACE = Spaces.nasBench201(8, 1);

    @TempDir Path folder;

    private static Counts counts(Architecture architecture, int channels, int classes) {
        InputShape input = new InputShape(channels, 28, 28);
        return Counts.of(SPACE.network(architecture), input, classes, 1);
    }

    @Test
    void onlyNetworksWithinTheLimitsAreDrawn() {
        SearchSpace space =
                SPACE.where(
                        parameters().between(20_000, 30_000).and(multiplyAdds().atMost(2_000_000)));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            Counts counts = counts(space.sample(random), 1, 10);
            assertThat(counts.parameters()).isBetween(20_000L, 30_000L);
            assertThat(counts.multiplyAdds()).isLessThanOrEqualTo(2_000_000);
        }
        SearchSpace large = SPACE.where(parameters().atLeast(60_000));
        assertThat(counts(large.sample(random), 1, 10).parameters()).isGreaterThanOrEqualTo(60_000);
    }

    @Test
    void networksAreCountedBetweenTheSearchsData() {
        SearchSpace limited = SPACE.where(parameters().atMost(18_594));
        Architecture empty = new Architecture(SPACE.name(), List.of(0, 0, 0, 0, 0, 0));
        assertThat(counts(empty, 1, 10).parameters()).isEqualTo(18_594);
        assertThat(limited.admits(empty)).isTrue();
        assertThat(limited.on(3, 32, 32, 10, "cpu").admits(empty)).isFalse();
        Data more =
                Data.images(
                        "more",
                        new byte[22 * 28 * 28],
                        1,
                        28,
                        28,
                        IntStream.range(0, 22).map(i -> i % 11).toArray(),
                        List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"));
        assertThat(new Task(limited, more, new Seeds(1)).space().admits(empty)).isFalse();
        assertThat(new Task(limited, IMAGES, new Seeds(1)).space().admits(empty)).isTrue();
    }

    @Test
    void aLimitBelowEveryNetworkIsRefusedBeforeAnyTrialWithTheNearest() {
        AtomicInteger estimated = new AtomicInteger();
        PerformanceEstimator counting =
                PerformanceEstimator.of("counting", candidate -> estimated.incrementAndGet());
        SearchLoop loop = new SearchLoop(search(SPACE.where(parameters().atMost(10)), counting));
        assertThatIllegalArgumentException()
                .isThrownBy(loop::run)
                .withMessage(
                        "an architecture of \"nas-bench-201\" must have at most 10 parameters, but"
                                + " none of 10,000 random ones does; the nearest has 18,594"
                                + " parameters. Try a wider limit.");
        assertThat(estimated).hasValue(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parameters().atMost(0))
                .withMessage("a limit of parameters must be at least 1, but was 0.");
        assertThatIllegalArgumentException().isThrownBy(() -> parameters().between(5, 4));
    }

    private static SearchSpec search(SearchSpace space, PerformanceEstimator estimator) {
        return SearchSpec.of(
                new Task(space, IMAGES, new Seeds(3)),
                new Evolution(4, 2, 0.5),
                estimator,
                Budget.trials(20));
    }

    @Test
    void aSearchUnderAnotherLimitIsAnotherSearchToItsJournal() {
        PerformanceEstimator fixed = PerformanceEstimator.of("fixed", candidate -> 0.5);
        Path journal = folder.resolve("limited.jsonl");
        SearchSpec first = search(SPACE.where(parameters().atMost(30_000)), fixed).journal(journal);
        List<?> trials = new SearchLoop(first).run().history().trials();
        assertThat(new SearchLoop(first).run().history().trials()).isEqualTo(trials);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        new SearchLoop(
                                        search(SPACE.where(parameters().atMost(40_000)), fixed)
                                                .journal(journal))
                                ::run)
                .withMessageContaining("belongs to another search")
                .withMessageContaining(
                        "constraints is at most 30,000 parameters there, but at most 40,000"
                                + " parameters here");
        assertThatIllegalArgumentException()
                .isThrownBy(new SearchLoop(search(SPACE, fixed).journal(journal))::run)
                .withMessageContaining("belongs to another search");
    }

    @Test
    void textKeepsTheNamesOfConstraints() {
        SearchSpace space = SPACE.where(parameters().atMost(30_000));
        SearchSpace read = Json.space(Json.write(space));
        assertThat(read).isEqualTo(space).isNotEqualTo(SPACE);
        assertThat(read.where(parameters().atMost(30_000)).sample(new SplittableRandom(1)))
                .isEqualTo(space.sample(new SplittableRandom(1)));
        assertThat(Json.space(Json.write(SPACE))).isEqualTo(SPACE);
    }
}
