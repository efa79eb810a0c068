package io.nas4j.morph;

import static io.nas4j.space.Grammar.batchNorm;
import static io.nas4j.space.Grammar.chain;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.input;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.ref;
import static io.nas4j.space.Grammar.relu;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static io.nas4j.space.Grammar.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nas4j.nn.ExecutionMode;
import io.nas4j.nn.Executor;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Normaliser;
import io.nas4j.nn.Program;
import io.nas4j.nn.Slot;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child that has grown out of its parent computes what the parent did. */
class InheritanceIT {

    /** Each decision's options in the order in which one grows out of the one before. */
    private static final SearchSpace GROWING = growing();

    private static SearchSpace growing() {
        Map<String, Node> shared = new LinkedHashMap<>();
        for (int i = 1; i <= 3; i++) {
            shared.put(
                    "block " + i,
                    chain(
                            choice(
                                    "kernel",
                                    with("kernel", 1),
                                    with("kernel", 3),
                                    with("kernel", 5)),
                            choice("filters", with("channels", 6), with("channels", 9)),
                            op("conv"),
                            batchNorm(),
                            relu()));
        }
        Node edge = choice("edge", none(), norConv(1), norConv(3));
        shared.put(
                "cell",
                new Node.Cell(
                        1,
                        List.of(
                                new Node.Join(
                                        Node.Merge.SUM,
                                        List.of(chain(input(0), skip()), chain(input(0), edge)))),
                        Node.Merge.LAST));
        return SearchSpace.of(
                "growing",
                chain(
                        stem(6),
                        ref("cell"),
                        relu(),
                        choice(
                                "depth",
                                new Node.Chain(List.of(ref("block 1"))),
                                chain(ref("block 1"), ref("block 2")),
                                chain(ref("block 1"), ref("block 2"), ref("block 3"))),
                        classifier()),
                shared);
    }

    private static Architecture architecture(Map<String, Integer> answers) {
        return GROWING.choose(decision -> answer(decision, answers));
    }

    private static int answer(Decision decision, Map<String, Integer> answers) {
        return answers.getOrDefault(decision.id(), 0);
    }

    private static Program program(Architecture architecture) {
        return Networks.lower(GROWING.network(architecture), new InputShape(1, 8, 8), 4, 1);
    }

    /** Weights and statistics as a training leaves them: none at its first value. */
    private static WeightSet trained(Architecture architecture, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Program program = program(architecture);
        List<float[]> arrays = new ArrayList<>();
        for (Slot slot : program.slots()) {
            float[] array = new float[(int) slot.size()];
            boolean positive =
                    slot.role() == Slot.Role.GAMMA || slot.role() == Slot.Role.RUNNING_VARIANCE;
            for (int i = 0; i < array.length; i++) {
                array[i] =
                        (float) (positive ? 0.5 + random.nextDouble() : random.nextDouble() - 0.5);
            }
            arrays.add(array);
        }
        return new WeightSet(program, arrays);
    }

