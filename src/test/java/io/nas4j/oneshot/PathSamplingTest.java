package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PathSamplingTest {

    private static final SearchSpace DENSE = Spaces.nasBench201(4, 1);

    @Test
    void aFairRoundAsksForEachOptionOfEachDecisionOnce() {
        for (int seed = 0; seed < 20; seed++) {
            List<Architecture> round = PathSampling.FAIR.round(DENSE, new SplittableRandom(seed));
            assertThat(round).hasSize(5);
            assertThat(counts(DENSE, round).values()).hasSize(6 * 5).containsOnly(1);
        }
    }

    /** Five draws of each of six decisions are permutations in one of 10^8 cases. */
    @Test
    void uniformDrawsAreNotFair() {
        SplittableRandom random = new SplittableRandom(1);
        List<Architecture> five =
                java.util.stream.IntStream.range(0, 5)
                        .mapToObj(i -> PathSampling.UNIFORM.round(DENSE, random).get(0))
                        .toList();
        assertThat(counts(DENSE, five).values()).contains(2);
    }

    /** Decisions of one, three and more options: none is asked for twice before all were once. */
    @Test
    void decisionsOfFewerOptionsTakeTurns() {
        SearchSpace space = Spaces.darts(4, 3);
        int largest =
                space.walk(space.sample(new SplittableRandom(1))).decisions().stream()
                        .mapToInt(Decision::arity)
                        .max()
                        .orElseThrow();
        List<Architecture> round = PathSampling.FAIR.round(space, new SplittableRandom(3));
        assertThat(round).hasSize(largest);
        assertThat(PathSampling.FAIR.paths(space)).isEqualTo(largest);
        Decision always = first(space);
        List<Integer> times =
                counts(space, round).entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(always.id() + "="))
                        .map(Map.Entry::getValue)
                        .toList();
        assertThat(times.stream().mapToInt(i -> i).sum()).isEqualTo(largest);
        assertThat(
                        times.stream().max(Comparator.naturalOrder()).orElseThrow()
                                - times.stream().min(Comparator.naturalOrder()).orElseThrow())
                .isLessThanOrEqualTo(1);
    }

    private static Decision first(SearchSpace space) {
        return space.walk(space.sample(new SplittableRandom(1))).decisions().get(0);
    }

    /** How often each answer is given, by decision and answer. */
    private static Map<String, Integer> counts(SearchSpace space, List<Architecture> round) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Architecture architecture : round) {
            space.answers(architecture)
                    .forEach((id, answer) -> counts.merge(id + "=" + answer, 1, Integer::sum));
        }
        return counts;
    }
}
