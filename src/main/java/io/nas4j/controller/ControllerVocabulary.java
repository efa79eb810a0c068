package io.nas4j.controller;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import java.util.HashMap;
import java.util.Map;

/** Every (decision, answer) of a space as one token; the tokens of a decision lie together. */
final class ControllerVocabulary {

    /** An output head of more tokens than this would be all there is to compute. */
    private static final int LARGEST = 100_000;

    private final Map<String, Integer> offsets = new HashMap<>();
    private final int size;

    ControllerVocabulary(SearchSpace space) {
        long tokens = 0;
        for (Decision decision : space.decisions()) {
            offsets.put(decision.id(), (int) tokens);
            tokens += decision.arity();
            require(
                    tokens <= LARGEST,
                    "a controller writes at most %d different tokens, but space \"%s\" has more."
                            + " Try subsets of fewer options.",
                    LARGEST,
                    space.name());
        }
        size = (int) tokens;
    }

    /** How many tokens there are; the token before the first one of a string is {@code size}. */
    int size() {
        return size;
    }

    /** The token of the decision's first answer. */
    int offset(Decision decision) {
        return offsets.get(decision.id());
    }
}
