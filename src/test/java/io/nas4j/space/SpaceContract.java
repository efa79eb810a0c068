package io.nas4j.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must hold in every space: extend it and name yours. */
public abstract class SpaceContract {

    private static final int DRAWS = 200;

    /**
     * The space under test, with at least two architectures.
     *
     * @return a space
     */
    protected abstract SearchSpace space();

    @Test
    void everySampleWalksAgainAndDecodesWithoutHoles() {
        SearchSpace space = space();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < DRAWS; i++) {
            Architecture sample = space.sample(random);
            assertThat(space.walk(sample).architecture()).isEqualTo(sample);
            assertThat(space.network(sample).size()).isEqualTo(1);
            assertThat(space.network(sample).decisions()).isEmpty();
            assertThat(space.decode(sample).toString())
                    .doesNotContain("Choice[", "Subset[", "Ref[");
        }
    }

    /** A search asks for it without building the network. */
    @Test
    void anArchitectureHasTheFingerprintOfItsNetwork() {
        SearchSpace space = space();
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < DRAWS; i++) {
            Architecture sample = space.sample(random);
            SearchSpace network = space.network(sample);
            assertThat(space.fingerprint(sample))
                    .isEqualTo(network.fingerprint(new Architecture(network.name(), List.of())));
        }
    }

    @Test
    void sameSeedGivesSameSampleAndOtherSeedsDiffer() {
        SearchSpace space = space();
        List<Architecture> first = samples(space, 7);
        assertThat(samples(space, 7)).isEqualTo(first);
        assertThat(samples(space, 8)).isNotEqualTo(first);
    }

    @Test
    void mutateChangesExactlyOneDecision() {
        SearchSpace space = space();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < DRAWS; i++) {
            Architecture parent = space.sample(random);
            Walk before = space.walk(parent);
            Walk after = space.walk(space.mutate(parent, random));
            List<String> changed = new ArrayList<>();
            Map<String, Integer> answers = answers(after);
            answers(before)
                    .forEach(
                            (id, answer) -> {
                                if (answers.containsKey(id) && !answers.get(id).equals(answer)) {
                                    changed.add(id);
                                }
                            });
            assertThat(changed).hasSize(1);
        }
    }

    @Test
    void crossTakesEveryAnswerFromAParentThatMetTheDecision() {
        SearchSpace space = space();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < DRAWS; i++) {
            Architecture a = space.sample(random);
            Architecture b = space.sample(random);
            Map<String, Integer> left = answers(space.walk(a));
            Map<String, Integer> right = answers(space.walk(b));
            answers(space.walk(space.cross(a, b, random)))
                    .forEach(
                            (id, answer) -> {
                                if (left.containsKey(id) || right.containsKey(id)) {
                                    assertThat(answer).isIn(left.get(id), right.get(id));
                                }
                            });
        }
    }

    @Test
    void deriveTakesTheBestLikedOptions() {
        SearchSpace space = space();
        Walk walk =
                space.walk(
                        space.derive(
                                (decision, option) ->
                                        (option * 7 + decision.id().length())
                                                % decision.options()));
        for (int i = 0; i < walk.decisions().size(); i++) {
            Decision decision = walk.decisions().get(i);
            List<Integer> picked = decision.picked(walk.architecture().choices().get(i));
            double worstPicked =
                    picked.stream().mapToDouble(o -> score(decision, o)).min().orElseThrow();
            for (int option = 0; option < decision.options(); option++) {
                if (!picked.contains(option)) {
                    assertThat(score(decision, option)).isLessThanOrEqualTo(worstPicked);
                }
            }
        }
    }

    @Test
    void fingerprintsAreStableAndDifferBetweenSomeArchitectures() {
        SearchSpace space = space();
        List<Architecture> samples = samples(space, 5);
        List<String> prints = samples.stream().map(space::fingerprint).toList();
        assertThat(samples.stream().map(space::fingerprint).toList()).isEqualTo(prints);
        assertThat(prints.stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void streamStartsWithTheFirstAnswersAndCountsUp() {
        SearchSpace space = space();
        List<Architecture> first = space.stream().limit(500).toList();
        assertThat(first).doesNotHaveDuplicates();
        assertThat(first.get(0).choices()).containsOnly(0);
        if (space.size().bitLength() < 9) {
            assertThat(space.size()).isEqualTo(first.size());
        }
    }

    @Test
    void aForeignOrMutilatedArchitectureIsRefused() {
        SearchSpace space = space();
        Architecture sample = space.sample(new SplittableRandom(4));
        assertThatThrownBy(() -> space.walk(new Architecture("another", sample.choices())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another");
        List<Integer> longer = new ArrayList<>(sample.choices());
        longer.add(0);
        assertThatThrownBy(() -> space.walk(new Architecture(space.name(), longer)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choices");
        List<Integer> wrong = new ArrayList<>(sample.choices());
        wrong.set(0, 1_000_000);
        assertThatThrownBy(() -> space.walk(new Architecture(space.name(), wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000000");
    }

    private static double score(Decision decision, int option) {
        return (option * 7 + decision.id().length()) % decision.options();
    }

    private static List<Architecture> samples(SearchSpace space, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Architecture> samples = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            samples.add(space.sample(random));
        }
        return samples;
    }

    private static Map<String, Integer> answers(Walk walk) {
        Map<String, Integer> answers = new LinkedHashMap<>();
        for (int i = 0; i < walk.decisions().size(); i++) {
            answers.put(walk.decisions().get(i).id(), walk.architecture().choices().get(i));
        }
        return answers;
    }
}
