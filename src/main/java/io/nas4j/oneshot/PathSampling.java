package io.nas4j.oneshot;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Which paths of a supernet one step of its weights learns from. */
public enum PathSampling {

    /**
     * One path, drawn uniformly.
     *
     * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al., 2020, section 3.2</a>
     */
    UNIFORM {
        @Override
        List<Architecture> round(SearchSpace space, RandomGenerator random) {
            return List.of(space.sample(random));
        }

        @Override
        int paths(SearchSpace space) {
            return 1;
        }
    },

    /**
     * As many paths as the largest decision has options, which learn from one batch and move the
     * weights once, by the sum of their gradients. Each decision's answers are a permutation of its
     * options, so every option learns equally often, not only in the mean; a decision of fewer
     * options begins its permutation anew.
     *
     * @see <a href="https://arxiv.org/abs/1907.01845">Chu et al., 2021, algorithm 1 (strict
     *     fairness)</a>
     */
    FAIR {
        @Override
        List<Architecture> round(SearchSpace space, RandomGenerator random) {
            Map<String, int[]> orders = new HashMap<>();
            List<Architecture> round = new ArrayList<>();
            int paths = 1;
            for (int i = 0; i < paths; i++) {
                int turn = i;
                round.add(
                        space.choose(
                                decision -> {
                                    int[] order =
                                            orders.computeIfAbsent(
                                                    decision.id(),
                                                    id -> permutation(decision.arity(), random));
                                    return order[turn % order.length];
                                }));
                paths = orders.values().stream().mapToInt(order -> order.length).max().orElse(1);
            }
            return round;
        }

        @Override
        int paths(SearchSpace space) {
            int[] largest = {1};
            space.choose(
                    decision -> {
                        largest[0] = Math.max(largest[0], decision.arity());
                        return 0;
                    });
            return largest[0];
        }
    };

    /** The paths of one step. */
    abstract List<Architecture> round(SearchSpace space, RandomGenerator random);

    /** How many paths a step takes, or about so many where decisions depend on others. */
    abstract int paths(SearchSpace space);

    private static int[] permutation(int size, RandomGenerator random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