    private static float[] outputs(WeightSet weights) {
        try (NDManager manager = NDManager.newBaseManager()) {
            SplittableRandom random = new SplittableRandom(5);
            float[] pixels = new float[3 * 64];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (float) (2 * random.nextDouble() - 1);
            }
            NDArray x = manager.create(FloatBuffer.wrap(pixels), new Shape(3, 1, 8, 8));
            List<NDArray> slots =
                    IntStream.range(0, weights.arrays().size())
                            .mapToObj(
                                    i ->
                                            manager.create(
                                                    FloatBuffer.wrap(weights.arrays().get(i)),
                                                    weights.program().slots().get(i).dimensions()))
                            .toList();
            ExecutionMode run = new ExecutionMode(false, 0, Normaliser.BATCH);
            return Executor.run(weights.program(), x, slots, run).toFloatArray();
        }
    }

    private static WeightSet child(WeightSet parent, Architecture architecture, long seed) {
        WeightSet fresh = WeightSet.initial(program(architecture), new SplittableRandom(seed));
        return Inheritance.of(parent, fresh).weights();
    }

    /** Sums of some hundred terms of size 1 in single precision, in another order. */
    private static void assertSame(WeightSet parent, WeightSet child) {
        float[] before = outputs(parent);
        float[] after = outputs(child);
        for (int i = 0; i < before.length; i++) {
            assertThat((double) after[i])
                    .isCloseTo(before[i], org.assertj.core.api.Assertions.within(1e-5));
        }
    }

    private static boolean differ(float[] one, float[] two) {
        return IntStream.range(0, one.length).anyMatch(i -> Math.abs(one[i] - two[i]) > 1e-3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kernel 1 to 3: block 1/kernel=1",
                "kernel 1 to 5: block 1/kernel=2",
                "wider: block 1/filters=1",
                "branch: cell/v1/edge=1",
                "deeper: depth=1",
                "deeper by a larger kernel: depth=1 block 2/kernel=2",
                "deeper by two: depth=2 block 3/kernel=1",
                "deeper and wider: depth=1 block 2/filters=1",
                "all at once: block 1/kernel=1 depth=1 cell/v1/edge=2 block 2/kernel=1"
            })
    void whatHasGrownComputesWhatItDid(String growth) {
        Architecture before = architecture(Map.of());
        WeightSet parent = trained(before, 1);
        Architecture after = architecture(answers(growth.substring(growth.indexOf(':') + 1)));
        WeightSet child = child(parent, after, 2);
        assertThat(after).isNotEqualTo(before);
        assertSame(parent, child);
        // the twin: without inheritance, and with copies of equal arrays alone
        WeightSet fresh = WeightSet.initial(program(after), new SplittableRandom(2));
        assertThat(differ(outputs(parent), outputs(fresh))).isTrue();
        assertThat(differ(outputs(parent), outputs(copied(parent, fresh)))).isTrue();
    }

    private static Map<String, Integer> answers(String text) {
        Map<String, Integer> answers = new LinkedHashMap<>();
        for (String word : text.strip().split(" (?=block|depth|cell)")) {
            String[] both = word.split("=");
            answers.put(both[0], Integer.valueOf(both[1]));
        }
        return answers;
    }

    /** What is of one name and shape, and nothing else. */
    private static WeightSet copied(WeightSet parent, WeightSet fresh) {
        List<float[]> arrays = new ArrayList<>(fresh.arrays());
        for (int i = 0; i < arrays.size(); i++) {
            int at = parent.program().slots().indexOf(fresh.program().slots().get(i));
            if (at >= 0) {
                arrays.set(i, parent.arrays().get(at));
            }
        }
        return new WeightSet(fresh.program(), arrays);
    }

    @Test
    void soDoesEveryNetworkOfARandomSequenceOfGrowths() {
        for (int run = 0; run < 20; run++) {
            SplittableRandom random = new SplittableRandom(run);
            Map<String, Integer> answers = new LinkedHashMap<>();
            WeightSet first = trained(architecture(answers), run);
            WeightSet weights = first;
            for (int step = 0; step < 5; step++) {
                grow(answers, random);
                weights = child(weights, architecture(answers), 100L * run + step);
            }
            assertSame(first, weights);
        }
    }

    /** One decision moves to its next option; a new block is as wide as the one before it. */
    private static void grow(Map<String, Integer> answers, SplittableRandom random) {
        List<Decision> open =
                GROWING.walk(architecture(answers)).decisions().stream()
                        .filter(d -> answers.getOrDefault(d.id(), 0) < d.options() - 1)
                        .toList();
        if (open.isEmpty()) {
            return;
        }
        String grown = open.get(random.nextInt(open.size())).id();
        int now = answers.merge(grown, 1, Integer::sum);
        if (grown.equals("depth")) {
            answers.put(
                    "block " + (now + 1) + "/filters",
                    answers.getOrDefault("block " + now + "/filters", 0));
        }
    }

    @Test
    void theSameArchitectureInheritsEverything() {
        WeightSet parent = trained(architecture(Map.of()), 3);
        Inheritance same =
                Inheritance.of(
                        parent, WeightSet.initial(parent.program(), new SplittableRandom(4)));
        assertThat(same.inherited()).isEqualTo(1);
        assertThat(outputs(same.weights())).isEqualTo(outputs(parent));
    }

    @Test
    void aSmallerChildInheritsWhatIsLeft() {
        Architecture large = architecture(Map.of("block 1/kernel", 2, "block 1/filters", 1));
        Inheritance small =
                Inheritance.of(
                        trained(large, 3),
                        WeightSet.initial(
                                program(architecture(Map.of())), new SplittableRandom(4)));
        assertThat(small.inherited()).isEqualTo(1);
        Inheritance back =
                Inheritance.of(
                        trained(architecture(Map.of()), 3),
                        WeightSet.initial(program(large), new SplittableRandom(4)));
        assertThat(back.inherited()).isBetween(0.05, 0.95);
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() {
        WeightSet parent = trained(architecture(Map.of()), 3);
        Program other = program(architecture(Map.of("block 1/filters", 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeightSet(other, parent.arrays()))
                .withMessageContaining("but was given")
                .withMessageContaining("Try the weights of the same architecture");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WeightSet(other, List.of()))
                .withMessageContaining("was given 0");
    }
}
