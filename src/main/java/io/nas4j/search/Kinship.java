package io.nas4j.search;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Which trial's weights a new one starts from: that with the fewest decisions answered otherwise;
 * of equals the better one, of equals the later one. A mutation's parent is one decision away.
 */
final class Kinship {

    private Kinship() {}

    /** Empty where more than half of the decisions differ from every trial's. */
    static OptionalInt nearest(SearchSpace space, History history, Architecture architecture) {
        Map<String, Integer> answers = answers(space, architecture);
        Trial nearest = null;
        int least = answers.size() / 2 + 1;
        for (Trial trial : history.scored()) {
            if (!trial.real()) {
                continue; // nothing was trained for it
            }
            int distance = distance(answers, answers(space, trial.architecture()));
            boolean better =
                    nearest != null
                            && distance == least
                            && trial.score().getAsDouble() >= nearest.score().getAsDouble();
            if (distance < least || better) {
                nearest = trial;
                least = distance;
            }
        }
        return nearest == null ? OptionalInt.empty() : OptionalInt.of(nearest.number());
    }

    /** The trials that may be started from, the latest first. */
    static List<Integer> heritable(History history) {
        List<Integer> numbers = new ArrayList<>();
        List<Trial> scored = history.scored();
        for (int i = scored.size() - 1; i >= 0; i--) {
            if (scored.get(i).real()) {
                numbers.add(scored.get(i).number());
            }
        }
        return numbers;
    }

    private static int distance(Map<String, Integer> answers, Map<String, Integer> others) {
        int distance = 0;
        for (Map.Entry<String, Integer> answer : answers.entrySet()) {
            distance += answer.getValue().equals(others.get(answer.getKey())) ? 0 : 1;
        }
        for (String decision : others.keySet()) {
            distance += answers.containsKey(decision) ? 0 : 1;
        }
        return distance;
    }

    private static Map<String, Integer> answers(SearchSpace space, Architecture architecture) {
        Walk walk = space.walk(architecture);
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < walk.decisions().size(); i++) {
            answers.put(walk.decisions().get(i).id(), architecture.choices().get(i));
        }
        return answers;
    }
}
