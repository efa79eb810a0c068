package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.oneshot.PathEvolution.Scored;
import io.nas4j.space.Architecture;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class PathEvolutionTest {

    private static final SearchSpace SPACE = Spaces.nasBench201(1, 1);
    private static final PathEvolution EVOLUTION = new PathEvolution(20, 5, 5, 0.1);

    /** How many of six edges are 3×3 convolutions. */
    private static double convolutions(Architecture architecture) {
        return architecture.choices().stream().filter(choice -> choice == 3).count();
    }

    private static List<Scored> run(
            SearchSpace space, ToDoubleFunction<Architecture> score, long seed) {
        List<Scored> scored = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (var next = EVOLUTION.next(space, scored, random);
                next.isPresent();
                next = EVOLUTION.next(space, scored, random)) {
            Architecture found = next.get();
            scored.add(new Scored(found, OptionalDouble.of(score.applyAsDouble(found))));
        }
        return scored;
    }

    private static double mean(List<Scored> generation) {
        return generation.stream()
                .mapToDouble(scored -> convolutions(scored.architecture()))
                .average()
                .orElseThrow();
    }

    @Test
    void generationsGetBetterAtWhatIsScored() {
        List<Scored> scored = run(SPACE, PathEvolutionTest::convolutions, 1);
        assertThat(scored).hasSize(100);
        assertThat(mean(scored.subList(0, 20))).isBetween(0.6, 1.8);
        assertThat(mean(scored.subList(80, 100))).isGreaterThan(2.7);
    }

    @Test
    void withoutAScoreThatSaysAnythingTheyDoNot() {
        List<Scored> scored = run(SPACE, architecture -> 0.5, 1);
        assertThat(mean(scored.subList(80, 100))).isLessThan(2.2);
    }

    @Test
    void noArchitectureComesTwiceAndAnExhaustedSpaceEnds() {
        SearchSpace small =
                SearchSpace.of(
                        "small",
                        Grammar.choice("first", Grammar.skip(), Grammar.norConv(1)),
                        Grammar.choice("second", Grammar.skip(), Grammar.norConv(3)));
        List<Scored> scored = run(small, architecture -> 0.5, 1);
        Set<Architecture> distinct = new HashSet<>();
        scored.forEach(candidate -> distinct.add(candidate.architecture()));
        assertThat(scored).hasSize(4);
        assertThat(distinct).hasSize(4);
    }

    @Test
    void candidatesThatFailedCountAndHaveNoOffspring() {
        List<Scored> failed = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100; i++) {
            Architecture next = EVOLUTION.next(SPACE, failed, random).orElseThrow();
            failed.add(new Scored(next, OptionalDouble.empty()));
        }
        assertThat(EVOLUTION.next(SPACE, failed, random)).isEmpty();
    }

    /** Half a generation are mutants: an answer in ten is drawn anew, a fifth of those the same. */
    @Test
    void aMutantDiffersInAboutOneAnswerInTen() {
        PathEvolution wide = new PathEvolution(4000, 2, 1, 0.1);
        SearchSpace large = Spaces.darts(1, 3);
        List<Scored> first = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 4000; i++) {
            first.add(new Scored(large.sample(random), OptionalDouble.of(i == 17 ? 1 : 0)));
        }
        Architecture parent = first.get(17).architecture();
        int differ = 0;
        int all = 0;
        for (int i = 0; i < 500; i++) {
            Architecture mutant = wide.next(large, first, random).orElseThrow();
            var answers = large.answers(mutant);
            for (var kept : large.answers(parent).entrySet()) {
                // what depends on a changed answer may not be reached any more
                if (answers.containsKey(kept.getKey()) && kept.getKey().endsWith("/op")) {
                    all++;
                    differ += answers.get(kept.getKey()).equals(kept.getValue()) ? 0 : 1;
                }
            }
        }
        assertThat((double) differ / all).isBetween(0.07, 0.105);
    }
}
