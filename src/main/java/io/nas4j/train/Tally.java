package io.nas4j.train;

import io.nas4j.analysis.LabelAssessment;
import io.nas4j.analysis.NumberAssessment;
import io.nas4j.data.Answer;
import io.nas4j.data.Data;
import io.nas4j.data.Target;
import io.nas4j.trial.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts what a network answers, batch by batch, on the heap. */
abstract class Tally {

    private final int outputs;

    private Tally(int outputs) {
        this.outputs = outputs;
    }

    /** For answers to examples of these data. */
    static Tally of(Data data) {
        return switch (data.target().kind()) {
            case CLASSES -> new Classes((Target.Classes) data.target(), data.isBalanced());
            case NUMBERS -> new Numbers((Target.Numbers) data.target(), Answer.of(data));
            case LABELS -> new Labels((Target.Labels) data.target(), data.isBalanced());
        };
    }

    /**
     * Counts a batch.
     *
     * @param examples indices into the data
     * @param answers {@code [examples, outputs]}, as the network gives them
     */
    final void add(int[] examples, float[] answers) {
        for (int i = 0; i < examples.length; i++) {
            add(examples[i], Arrays.copyOfRange(answers, i * outputs, (i + 1) * outputs));
        }
    }

    abstract void add(int example, float[] answer);

    /** Of at least one example. */
    abstract Quality quality();

    private static final class Classes extends Tally {
        private final Target.Classes target;
        private final boolean balanced;
        private final long[] seen;
        private final long[] right;

        Classes(Target.Classes target, boolean balanced) {
            super(target.names().size());
            this.target = target;
            this.balanced = balanced;
            seen = new long[target.names().size()];
            right = new long[seen.length];
        }

        @Override
        void add(int example, float[] answer) {
            int label = target.labels()[example];
            seen[label]++;
            for (int i = 0; i < answer.length; i++) {
                // as the device's argmax: NaN is the highest
                if (!(answer[i] <= answer[label]) || (answer[i] == answer[label] && i < label)) {
                    return;
                }
            }
            right[label]++;
        }

        @Override
        Quality quality() {
            double accuracy = (double) Arrays.stream(right).sum() / Arrays.stream(seen).sum();
            double recalls =
                    IntStream.range(0, seen.length)
                            .filter(c -> seen[c] > 0)
                            .mapToDouble(c -> (double) right[c] / seen[c])
                            .average()
                            .orElseThrow();
            Map<String, Double> metrics = new LinkedHashMap<>();
            if (balanced) {
                metrics.put(Metrics.ACCURACY, accuracy);
            }
            // where all are equally frequent it is the accuracy
            if (balanced || Arrays.stream(seen).distinct().count() > 1) {
                metrics.put(Metrics.BALANCED_ACCURACY, recalls);
            }
            return new Quality(balanced ? recalls : accuracy, metrics);
        }
    }

    private static final class Numbers extends Tally {
        private final Target.Numbers target;
        private final Answer answer;
        private final List<float[]> truth = new ArrayList<>();
        private final List<float[]> predictions = new ArrayList<>();

        Numbers(Target.Numbers target, Answer answer) {
            super(target.names().size());
            this.target = target;
            this.answer = answer;
        }

        @Override
        void add(int example, float[] given) {
            int width = given.length;
            truth.add(Arrays.copyOfRange(target.values(), example * width, (example + 1) * width));
            predictions.add(answer.numbers(given));
        }

        @Override
        Quality quality() {
            NumberAssessment all =
                    new NumberAssessment(
                            target.names(),
                            new int[truth.size()],
                            truth.toArray(float[][]::new),
                            predictions.toArray(float[][]::new));
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put(Metrics.RMSE, all.rmse());
            metrics.put(Metrics.MAE, all.mae());
            return new Quality(all.r2(), metrics);
        }
    }

    private static final class Labels extends Tally {
        private final Target.Labels target;
        private final boolean balanced;
        private final List<byte[]> truth = new ArrayList<>();
        private final List<float[]> answers = new ArrayList<>();

        Labels(Target.Labels target, boolean balanced) {
            super(target.names().size());
            this.target = target;
            this.balanced = balanced;
        }

        @Override
        void add(int example, float[] given) {
            int width = given.length;
            truth.add(Arrays.copyOfRange(target.marks(), example * width, (example + 1) * width));
            float[] probabilities = new float[width];
            for (int i = 0; i < width; i++) {
                probabilities[i] = given[i] >= 0 ? 1 : 0;
            }
            answers.add(probabilities);
        }

        @Override
        Quality quality() {
            LabelAssessment all =
                    new LabelAssessment(
                            target.names(),
                            truth.toArray(byte[][]::new),
                            answers.toArray(float[][]::new));
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put(Metrics.F1_MICRO, all.f1Micro());
            metrics.put(Metrics.F1_MACRO, all.f1Macro());
            return new Quality(balanced ? all.f1Macro() : all.f1Micro(), metrics);
        }
    }
}
