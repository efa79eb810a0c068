package io.nas4j.analysis;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Exploration against exploitation, one fact a trial.
 *
 * @param trial its number
 * @param novelty the distance to the nearest architecture before it, in [0, 1]: 1 shares no
 *     decision with any, 0 was tried before; the first trial has 1
 * @param entropy of what the strategy believed, where it told: 1 knows nothing, 0 is certain
 */
public record Exploration(int trial, double novelty, OptionalDouble entropy) {

    /**
     * One fact a trial of a search.
     *
     * @param space the search's
     * @param history the search's
     * @return in the order of trials
     */
    public static List<Exploration> of(SearchSpace space, History history) {
        List<Exploration> result = new ArrayList<>();
        List<Map<String, Integer>> before = new ArrayList<>();
        for (Trial trial : history.trials()) {
            Map<String, Integer> answers = space.answers(trial.architecture());
            double nearest = 1;
            for (Map<String, Integer> other : before) {
                nearest = Math.min(nearest, distance(answers, other));
            }
            before.add(answers);
            OptionalDouble entropy =
                    trial.outcome() instanceof Outcome.Completed completed
                                    && !completed.learned().isEmpty()
                            ? OptionalDouble.of(entropy(completed.learned()))
                            : OptionalDouble.empty();
            result.add(new Exploration(trial.number(), nearest, entropy));
        }
        return List.copyOf(result);
    }

    /**
     * How different two architectures are.
     *
     * @param space of both
     * @param a one
     * @param b another
     * @return of the decisions that one of them reached, the share that they do not have in common,
     *     in [0, 1]
     */
    public static double distance(SearchSpace space, Architecture a, Architecture b) {
        return distance(space.answers(a), space.answers(b));
    }

    private static double distance(Map<String, Integer> a, Map<String, Integer> b) {
        Set<String> all = new HashSet<>(a.keySet());
        all.addAll(b.keySet());
        long same =
                all.stream().filter(id -> a.containsKey(id) && a.get(id).equals(b.get(id))).count();
        return all.isEmpty() ? 0 : 1 - same / (double) all.size();
    }

    /**
     * The mean over decisions of the entropy of their weights, each scaled by its maximum.
     *
     * @param weights a policy's probabilities, softmax(alpha)
     * @return in [0, 1]
     */
    public static double entropy(OptionWeights weights) {
        return weights.byDecision().values().stream()
                .filter(options -> options.size() > 1)
                .mapToDouble(Exploration::entropy)
                .average()
                .orElse(0);
    }

    private static double entropy(List<Double> options) {
        double total = options.stream().mapToDouble(Double::doubleValue).sum();
        double entropy = 0;
        for (double weight : options) {
            if (weight > 0) {
                entropy -= weight / total * Math.log(weight / total);
            }
        }
        return entropy / Math.log(options.size());
    }
}
