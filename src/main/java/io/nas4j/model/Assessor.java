package io.nas4j.model;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Assessment;
import io.nas4j.analysis.LabelAssessment;
import io.nas4j.analysis.NumberAssessment;
import io.nas4j.data.Answer;
import io.nas4j.data.Data;
import io.nas4j.data.Target;
import io.nas4j.train.Devices;
import java.util.Arrays;
import java.util.List;

/**
 * Asks a model about examples of which the answer is known.
 *
 * @param model to be judged
 */
record Assessor(NasModel model) {

    private Answer answer() {
        return model.card().answer();
    }

    Assessment classes(Data data, int[] examples) {
        answer().requireKind(Target.Kind.CLASSES, "evaluate(data)");
        List<String> classes = model.card().classes();
        require(
                data.target().kind() == Target.Kind.CLASSES && data.classes().equals(classes),
                "the model answers %s, but the classes of \"%s\" are %s.",
                classes,
                data.name(),
                data.target().names());
        int[] labels = Arrays.stream(examples).map(i -> data.labels()[i]).toArray();
        try (Classifier classifier = model.open(Devices.AUTO)) {
            float[][] answers = classifier.probabilities(data, examples);
            return new Assessment(classes, examples, labels, answers).on(data);
        }
    }

    NumberAssessment numbers(Data data, int[] examples) {
        answer().requireKind(Target.Kind.NUMBERS, "evaluateNumbers(data)");
        requireSame(data);
        int[] judged = judged(data, examples);
        float[] values = ((Target.Numbers) data.target()).values();
        int width = answer().names().size();
        float[][] truth =
                Arrays.stream(judged)
                        .mapToObj(i -> Arrays.copyOfRange(values, i * width, (i + 1) * width))
                        .toArray(float[][]::new);
        try (Classifier classifier = model.open(Devices.AUTO)) {
            return new NumberAssessment(
                    answer().names(), judged, truth, classifier.numbers(data, judged));
        }
    }

    LabelAssessment labels(Data data, int[] examples) {
        answer().requireKind(Target.Kind.LABELS, "evaluateLabels(data)");
        requireSame(data);
        int[] judged = judged(data, examples);
        byte[] marks = ((Target.Labels) data.target()).marks();
        int width = answer().names().size();
        byte[][] truth =
                Arrays.stream(judged)
                        .mapToObj(i -> Arrays.copyOfRange(marks, i * width, (i + 1) * width))
                        .toArray(byte[][]::new);
        try (Classifier classifier = model.open(Devices.AUTO)) {
            return new LabelAssessment(
                    answer().names(), truth, classifier.probabilities(data, judged));
        }
    }

    /** None: the test split. */
    private static int[] judged(Data data, int[] examples) {
        return examples.length == 0 ? data.split().test() : examples;
    }

    private void requireSame(Data data) {
        require(
                data.target().kind() == answer().kind()
                        && data.target().names().equals(answer().names()),
                "the model answers %s, but of \"%s\" %s are to be predicted.",
                answer().names(),
                data.name(),
                data.target().names());
    }
}
