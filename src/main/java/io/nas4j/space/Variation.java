package io.nas4j.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Architectures made of others: mutation and crossover. */
final class Variation {

    private Variation() {}

    /** {@link SearchSpace#mutate}. */
    static Architecture mutate(SearchSpace space, Architecture parent, RandomGenerator random) {
        Replay.Answers answers = Replay.answers(space, parent);
        int[] free =
                IntStream.range(0, answers.decisions().size())
                        .filter(i -> answers.decisions().get(i).arity() > 1)
                        .toArray();
        if (free.length == 0) {
            throw new IllegalStateException(
                    "mutation needs a decision with two options, but space \""
                            + space.name()
                            + "\" has none.");
        }
        Decision target = answers.decisions().get(free[random.nextInt(free.length)]);
        int changed = different(target, answers.byId().get(target.id()), random);
        return space.choose(
                decision -> {
                    if (decision.id().equals(target.id())) {
                        return changed;
                    }
                    Integer kept = answers.byId().get(decision.id());
                    return kept != null ? kept : random.nextInt(decision.arity());
                });
    }

    /** Another answer; of a subset, one element is exchanged. */
    private static int different(Decision decision, int answer, RandomGenerator random) {
        if (decision.picks() == 1) {
            int other = random.nextInt(decision.options() - 1);
            return other < answer ? other : other + 1;
        }
        List<Integer> picked = new ArrayList<>(decision.picked(answer));
        List<Integer> others =
                IntStream.range(0, decision.options())
                        .filter(option -> !picked.contains(option))
                        .boxed()
                        .toList();
        picked.set(random.nextInt(picked.size()), others.get(random.nextInt(others.size())));
        return decision.answer(picked);
    }

    /** {@link SearchSpace#cross}. */
    static Architecture cross(
            SearchSpace space, Architecture a, Architecture b, RandomGenerator random) {
        Map<String, Integer> left = Replay.answers(space, a).byId();
        Map<String, Integer> right = Replay.answers(space, b).byId();
        return space.choose(
                decision -> {
                    Integer first = left.get(decision.id());
                    Integer second = right.get(decision.id());
                    if (first == null && second == null) {
                        return random.nextInt(decision.arity());
                    }
                    boolean useFirst = second == null || (first != null && random.nextBoolean());
                    return useFirst ? first : second;
                });
    }
}
