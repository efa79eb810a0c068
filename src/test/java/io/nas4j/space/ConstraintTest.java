package io.nas4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Spaces of which a part is left out. */
class ConstraintTest {

    private static final SearchSpace SPACE = Spaces.nasBench201(1, 1);

    /** At most so many 3×3 convolutions among the six edges. */
    private static Constraint convolutions(int most) {
        return new Counted("at most " + most + " convolutions", 3, most);
    }

    private record Counted(String name, int option, int most) implements Constraint {
        @Override
        public double excess(Walk walk) {
            return Math.max(0, count(walk) - most);
        }

        @Override
        public String found(Walk walk) {
            return count(walk) + " convolutions";
        }

        private long count(Walk walk) {
            return walk.architecture().choices().stream().filter(c -> c == option).count();
        }
    }

    private static long convolutions(Architecture architecture) {
        return architecture.choices().stream().filter(choice -> choice == 3).count();
    }

    @Test
    void whatIsDrawnVariedAndEnumeratedMeetsTheConstraint() {
        SearchSpace space = SPACE.where(convolutions(1));
        SplittableRandom random = new SplittableRandom(1);
        Architecture parent = space.sample(random);
        for (int i = 0; i < 300; i++) {
            Architecture sampled = space.sample(random);
            Architecture child = space.mutate(parent, random);
            assertThat(child).isNotEqualTo(parent);
            assertThat(List.of(sampled, child, space.cross(sampled, child, random)))
                    .allMatch(architecture -> convolutions(architecture) <= 1);
            parent = child;
        }
        assertThat(Neighbours.of(space, parent, 1))
                .isNotEmpty()
                .allMatch(architecture -> convolutions(architecture) <= 1);
        // 4^6 without a convolution, 6·4^5 with one
        assertThat(space.stream().count()).isEqualTo(4096 + 6144);
    }

    @Test
    void withoutItTheSameDrawsBreakIt() {
        SplittableRandom random = new SplittableRandom(1);
        long broken = 0;
        for (int i = 0; i < 300; i++) {
            broken += convolutions(SPACE.sample(random)) > 1 ? 1 : 0;
        }
        // one in three: 1 - 10240/15625
        assertThat(broken).isBetween(70L, 140L);
    }

    /** What meets the constraint keeps the chances that it has among itself. */
    @Test
    void samplesAreUniformOverWhatMeetsIt() {
        SearchSpace space =
                SearchSpace.of(
                                "small",
                                Grammar.choice("a", Grammar.skip(), Grammar.norConv(1)),
                                Grammar.choice("b", Grammar.skip(), Grammar.norConv(1)))
                        .where(Constraint.of("not both", w -> !choices(w).equals(List.of(1, 1))));
        SplittableRandom random = new SplittableRandom(5);
        var counts =
                random.ints(3000)
                        .mapToObj(i -> space.sample(random).choices())
                        .collect(Collectors.groupingBy(c -> c, Collectors.counting()));
        assertThat(counts).hasSize(3);
        // 1000 ± 5 standard deviations of 26
        assertThat(counts.values()).allMatch(count -> count > 870 && count < 1130);
    }

    private static List<Integer> choices(Walk walk) {
        return walk.architecture().choices();
    }

    @Test
    void theBestLikedThatMeetsItIsDerived() {
        // convolutions are liked most everywhere, on the first edges more than on the last
        OptionScores scores =
                (decision, option) ->
                        option == 3 ? 10 - decisionRank(decision) : option == 1 ? 1 : 0;
        assertThat(SPACE.derive(scores).choices()).containsOnly(3);
        assertThat(SPACE.where(convolutions(2)).derive(scores).choices())
                .containsExactly(3, 3, 1, 1, 1, 1);
        assertThat(SPACE.where(convolutions(6)).derive(scores).choices()).containsOnly(3);
    }

    private static int decisionRank(Decision decision) {
        return SPACE.decisions().stream().map(Decision::id).toList().indexOf(decision.id());
    }

    /** Too far off to be met by trying in order of liking: 1 of 5^20 architectures is left. */
    @Test
    void aDistantAnswerIsFoundByGoingDown() {
        Node[] steps = new Node[20];
        for (int i = 0; i < steps.length; i++) {
            steps[i] =
                    Grammar.choice(
                            "op" + i,
                            Grammar.skip(),
                            Grammar.norConv(1),
                            Grammar.norConv(3),
                            Grammar.sepConv(3),
                            Grammar.sepConv(5));
        }
        SearchSpace long20 =
                SearchSpace.of("long", steps).where(new Counted("no sep_conv_5x5", 4, 0));
        OptionScores scores = (decision, option) -> option;
        assertThat(long20.derive(scores).choices()).containsOnly(3).hasSize(20);
    }

