package io.nas4j.space;

import static io.nas4j.space.Require.require;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A weight for every option of every decision, by decision id: softmax(alpha), or a policy's
 * probabilities.
 *
 * @param byDecision weights in the order of the decision's labels; a list may be one longer than
 *     the options, its last entry then being the weight of "no operation" (the implicit {@code
 *     none} of a relaxed edge)
 */
public record OptionWeights(Map<String, List<Double>> byDecision) implements OptionScores {

    /** Nothing is known. */
    public static final OptionWeights NONE = new OptionWeights(Map.of());

    public OptionWeights {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        byDecision.forEach((id, weights) -> copy.put(id, List.copyOf(weights)));
        byDecision = Collections.unmodifiableMap(copy);
    }

    @Override
    public double score(Decision decision, int option) {
        List<Double> weights = byDecision.get(decision.id());
        require(weights != null, "no weights for decision \"%s\".", decision.id());
        return weights.get(option);
    }

    /**
     * Whether nothing is known.
     *
     * @return true without any decision
     */
    public boolean isEmpty() {
        return byDecision.isEmpty();
    }
}
