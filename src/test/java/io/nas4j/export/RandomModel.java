package io.nas4j.export;

import io.nas4j.data.Answer;
import io.nas4j.data.Target;
import io.nas4j.json.ModelCard;
import io.nas4j.model.Classification;
import io.nas4j.model.Classifier;
import io.nas4j.model.NasModel;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Slot;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.train.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Models of networks drawn from many spaces, named by someone who means ill. */
final class RandomModel {

    static final String HOSTILE =
            "\"; System.exit(1); // \\u000a */ \"\"\" <script>alert(1)</script>";

    private RandomModel() {}

    static Stream<SearchSpace> spaces() {
        return Stream.of(
                Spaces.nasBench201(4, 1),
                Spaces.cells(4, 3, 2),
                Spaces.nasnet(4, 3, 2),
                Spaces.zophLe(2),
                Spaces.chain(2),
                Spaces.mobile(1, 4, 8),
                Spaces.hierarchical(),
                Spaces.mlp(2));
    }

    /** Weights and statistics drawn at random, so that a slot out of place shows. */
    static NasModel of(SearchSpace space, long seed) {
        return of(space, seed, HOSTILE);
    }

    static NasModel of(SearchSpace space, long seed, String name) {
        SplittableRandom random = new SplittableRandom(seed);
        SearchSpace network = space.network(space.sample(random));
        boolean rows = space.name().startsWith("mlp");
        InputShape input = rows ? InputShape.rows(5) : new InputShape(2, 9, 9);
        List<Tensor> weights = new ArrayList<>();
        for (Slot slot : Networks.lower(network, input, 3, 1).slots()) {
            float[] values = new float[(int) slot.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        slot.role() == Slot.Role.RUNNING_VARIANCE
                                ? 0.5f + random.nextFloat()
                                : 0.8f * random.nextFloat() - 0.3f;
            }
            weights.add(
                    new Tensor(
                            slot.name(),
                            slot.shape().stream().map(Integer::longValue).toList(),
                            values));
        }
        return new NasModel(
                new ModelCard(
                        network,
                        input.channels(),
                        input.height(),
                        input.width(),
                        !rows,
                        Optional.empty(),
                        Answer.classes(List.of("plain", name, "äöü 😀")),
                        Collections.nCopies(input.channels(), 0.01),
                        Collections.nCopies(input.channels(), -0.4),
                        Map.of("author", name, name, "key")),
                weights);
    }

    /** Three outputs that are no classes: numbers in their own units, and labels. */
    static List<Answer> otherAnswers() {
        return List.of(
                new Answer(
                        Target.Kind.NUMBERS,
                        List.of("plain", HOSTILE, "äöü 😀"),
                        List.of(2.0, 0.5, 1.0),
                        List.of(-1.0, 3.0, 0.0)),
                new Answer(Target.Kind.LABELS, List.of("plain", HOSTILE, "äöü 😀")));
    }

    /** The same network, whose outputs mean something else. */
    static NasModel answering(NasModel model, Answer answer) {
        ModelCard card = model.card();
        return new NasModel(
                new ModelCard(
                        card.network(),
                        card.channels(),
                        card.height(),
                        card.width(),
                        card.images(),
                        card.encoding(),
                        answer,
                        card.scale(),
                        card.offset(),
                        card.provenance()),
                model.weights());
    }

    /** What the model answers to some examples, of whatever kind it is: one number an output. */
    static float[][] expected(NasModel model, float[] examples) {
        List<String> names = model.card().answer().names();
        try (Classifier open = model.open("cpu")) {
            return switch (model.card().answer().kind()) {
                case NUMBERS -> open.numbers(examples);
                case CLASSES ->
                        open.predict(examples).stream()
                                .map(Classification::probabilities)
                                .toArray(float[][]::new);
                case LABELS ->
                        open.labels(examples).stream()
                                .map(
                                        labels -> {
                                            float[] all = new float[names.size()];
                                            for (int i = 0; i < all.length; i++) {
                                                all[i] = labels.get(names.get(i)).floatValue();
                                            }
                                            return all;
                                        })
                                .toArray(float[][]::new);
            };
        }
    }

    /** Numbers in [0, 1) for some examples. */
    static float[] examples(ModelCard card, int count) {
        float[] numbers = new float[count * card.channels() * card.height() * card.width()];
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat();
        }
        return numbers;
    }
}
