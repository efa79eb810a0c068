package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Neighbours;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Local search: hill climbing with restarts. Neighbours of the current architecture (one decision
 * changed) are tried in random order, the decisions taking turns; the first that is better becomes
 * the current one. Where none is better, the search starts again: one more random architecture is
 * tried, and the best start that was not climbed from yet is.
 *
 * <p>Almost all exploitation; what explores are the {@code starts} random architectures at the
 * beginning and the restarts.
 *
 * @param starts how many random architectures are tried before the first climb, at least 1; the
 *     default is 10, as in the authors' code
 * @param steepest whether all neighbours are tried before the best of them becomes the current one:
 *     the textbook's step, but slower than the first that is better
 * @param restarts how often to start again, at least 0; the default never ends
 * @see <a href="https://arxiv.org/abs/2004.08996">White et al., 2020</a>
 */
public record LocalSearch(int starts, boolean steepest, int restarts) implements SearchStrategy {

    public LocalSearch {
        require(starts >= 1, "starts must be at least 1, but were %d.", starts);
        require(restarts >= 0, "restarts must be at least 0, but were %d.", restarts);
    }

    /** 10 random starts, the first better neighbour, restarts without end. */
    public LocalSearch() {
        this(10, false, Integer.MAX_VALUE);
    }

    /**
     * Sets {@link #starts}.
     *
     * @param randomArchitectures at least 1; default 10
     * @return a copy
     */
    public LocalSearch starts(int randomArchitectures) {
        return new LocalSearch(randomArchitectures, steepest, restarts);
    }

    /**
     * Sets {@link #steepest}.
     *
     * @param wholeNeighbourhood default false: the first better neighbour
     * @return a copy
     */
    public LocalSearch steepest(boolean wholeNeighbourhood) {
        return new LocalSearch(starts, wholeNeighbourhood, restarts);
    }

    /**
     * Sets {@link #restarts}.
     *
     * @param times at least 0; default without end
     * @return a copy
     */
    public LocalSearch restarts(int times) {
        return new LocalSearch(starts, steepest, times);
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

        /** One list per decision that has other answers. */
        private List<List<Architecture>> neighbours = List.of();

        /** Best first; of equals the earlier. */
        private final List<Architecture> starts = new ArrayList<>();

        private int started;
        private int climbs;

        Climb(Task task, Fidelity fidelity) {
            super(task, fidelity);
        }

        @Override
        protected Optional<Proposal> propose(History history, RandomGenerator random) {
            if (current == null) {
                return climbs > restarts
                        ? Optional.empty()
                        : unseen(random, () -> space.sample(random));
            }
            // none: the step waits for the neighbours that still run
            return next(random).flatMap(this::evaluate);
        }

        /** One of the neighbours by the decision of which the smallest share was tried. */
        private Optional<Architecture> next(RandomGenerator random) {
            List<Architecture> candidates = List.of();
            double most = 0;
            int ties = 0;
            for (List<Architecture> byDecision : neighbours) {
                List<Architecture> open = new ArrayList<>(byDecision.size());
                for (Architecture neighbour : byDecision) {
                    if (!isSeen(neighbour)) {
                        open.add(neighbour);
                    }
                }
                double share = open.size() / (double) byDecision.size();
                if (open.isEmpty() || share < most) {
                    continue;
                }
                ties = share > most ? 1 : ties + 1;
                most = share;
                // of equals each is taken with the same chance
                if (random.nextInt(ties) == 0) {
                    candidates = open;
                }
            }
            return candidates.isEmpty()
                    ? Optional.empty()
                    : Optional.of(candidates.get(random.nextInt(candidates.size())));
        }

        @Override
        protected void learn(Trial trial, boolean ranked) {
            scores.merge(
                    trial.architecture(),
                    ranked ? trial.score().getAsDouble() : Double.NaN,
                    (old, latest) -> latest.isNaN() ? old : latest);
            untried.remove(trial.architecture());
            if (current == null && ranked) {
                start(trial.architecture());
            }
            climb();
        }

        private void climb() {
            while (current != null && (!steepest || untried.isEmpty())) {
                Architecture next = bestNeighbour();
                if (next == null && !untried.isEmpty()) {
                    return;
                }
                moveTo(next);
            }
        }

        private void start(Architecture tried) {
            started++;
            int at = 0;
            while (at < starts.size() && scores.get(starts.get(at)) >= scores.get(tried)) {
                at++;
            }
            starts.add(at, tried);
            if (started >= LocalSearch.this.starts) {
                climbs++;
                moveTo(starts.remove(0));
            }
        }

        /** Null where none is better: a local optimum. */
        private Architecture bestNeighbour() {
            double best = scores.get(current);
            Architecture next = null;
            for (List<Architecture> byDecision : neighbours) {
                for (Architecture neighbour : byDecision) {
                    double score = scores.getOrDefault(neighbour, Double.NaN);
                    if (score > best) {
                        best = score;
                        next = neighbour;
                    }
                }
            }
            return next;
        }

        private void moveTo(Architecture next) {
            current = next;
            neighbours =
                    next == null
                            ? List.of()
                            : Neighbours.byDecision(space, next, task.seeds().master());
            untried.clear();
            neighbours.forEach(untried::addAll);
            untried.removeIf(scores::containsKey);
        }

        @Override
        protected void restart() {
            scores.clear();
            untried.clear();
            current = null;
            neighbours = List.of();
            starts.clear();
            started = 0;
            climbs = 0;
        }
    }
}
