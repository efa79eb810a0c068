package io.nas4j.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** All architectures that meet the constraints and are one edit away, each edit once. */
public final class Neighbours {

    private Neighbours() {}

    /**
     * Every architecture with exactly one decision changed (of a subset, one element). Decisions
     * that only then become reachable are answered by a generator that depends on the arguments
     * alone, so an edit always leads to the same neighbour.
     *
     * @param space the space
     * @param architecture of that space
     * @param seed of the answers to newly reachable decisions
     * @return in the order of decisions and answers
     */
    public static List<Architecture> of(SearchSpace space, Architecture architecture, long seed) {
        return byDecision(space, architecture, seed).stream().flatMap(List::stream).toList();
    }

    /**
     * The same neighbours, grouped by the decision that changed.
     *
     * @param space the space
     * @param architecture of that space
     * @param seed of the answers to newly reachable decisions
     * @return one list a decision that has another answer
     */
    public static List<List<Architecture>> byDecision(
            SearchSpace space, Architecture architecture, long seed) {
        List<Decision> decisions = new ArrayList<>();
        Map<String, Integer> kept = new HashMap<>();
        space.choose(
                decision -> {
                    int answer = architecture.choices().get(decisions.size());
                    decisions.add(decision);
                    kept.put(decision.id(), answer);
                    return answer;
                });
        SplittableRandom random =
                new SplittableRandom(31 * seed + architecture.choices().hashCode());
        List<List<Architecture>> result = new ArrayList<>();
        for (int i = 0; i < decisions.size(); i++) {
            Decision changed = decisions.get(i);
            List<Architecture> neighbours = new ArrayList<>();
            for (int answer : otherAnswers(changed, kept.get(changed.id()))) {
                neighbours.add(
                        space.isLeaf(changed)
                                ? with(architecture, i, answer)
                                : space.choose(
                                        decision -> {
                                            if (decision.id().equals(changed.id())) {
                                                return answer;
                                            }
                                            Integer old = kept.get(decision.id());
                                            return old != null
                                                    ? old
                                                    : random.nextInt(decision.arity());
                                        }));
            }
            List<Architecture> met = space.limits().met(space, neighbours);
            if (!met.isEmpty()) {
                result.add(List.copyOf(met));
            }
        }
        return List.copyOf(result);
    }

    private static Architecture with(Architecture architecture, int index, int answer) {
        List<Integer> choices = new ArrayList<>(architecture.choices());
        choices.set(index, answer);
        return new Architecture(architecture.space(), choices);
    }

    private static List<Integer> otherAnswers(Decision decision, int answer) {
        if (decision.picks() == 1) {
            return IntStream.range(0, decision.options()).filter(i -> i != answer).boxed().toList();
        }
        List<Integer> result = new ArrayList<>();
        List<Integer> picked = decision.picked(answer);
        for (int i = 0; i < picked.size(); i++) {
            for (int option = 0; option < decision.options(); option++) {
                if (!picked.contains(option)) {
                    List<Integer> other = new ArrayList<>(picked);
                    other.set(i, option);
                    result.add(decision.answer(other));
                }
            }
        }
        return result;
    }
}