    @Test
    void aYesOrNoThatIsFarOffIsMetBySamples() {
        SearchSpace space =
                SPACE.where(
                        Constraint.of(
                                "at most 1 convolution", w -> convolutions(w.architecture()) <= 1));
        OptionScores scores = (decision, option) -> option == 3 ? 2 : option == 1 ? 1 : 0;
        // one convolution, skips elsewhere: whatever the sample, nothing nearby loses less
        Architecture derived = space.derive(scores);
        assertThat(derived.choices()).containsOnlyOnce(3);
        assertThat(derived.choices().stream().filter(c -> c == 1)).hasSize(5);
    }

    @Test
    void whatNoSampleMeetsIsRefusedWithTheNearest() {
        SearchSpace none =
                SPACE.where(
                        new Constraint() {
                            @Override
                            public String name() {
                                return "at most -1 convolutions";
                            }

                            @Override
                            public double excess(Walk walk) {
                                return 1 + convolutions(walk.architecture());
                            }

                            @Override
                            public String found(Walk walk) {
                                return convolutions(walk.architecture()) + " convolutions";
                            }
                        });
        assertThatIllegalArgumentException()
                .isThrownBy(() -> none.sample(new SplittableRandom(1)))
                .withMessage(
                        "an architecture of \"nas-bench-201\" must have at most -1 convolutions, but"
                                + " none of 10,000 random ones does; the nearest has 0 convolutions."
                                + " Try a wider limit.");
    }

    @Test
    void aSpaceWithAConstraintIsAnotherOneKnownByItsName() {
        SearchSpace space = SPACE.where(convolutions(1));
        assertThat(space).isNotEqualTo(SPACE).isEqualTo(SPACE.where(convolutions(1)));
        assertThat(space).isNotEqualTo(SPACE.where(convolutions(2)));
        assertThat(space).hasToString(SPACE + ", of them those of at most 1 convolutions");
        assertThat(SPACE.where(convolutions(1).and(convolutions(2))).constraints())
                .singleElement()
                .satisfies(
                        both ->
                                assertThat(both.name())
                                        .isEqualTo(
                                                "at most 1 convolutions and at most 2"
                                                        + " convolutions"));
        assertThatIllegalArgumentException().isThrownBy(() -> Constraint.of(" ", walk -> true));
    }

    @Test
    void ofANameNothingIsKnownUntilTheConstraintItselfIsGiven() {
        SearchSpace read = SPACE.where(Constraint.named("at most 1 convolutions"));
        assertThat(read).isEqualTo(SPACE.where(convolutions(1)));
        assertThatThrownBy(() -> read.sample(new SplittableRandom(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only the name was read. Try where(..)");
        assertThat(read.where(convolutions(1)).sample(new SplittableRandom(1))).isNotNull();
    }

    /** Counts how often it is asked, as something that takes long. */
    private record Slow(Constraint like, boolean isMeasured, int[] asked) implements Constraint {
        @Override
        public String name() {
            return like.name() + " by a slow look";
        }

        @Override
        public double excess(Walk walk) {
            asked[0]++;
            return like.excess(walk);
        }

        @Override
        public String found(Walk walk) {
            return like.found(walk);
        }
    }

    @Test
    void whatIsMeasuredIsAskedOnlyWhereTheOthersAreMet() {
        int[] slow = {0};
        int[] fast = {0};
        Constraint measured = new Slow(convolutions(1), true, slow);
        Constraint counted = new Slow(convolutions(2), false, fast);
        for (SearchSpace space :
                List.of(SPACE.where(measured, counted), SPACE.where(measured.and(counted)))) {
            slow[0] = 0;
            fast[0] = 0;
            long admitted = space.stream().count();
            assertThat(admitted).isEqualTo(4096 + 6144);
            // 15·4^4 more with two convolutions
            assertThat(slow[0]).isEqualTo(4096 + 6144 + 3840);
            assertThat(fast[0]).isEqualTo(15_625);
        }
        // an order is kept: nearer is less, whether or not it was asked
        assertThat(excess(SPACE.where(measured, counted), 0, 0)).isZero();
        assertThat(excess(SPACE.where(measured, counted), 3, 0))
                .isLessThan(excess(SPACE.where(measured, counted), 3, 3));
    }

    private static double excess(SearchSpace space, int first, int second) {
        return space.excess(
                new Architecture(SPACE.name(), List.of(3, first, second, first, second, 0)));
    }

    @Test
    void aSpaceIsGivenUpAfterTwoHundredMeasurements() {
        int[] asked = {0};
        Constraint never = new Slow(convolutions(-1), true, asked);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SPACE.where(never).sample(new SplittableRandom(1)))
                .withMessageContaining("none of 200 random ones does; the nearest has 0 convol");
        assertThat(asked[0]).isLessThanOrEqualTo(201);
        asked[0] = 0;
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                SPACE.where(never.and(convolutions(0)))
                                        .sample(new SplittableRandom(1)))
                .withMessageContaining("the nearest has 0 convolutions")
                // about a quarter of all have none
                .withMessageMatching("(?s).*none of [67]\\d\\d random ones does.*");
        assertThat(asked[0]).isLessThanOrEqualTo(201);
    }
}
