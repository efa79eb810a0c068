package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Neighbours;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Local search: hill climbing with restarts. All neighbours of the current architecture (one
 * decision changed) are tried in random order, then the best of them becomes the current one; where
 * none is better, the search starts again at random.
 *
 * <p>Almost all exploitation; what explores are the restarts.
 *
 * @param restarts how often to start again, at least 0; the default never ends
 * @see <a href="https://arxiv.org/abs/2004.08996">White et al., 2020</a>
 */
public record LocalSearch(int restarts) implements SearchStrategy {

    public LocalSearch {
        require(restarts >= 0, "restarts must be at least 0, but were %d.", restarts);
    }

    public LocalSearch() {
        this(Integer.MAX_VALUE);
    }

    public LocalSearch restarts(int times) {
        return new LocalSearch(times);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new Climb(task, fidelity);
    }

    private final class Climb extends FoldedSession {
        /** Every trial that ended; NaN where it has no score. */
        private final Map<Architecture, Double> scores = new HashMap<>();

        private final Set<Architecture> untried = new HashSet<>();
        private Architecture current;
        private List<Architecture> neighbours = List.of();
        private int starts;

        Climb(Task task, Fidelity fidelity) {
            super(task, fidelity);
        }

        @Override
        Optional<Proposal> propose(History history, RandomGenerator random) {
            if (current == null) {
                return starts > restarts
                        ? Optional.empty()
                        : unseen(random, () -> space.sample(random));
            }
            List<Architecture> open =
                    neighbours.stream().filter(neighbour -> !isSeen(neighbour)).toList();
            // none: the step waits for the neighbours that still run
            return open.isEmpty()
                    ? Optional.empty()
                    : evaluate(open.get(random.nextInt(open.size())));
        }

        @Override
        void learn(Trial trial, boolean ranked) {
            scores.merge(
                    trial.architecture(),
                    ranked ? trial.score().getAsDouble() : Double.NaN,
                    (old, latest) -> latest.isNaN() ? old : latest);
            untried.remove(trial.architecture());
            if (current == null && ranked) {
                starts++;
                moveTo(trial.architecture());
            }
            while (current != null && untried.isEmpty()) {
                climb();
            }
        }

        private void climb() {
            double best = scores.get(current);
            Architecture next = null;
            for (Architecture neighbour : neighbours) {
                if (scores.get(neighbour) > best) {
                    best = scores.get(neighbour);
                    next = neighbour;
                }
            }
            moveTo(next);
        }

        private void moveTo(Architecture next) {
            current = next;
            neighbours =
                    next == null ? List.of() : Neighbours.of(space, next, task.seeds().master());
            untried.clear();
            neighbours.stream()
                    .filter(neighbour -> !scores.containsKey(neighbour))
                    .forEach(untried::add);
        }

        @Override
        void restart() {
            scores.clear();
            untried.clear();
            current = null;
            neighbours = List.of();
            starts = 0;
        }
    }
}
