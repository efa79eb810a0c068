package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * ASHA: successive halving that never waits. Whenever asked, it promotes an architecture that is
 * among the best of {@code eta} of its rung as known now, from the highest rung down; where none
 * is, it starts a new one. For several workers.
 *
 * @param sampler where new architectures come from; it sees the trials of the most epochs that has
 *     more of them than the space has decisions
 * @param eta one of so many is promoted, at least 2
 * @param least epochs of the cheapest rung, at least 1
 * @see <a href="https://arxiv.org/abs/1810.05934">Li et al., 2020</a>
 */
public record Asha(SearchStrategy sampler, int eta, int least) implements SearchStrategy {

    public Asha {
        require(eta >= 2, "eta must be at least 2, but was %d. Try 3.", eta);
        require(least >= 1, "least epochs must be at least 1, but were %d.", least);
    }

    /** Random architectures, one of three promoted, from one epoch on. */
    public Asha() {
        this(new RandomSearch(), 3, 1);
    }

    /**
     * Sets {@link #sampler}.
     *
     * @param other a strategy without weights; default random search
     * @return a copy
     */
    public Asha sampler(SearchStrategy other) {
        return new Asha(other, eta, least);
    }

    /**
     * Sets {@link #eta}.
     *
     * @param oneOf at least 2; default 3
     * @return a copy
     */
    public Asha eta(int oneOf) {
        return new Asha(sampler, oneOf, least);
    }

    /**
     * Sets {@link #least}.
     *
     * @param epochs at least 1; default 1
     * @return a copy
     */
    public Asha least(int epochs) {
        return new Asha(sampler, eta, epochs);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new Promotions(task, fidelity);
    }

    private final class Promotions extends FoldedSession {
        private final List<Integer> levels;

        /** The scored trials of each level, best first. */
        private final List<List<Trial>> ranked = new ArrayList<>();

        private final Rungs rungs;

        Promotions(Task task, Fidelity fidelity) {
            super(task, fidelity);
            levels =
                    Brackets.of(least, fidelity.epochs(), eta).all().get(0).stream()
                            .map(Brackets.Rung::epochs)
                            .toList();
            rungs = new Rungs(sampler, space.decisions().size() + 1, task, fidelity);
            restart();
        }

        @Override
        protected void restart() {
            rungs.clear();
            ranked.clear();
            levels.forEach(level -> ranked.add(new ArrayList<>()));
        }

        @Override
        protected boolean isExhausted() {
            return false; // an architecture may come again, with more epochs
        }

        @Override
        protected void learn(Trial trial, boolean isRanked) {
            rungs.learn(trial);
            int level = levels.indexOf(trial.fidelity().epochs());
            if (level >= 0 && trial.score().isPresent()) {
                ranked.get(level).add(trial);
                ranked.get(level)
                        .sort(Comparator.comparingDouble(other -> -other.score().getAsDouble()));
            }
        }

        @Override
        protected Optional<Proposal> propose(History history, RandomGenerator random) {
            return promotion(0)
                    .or(() -> rungs.sample(levels.get(0), random))
                    // nothing new is left: the best of each rung still deserve full training
                    .or(() -> promotion(1));
        }

        /** Any may become one of the best as its rung grows: those nearest to it first. */
        @Override
        public List<Integer> continuable(History history) {
            catchUp(history);
            Map<Integer, Double> places = new LinkedHashMap<>();
            for (List<Trial> all : ranked) {
                for (int i = 0; i < all.size(); i++) {
                    Trial trial = all.get(i);
                    if (rungs.isOpen(trial)) {
                        double place = (double) i / all.size();
                        places.put(trial.number(), rungs.isContinued(trial) ? -1 : place);
                    }
                }
            }
            return places.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .toList();
        }

        private Optional<Proposal> promotion(int atLeast) {
            for (int level = levels.size() - 2; level >= 0; level--) {
                List<Trial> all = ranked.get(level);
                int top = Math.min(all.size(), Math.max(atLeast, all.size() / eta));
                for (Trial trial : all.subList(0, top)) {
                    if (!rungs.isContinued(trial)) {
                        return Optional.of(rungs.promote(trial, levels.get(level + 1)));
                    }
                }
            }
            return Optional.empty();
        }
    }
}
