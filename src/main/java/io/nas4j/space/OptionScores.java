package io.nas4j.space;

import java.util.Comparator;
import java.util.stream.IntStream;

/** How much each option of each decision is liked: what a policy or a relaxation has learned. */
@FunctionalInterface
public interface OptionScores {

    /**
     * The score of one option; for a subset, of one element.
     *
     * @param decision the decision
     * @param option in [0, {@link Decision#options()})
     * @return any number; larger is better
     */
    double score(Decision decision, int option);

    /**
     * The answer whose options are liked best.
     *
     * @param decision any
     * @return of equals the earlier option
     */
    default int best(Decision decision) {
        return decision.answer(
                IntStream.range(0, decision.options())
                        .boxed()
                        .sorted(Comparator.comparingDouble(option -> -score(decision, option)))
                        .limit(decision.picks())
                        .toList());
    }
}
