package io.nas4j.controller;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The strings whose rewards are known, as a tree of answers. */
final class ControllerMemory {

    /** A string and what it earned. */
    record Known(Architecture architecture, double reward) {}

    private static final class Beginning {
        private final Map<Integer, Beginning> longer = new HashMap<>();
        private double reward;
    }

    private final Beginning empty = new Beginning();

    void add(Architecture architecture, double reward) {
        Beginning at = empty;
        for (int answer : architecture.choices()) {
            at = at.longer.computeIfAbsent(answer, next -> new Beginning());
        }
        at.reward = reward;
    }

    /**
     * Lets a policy write one string.
     *
     * @return empty as soon as it begins as no known one does: the policy is not read further
     */
    Optional<Known> recall(SearchSpace space, ControllerPolicy policy, RandomGenerator random) {
        ControllerPolicy.Pen pen = policy.pen();
        Beginning[] at = {empty};
        Architecture written =
                space.choose(
                        decision -> {
                            if (at[0] == null) {
                                return 0;
                            }
                            int answer = pen.write(decision, random, 0);
                            at[0] = at[0].longer.get(answer);
                            return answer;
                        });
        return Optional.ofNullable(at[0]).map(known -> new Known(written, known.reward));
    }
}
