package io.nas4j.controller;

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
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What the controller would write while its weights stand still. Beginnings of strings that were
 * written before are remembered, so a policy that repeats itself costs nothing.
 */
public final class ControllerPolicy implements AutoCloseable {

    private static final int REWRITTEN = 100;

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
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            this.parts = network.parts(weights);
            NDScope.unregister(parts);
            parts.attach(manager);
        }
        this.empty = new Prefix(network.begin(), network.state(manager, 1));
    }

    /** Ready to write a string from its beginning. */
    Pen pen() {
        return new Pen();
    }

    /**
     * Writes a whole string. One that does not meet the space's constraints is written again,
     * loosened bit by bit.
     *
     * @param uniform how much of each token's probability is shared out evenly, in [0, 1]
     */
    public Architecture write(RandomGenerator random, double uniform) {
        for (int i = 0; i < REWRITTEN; i++) {
            double even = Math.max(uniform, (double) i / REWRITTEN);
            Pen pen = pen();
            Architecture written = space.choose(d -> pen.write(d, random, even));
            if (space.admits(written)) {
                return written;
            }
        }
        return space.sample(random);
    }

    /**
     * What was thought while a string was written: at each of its decisions the options'
     * probabilities; for a subset the probability that an option is among the picked.
     */
    public OptionWeights thoughts(Architecture architecture) {
        Map<String, List<Double>> byDecision = new LinkedHashMap<>();
        Pen pen = pen();
        Iterator<Integer> answers = architecture.choices().iterator();
        space.choose(
                decision -> {
                    byDecision.put(decision.id(), options(decision, pen.probabilities(decision)));
                    return pen.follow(decision, answers.next());
                });
        return new OptionWeights(byDecision);
    }

    /** Stands at the end of what was written so far. */
    final class Pen {
        private Prefix at = empty;

        /**
         * Writes one token.
         *
         * @param uniform how much of each token's probability is shared out evenly, in [0, 1]
         */
        int write(Decision decision, RandomGenerator random, double uniform) {
            int answer =
                    uniform > 0 && random.nextDouble() < uniform
                            ? random.nextInt(decision.arity())
                            : draw(probabilities(decision), random.nextDouble());
            return follow(decision, answer);
        }

        double[] probabilities(Decision decision) {
            return at.probabilities(vocabulary.offset(decision), decision.arity());
        }

        int follow(Decision decision, int answer) {
            // also where the token was not drawn from the policy, the LSTM reads it
            probabilities(decision);
            at = at.then(vocabulary.offset(decision) + answer);
            return answer;
        }
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

        double[] probabilities(int offset, int arity) {
            if (probabilities == null) {
                read(offset, arity);
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
                probabilities = softmax(out.get(0).toDoubleArray(), offset, arity);
                after = new NDList(out.get(1), out.get(2));
                NDScope.unregister(after);
                after.attach(manager);
            }
        }
    }

    private static double[] softmax(double[] logits, int offset, int count) {
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
