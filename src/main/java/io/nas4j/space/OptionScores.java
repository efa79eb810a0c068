package io.nas4j.space;

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
}
