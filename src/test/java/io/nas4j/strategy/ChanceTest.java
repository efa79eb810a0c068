package io.nas4j.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Chi-squared tests of everything that is drawn, each with a negative twin that must be rejected.
 *
 * <p>alpha = 1e-6. Five options have 4 degrees of freedom and the critical value 33.38. With n =
 * 30,000 a relative bias of 10% of one option has the non-centrality n·Σ(d²/p) = 75 and is found
 * with power 0.999; 20,000 would give 0.94, 10,000 only 0.31.
 */
class ChanceTest {

    private static final int N = 30_000;
    private static final double CRITICAL_4 = 33.38;
    private static final double CRITICAL_23 = 70.6;
    private static final double CRITICAL_1 = 23.93;
    private static final SearchSpace SPACE = Spaces.nasBench201(1, 1);

    private static double chiSquared(int[] counts, double... probabilities) {
        double total = 0;
        for (int count : counts) {
            total += count;
        }
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * probabilities[i];
            assertThat(expected).as("expected count").isGreaterThanOrEqualTo(10);
            sum += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return sum;
    }

    private static double[] uniform(int n) {
        double[] result = new double[n];
        java.util.Arrays.fill(result, 1.0 / n);
        return result;
    }

    private static int[] firstEdges(Supplier<Architecture> draws) {
        int[] counts = new int[5];
        for (int i = 0; i < N; i++) {
            counts[draws.get().choices().get(0)]++;
        }
        return counts;
    }

    @Test
    void samplesAreUniform() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(chiSquared(firstEdges(() -> SPACE.sample(random)), uniform(5)))
                .isLessThan(CRITICAL_4);
    }

    /** The twin: one option 10% more likely. */
    @Test
    void biasedSamplesAreRejected() {
        SplittableRandom random = new SplittableRandom(1);
        Supplier<Architecture> biased =
                () ->
                        SPACE.choose(
                                decision ->
                                        random.nextDouble() < 0.025
                                                ? 0
                                                : random.nextInt(decision.arity()));
        assertThat(chiSquared(firstEdges(biased), uniform(5))).isGreaterThan(CRITICAL_4);
    }

    private static final Architecture PARENT =
            new Architecture("nas-bench-201", List.of(0, 1, 2, 3, 4, 0));

    private static int[] edits(Supplier<Architecture> mutants) {
        int[] counts = new int[24];
        for (int i = 0; i < N; i++) {
            Architecture mutant = mutants.get();
            int edge = 0;
            while (mutant.choices().get(edge).equals(PARENT.choices().get(edge))) {
                edge++;
            }
            int before = PARENT.choices().get(edge);
            int after = mutant.choices().get(edge);
            counts[4 * edge + (after < before ? after : after - 1)]++;
        }
        return counts;
    }

    @Test
    void mutationsAreUniformOverAllEdits() {
        SplittableRandom random = new SplittableRandom(2);
        assertThat(chiSquared(edits(() -> SPACE.mutate(PARENT, random)), uniform(24)))
                .isLessThan(CRITICAL_23);
    }

    /** The twin: a mutation that adds one to an operation in a quarter of the cases. */
    @Test
    void biasedMutationsAreRejected() {
        SplittableRandom random = new SplittableRandom(2);
        Supplier<Architecture> biased =
                () -> {
                    Architecture mutant = SPACE.mutate(PARENT, random);
                    if (random.nextInt(4) > 0) {
                        return mutant;
                    }
                    List<Integer> choices = new ArrayList<>(PARENT.choices());
                    int edge = random.nextInt(6);
                    choices.set(edge, (choices.get(edge) + 1) % 5);
                    return new Architecture("nas-bench-201", choices);
                };
        assertThat(chiSquared(edits(biased), uniform(24))).isGreaterThan(CRITICAL_23);
    }

    private static int[] fromFirst(Supplier<Architecture> children) {
        int[] counts = new int[2];
        for (int i = 0; i < N; i++) {
            counts[children.get().choices().get(3) == 0 ? 0 : 1]++;
        }
        return counts;
    }

    private static Architecture all(int operation) {
        return new Architecture("nas-bench-201", java.util.Collections.nCopies(6, operation));
    }

    /** Power at 10% relative bias, non-centrality 300: above 0.999. */
    @Test
    void crossoverTakesFromBothParentsAlike() {
        SplittableRandom random = new SplittableRandom(3);
        assertThat(chiSquared(fromFirst(() -> SPACE.cross(all(0), all(1), random)), 0.5, 0.5))
                .isLessThan(CRITICAL_1);
    }

    @Test
    void biasedCrossoverIsRejected() {
        SplittableRandom random = new SplittableRandom(3);
        Supplier<Architecture> biased =
                () -> random.nextInt(20) == 0 ? all(0) : SPACE.cross(all(0), all(1), random);
        assertThat(chiSquared(fromFirst(biased), 0.5, 0.5)).isGreaterThan(CRITICAL_1);
    }

    /**
     * Five alive, scores 0 to 4; with replacement the best of 3 is rank r with (r³ - (r-1)³)/5³.
     */
    private static int[] winners(int tournament) {
        List<Trial> alive = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            alive.add(
                    new Trial(
                            i,
                            all(i),
                            "m",
                            Fidelity.NONE,
                            0,
                            OptionalInt.empty(),
                            new Outcome.Completed(Estimate.of(i))));
        }
        SplittableRandom random = new SplittableRandom(4);
        return firstEdges(() -> Evolution.parent(alive, tournament, random));
    }

    private static final double[] BEST_OF_3 = {
        1 / 125.0, 7 / 125.0, 19 / 125.0, 37 / 125.0, 61 / 125.0
    };

    @Test
    void tournamentsAreWonAsOften() {
        assertThat(chiSquared(winners(3), BEST_OF_3)).isLessThan(CRITICAL_4);
        assertThat(chiSquared(winners(1), uniform(5))).isLessThan(CRITICAL_4);
    }

    /** The twin: a tournament of two is no tournament of three. */
    @Test
    void anotherTournamentIsRejected() {
        assertThat(chiSquared(winners(2), BEST_OF_3)).isGreaterThan(CRITICAL_4);
    }
}
