package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the controller would write while its weights stand still. Beginnings of strings that were
 * written before are remembered, so a policy that repeats itself costs nothing.
 */
final class ControllerPolicy implements AutoCloseable {

    private final SearchSpace space;
    private final ControllerVocabulary vocabulary;
    private final ControllerNetwork network;
    private final NDManager manager;
    private final NDList parts;
    private final Prefix empty;

    /** Its arrays live in a manager of its own below that of the weights. */
    ControllerPolicy(
            SearchSpace space,
            ControllerVocabulary vocabulary,
            ControllerNetwork network,
            NDArray weights) {
        this.space = space;
        this.vocabulary = vocabulary;
        this.network = network;
        this.manager = weights.getManager().newSubManager();
        this.parts = network.parts(weights);
        parts.attach(manager);
        this.empty = new Prefix(network.begin(), network.state(manager, 1));
    }

    /** Writes a string. */
    Architecture write(RandomGenerator random) {
        Prefix[] at = {empty};
        return space.choose(
                decision -> {
                    double[] probabilities = at[0].probabilities(decision);
                    int answer = draw(probabilities, random.nextDouble());
                    at[0] = at[0].then(vocabulary.offset(decision) + answer);
                    return answer;
                });
    }

    /**
     * What was thought while a string was written: at each of its decisions the options'
     * probabilities; for a subset the probability that an option is among the picked.
     */
    OptionWeights thoughts(Architecture architecture) {
        Map<String, List<Double>> byDecision = new LinkedHashMap<>();
        Prefix[] at = {empty};
        int[] position = {0};
        space.choose(
                decision -> {
                    int answer = architecture.choices().get(position[0]++);
                    byDecision.put(decision.id(), options(decision, at[0].probabilities(decision)));
                    at[0] = at[0].then(vocabulary.offset(decision) + answer);
                    return answer;
                });
        return new OptionWeights(byDecision);
    }

    private static List<Double> options(Decision decision, double[] answers) {
        List<Double> result = new ArrayList<>(Collections.nCopies(decision.options(), 0.0));
        for (int answer = 0; answer < answers.length; answer++) {
            for (int option : decision.picked(answer)) {
                result.set(option, result.get(option) + answers[answer]);
            }
        }
        return result;
    }

    private static int draw(double[] probabilities, double uniform) {
        double left = uniform;
        for (int i = 0; i < probabilities.length - 1; i++) {
            left -= probabilities[i];
            if (left < 0) {
                return i;
            }
        }
        return probabilities.length - 1;
    }

    @Override
    public void close() {
        manager.close();
    }

    /** The beginning of a string; it is read when its next decision is asked for. */
    private final class Prefix {
        private final int last;
        private final NDList before;
        private final Map<Integer, Prefix> longer = new HashMap<>();
        private NDList after;
        private double[] probabilities;

        Prefix(int last, NDList before) {
            this.last = last;
            this.before = before;
        }

        double[] probabilities(Decision decision) {
            if (probabilities == null) {
                read(vocabulary.offset(decision), decision.arity());
            }
            return probabilities;
        }

        Prefix then(int token) {
            return longer.computeIfAbsent(token, next -> new Prefix(next, after));
        }

        private void read(int offset, int arity) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray previous = manager.create(new long[] {last}, new Shape(1, 1));
                NDList out = network.forward(parts, previous, before);
                probabilities = softmax(out.get(0).toFloatArray(), offset, arity);
                after = new NDList(out.get(1), out.get(2));
                NDScope.unregister(after);
                after.attach(manager);
            }
        }
    }

    private static double[] softmax(float[] logits, int offset, int count) {
        double[] result = new double[count];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, logits[offset + i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            result[i] = Math.exp(logits[offset + i] - largest);
            sum += result[i];
        }
        for (int i = 0; i < count; i++) {
            result[i] /= sum;
        }
        return result;
    }
}
