package io.nas4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.space.Architecture;
import io.nas4j.space.Grammar;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final List<SearchSpace> ALL =
            List.of(
                    Spaces.cells(),
                    Spaces.darts(),
                    Spaces.nasnet(),
                    Spaces.nasBench201(),
                    Spaces.chain(),
                    Spaces.mlp(),
                    Spaces.zophLe(),
                    Spaces.hierarchical(),
                    SearchSpace.of(
                            "odd \"name\"\n\u2028é",
                            Grammar.subset(
                                    "zwei", 2, Grammar.skip(), Grammar.relu(), Grammar.none())));

    @Test
    void everySpaceComesBackEqual() {
        for (SearchSpace space : ALL) {
            SearchSpace back = Json.space(Json.write(space));
            assertThat(back).isEqualTo(space);
            assertThat(back.decisions()).isEqualTo(space.decisions());
            assertThat(Json.write(back)).isEqualTo(Json.write(space)).doesNotContain("\n");
        }
    }

    @Test
    void aNetworkIsASpaceAndComesBackToo() {
        SearchSpace space = Spaces.darts();
        SearchSpace network = space.network(space.sample(new SplittableRandom(3)));
        assertThat(Json.space(Json.write(network))).isEqualTo(network);
    }

    @Test
    void everyArchitectureComesBackEqual() {
        RandomGenerator random = new SplittableRandom(5);
        for (SearchSpace space : ALL) {
            for (int i = 0; i < 50; i++) {
                Architecture architecture = space.sample(random);
                assertThat(Json.architecture(space, Json.write(space, architecture)))
                        .isEqualTo(architecture);
            }
        }
    }

    @Test
    void anArchitectureIsReadByItsDecisionsInAnyOrderOrByItsListAlone() {
        SearchSpace space = pair();
        Architecture expected = new Architecture("pair", List.of(1, 0));
        assertThat(Json.write(space, expected))
                .isEqualTo(
                        "{\"nas4j\":1,\"kind\":\"architecture\",\"space\":\"pair\","
                                + "\"choices\":[1,0],\"decisions\":{\"a\":1,\"b\":0}}");
        assertThat(
                        Json.architecture(
                                space,
                                "{\"decisions\":{\"b\":0,\"a\":1},\"space\":\"pair\","
                                        + "\"kind\":\"architecture\",\"nas4j\":1}"))
                .isEqualTo(expected);
        assertThat(Json.architecture(space, architecture("\"choices\":[1,0]"))).isEqualTo(expected);
    }

    @Test
    void noTextYieldsAnInvalidArchitecture() {
        refuse("\"choices\":[1,2]", "an answer to \"b\" must be in [0, 2), but was 2.");
        refuse("\"choices\":[1]", "must answer \"b\", but it has 1 choices only");
        refuse("\"choices\":[1,0,0]", "must have 2 choices here, but has 3");
        refuse("\"choices\":[1,-1]", "must be in [0, 2), but was -1");
        refuse("\"choices\":[1,0.5]", "must be a list of integers, but holds 0.5");
        refuse("\"choices\":7", "must be a list of integers, but was 7");
        refuse("\"decisions\":{\"a\":1}", "field \"b\" is missing; there are [a]");
        refuse("\"decisions\":{\"a\":1,\"b\":0,\"c\":0}", "decisions must be those");
        refuse("\"decisions\":{\"a\":1,\"b\":0},\"choices\":[0,0]", "must agree");
        refuse("\"x\":0", "field \"choices\" is missing");
    }

    @Test
    void anotherSpacesArchitectureIsRefused() {
        String text = Json.write(pair(), new Architecture("pair", List.of(1, 0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.architecture(Spaces.darts(), text))
                .withMessage(
                        "an architecture of space \"darts\" was expected, but it is of \"pair\".");
    }

    @Test
    void everyTrialComesBackEqual() {
        RandomGenerator random = new SplittableRandom(11);
        for (SearchSpace space : ALL) {
            for (int i = 0; i < 40; i++) {
                Trial trial = trial(i, space, random);
                assertThat(Json.trial(space, Json.write(trial))).isEqualTo(trial);
                JournalJson.Entry entry =
                        new JournalJson.Entry(
                                trial, random.nextInt(i + 1), i % 3 == 0, Duration.ofNanos(i * 7L));
                assertThat(JournalJson.entry(space, JournalJson.write(entry))).isEqualTo(entry);
            }
        }
    }

    @Test
    void aHistoryComesBackWithItsSpaceInIt() {
        RandomGenerator random = new SplittableRandom(13);
        History history = History.empty("train");
        for (int i = 0; i < 25; i++) {
            history = history.plus(trial(i, Spaces.chain(), random));
        }
        History back = Json.history(Json.write(Spaces.chain(), history));
        assertThat(back.trials()).isEqualTo(history.trials());
        assertThat(back.best()).isEqualTo(history.best());
        assertThat(back.measure()).isEqualTo("train");
    }

    @Test
    void smallValuesComeBackEqual() {
        Fidelity fidelity = new Fidelity(3, 0.1, 1 / 3.0, 14, 9);
        assertThat(Json.fidelity(Json.write(fidelity))).isEqualTo(fidelity);
        for (long seed : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1}) {
            assertThat(Json.seeds(Json.write(new Seeds(seed)))).isEqualTo(new Seeds(seed));
        }
        OptionWeights weights =
                new OptionWeights(Map.of("a/b", List.of(0.1, Double.NaN, -0.0, 1e-300, 3.0)));
        assertThat(Json.weights(Json.write(weights))).isEqualTo(weights);
        Estimate estimate =
                new Estimate(
                        Math.nextUp(0.1),
                        Map.of("latency", Double.POSITIVE_INFINITY),
                        List.of(new Point(1, Double.NaN)),
                        new Cost(Duration.ofNanos(1), Long.MAX_VALUE, 1));
        assertThat(Json.estimate(Json.write(estimate))).isEqualTo(estimate);
    }

    @Test
    void whatIsNotJsonOfNas4jIsRefusedWithTheReason() {
        refuseSpace("", "the text is not JSON");
        refuseSpace("hello", "the text is not JSON (it starts with \"hello\")");
        refuseSpace("[1]", "a JSON object was expected");
        refuseSpace("{\"a\":1} x", "the mistake is at line 1 column 10");
        refuseSpace("{\"a\":1", "the text is not JSON");
        refuseSpace("{\"a\":null}", "but found NULL");
        refuseSpace("{\"a\":1,\"a\":2}", "must come once");
        refuseSpace("{\"a\":1}", "has fields \"nas4j\" and \"kind\", but this has [a]");
        refuseSpace("{\"nas4j\":2,\"kind\":\"space\"}", "this is of version 2. Try a newer");
        refuseSpace("{\"nas4j\":\"x\",\"kind\":\"space\"}", "must be an integer, but was \"x\"");
        refuseSpace("{\"nas4j\":1,\"kind\":\"trial\"}", "JSON of a space was expected");
        refuseSpace("{\"a\":".repeat(300) + "1" + "}".repeat(300), "");
        refuseSpace(space("{\"foo\":1}"), "a node must have one of op, input");
        refuseSpace(space("{\"join\":\"SUMM\",\"branches\":[]}"), "must be one of [SUM, MEAN");
        refuseSpace(space("{\"op\":\"warp\"}"), "unknown operation \"warp\"");
        refuseSpace(space("{\"chain\":[3]}"), "must be a list of objects, but holds 3");
        refuseSpace(space("{\"ref\":\"r\"}"), "reference \"r\" has no definition");
    }

    private static String space(String root) {
        return "{\"nas4j\":1,\"kind\":\"space\",\"name\":\"n\",\"root\":"
                + root
                + ",\"shared\":{}}";
    }

    private static void refuseSpace(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.space(text))
                .withMessageContaining(message);
    }

    private static void refuse(String fields, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.architecture(pair(), architecture(fields)))
                .withMessageContaining(message);
    }

    private static String architecture(String fields) {
        return "{\"nas4j\":1,\"kind\":\"architecture\",\"space\":\"pair\"," + fields + "}";
    }

    private static SearchSpace pair() {
        return SearchSpace.of(
                "pair",
                Grammar.choice("a", Grammar.skip(), Grammar.relu()),
                Grammar.choice("b", Grammar.skip(), Grammar.relu()));
    }

    private static Trial trial(int number, SearchSpace space, RandomGenerator random) {
        return new Trial(
                number,
                space.sample(random),
                random.nextBoolean() ? "train" : "supernet",
                new Fidelity(random.nextInt(20), 1 - random.nextDouble(), 0.5, random.nextInt(33)),
                random.nextLong(),
                random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(99)),
                outcome(random));
    }

    private static Outcome outcome(RandomGenerator random) {
        List<Point> curve = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            curve.add(new Point(curve.size() + 1, random.nextDouble()));
        }
        Cost cost =
                new Cost(
                        Duration.ofNanos(random.nextLong(1L << 50)),
                        random.nextLong(1L << 40),
                        random.nextLong(1L << 40));
        switch (random.nextInt(3)) {
            case 0 -> {
                return new Outcome.Failed("loss became NaN \"…\"", "at\n    there\t\\", cost);
            }
            case 1 -> {
                return new Outcome.Stopped("interrupted", curve, cost);
            }
            default -> {
                Map<String, Double> metrics = new LinkedHashMap<>();
                metrics.put("latency", random.nextGaussian());
                metrics.put("a", 3.0);
                OptionWeights learned =
                        random.nextBoolean()
                                ? OptionWeights.NONE
                                : new OptionWeights(
                                        Map.of(
                                                "normal/v2/edges",
                                                List.of(random.nextDouble(), random.nextDouble())));
                return new Outcome.Completed(
                        new Estimate(random.nextGaussian(), metrics, curve, cost),
                        learned,
                        random.nextBoolean() ? OptionalInt.of(1) : OptionalInt.empty());
            }
        }
    }
}
