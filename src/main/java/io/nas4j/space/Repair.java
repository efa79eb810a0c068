package io.nas4j.space;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The best liked architecture that meets a space's constraints. Its loss is the sum over decisions
 * of what the best liked answer has more than the one given.
 *
 * <p>Architectures are tried in the order of their loss, as far as {@link #TRIED}: what is found
 * there is the best. Where nothing is, one decision after the other is changed so that the least
 * loss buys the most, and then back where the constraints allow it.
 */
final class Repair {

    private static final int TRIED = 300;
    private static final int SAMPLES = 100;

    private final SearchSpace space;
    private final OptionScores scores;

    Repair(SearchSpace space, OptionScores scores) {
        this.space = space;
        this.scores = scores;
    }

    private record Step(Architecture architecture, double loss) {}

    Architecture best() {
        Architecture liked = space.choose(scores::best);
        if (space.admits(liked)) {
            return liked;
        }
        return inOrder(liked).or(() -> descent(liked)).orElseGet(this::sampled);
    }

    private Optional<Architecture> inOrder(Architecture liked) {
        PriorityQueue<Step> queue = new PriorityQueue<>(Comparator.comparingDouble(Step::loss));
        Set<Architecture> met = new HashSet<>();
        queue.add(step(liked));
        met.add(liked);
        for (int tried = 0; tried < TRIED && !queue.isEmpty(); tried++) {
            Step next = queue.remove();
            if (space.admits(next.architecture())) {
                return Optional.of(next.architecture());
            }
            for (Architecture changed : changes(next.architecture())) {
                if (met.add(changed)) {
                    queue.add(step(changed));
                }
            }
        }
        return Optional.empty();
    }

    /** Down the excess, at the least loss for what it buys; then up again. */
    private Optional<Architecture> descent(Architecture liked) {
        Architecture current = liked;
        double excess = space.excess(current);
        while (excess > 0) {
            Architecture best = null;
            double price = Double.POSITIVE_INFINITY;
            double loss = loss(current);
            for (Architecture changed : changes(current)) {
                double gain = excess - space.excess(changed);
                double asked = gain <= 0 ? Double.POSITIVE_INFINITY : (loss(changed) - loss) / gain;
                if (asked < price) {
                    best = changed;
                    price = asked;
                }
            }
            if (best == null) {
                return Optional.empty();
            }
            current = best;
            excess = space.excess(current);
        }
        return Optional.of(polished(current));
    }

    private Architecture sampled() {
        SplittableRandom random = new SplittableRandom(0);
        Step best = null;
        for (int i = 0; i < SAMPLES; i++) {
            Step drawn = step(space.sample(random));
            best = best == null || drawn.loss() < best.loss() ? drawn : best;
        }
        return polished(best.architecture());
    }

    /** Changes that lose less and still meet the constraints, the best of each round. */
    private Architecture polished(Architecture from) {
        Step current = step(from);
        while (true) {
            Step best = current;
            for (Architecture changed : changes(current.architecture())) {
                Step step = step(changed);
                if (step.loss() < best.loss() && space.admits(changed)) {
                    best = step;
                }
            }
            if (best == current) {
                return current.architecture();
            }
            current = best;
        }
    }

    /** One decision changed; what only then is reached is answered as liked best. */
    private List<Architecture> changes(Architecture architecture) {
        Replay.Answers answers = Replay.answers(space, architecture);
        List<Architecture> result = new ArrayList<>();
        for (Decision changed : answers.decisions()) {
            int kept = answers.byId().get(changed.id());
            for (int answer = 0; answer < changed.arity(); answer++) {
                if (answer != kept) {
                    Map<String, Integer> other = new HashMap<>(answers.byId());
                    other.put(changed.id(), answer);
                    result.add(
                            space.choose(
                                    decision -> {
                                        Integer given = other.get(decision.id());
                                        return given != null ? given : scores.best(decision);
                                    }));
                }
            }
        }
        return result;
    }

    private Step step(Architecture architecture) {
        return new Step(architecture, loss(architecture));
    }

    private double loss(Architecture architecture) {
        double[] sum = {0};
        int[] at = {0};
        space.choose(
                decision -> {
                    int answer = architecture.choices().get(at[0]++);
                    sum[0] += liking(decision, scores.best(decision)) - liking(decision, answer);
                    return answer;
                });
        return sum[0];
    }

    private double liking(Decision decision, int answer) {
        return decision.picked(answer).stream()
                .mapToDouble(option -> scores.score(decision, option))
                .sum();
    }
}
