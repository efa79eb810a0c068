package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Regularized (aging) evolution: the population is the youngest {@code population} scored trials;
 * each child is a mutation of the best of a tournament drawn from it with replacement, and the
 * oldest dies. A child that was tried before is drawn again.
 *
 * <p>The paper's setting for 20,000 trials is population 100, tournament 25 ({@link #amoebaNet()}).
 * The default, population 20 and tournament 5, is that of NePS, for some hundred trials: until the
 * first population is full, evolution is random search.
 *
 * @param population how many survive, at least 2
 * @param tournament how many compete to be a parent, from 1 to {@code population}; more is more
 *     exploitation
 * @param crossover share of children that are a uniform crossover of two parents instead of a
 *     mutation, in [0, 1]
 * @see <a href="https://arxiv.org/abs/1802.01548">Real et al., 2019</a>
 * @see <a href="https://arxiv.org/abs/1902.09635">Ying et al., 2019, for {@link #nasBench()}</a>
 */
public record Evolution(int population, int tournament, double crossover)
        implements SearchStrategy {

    public Evolution {
        require(population >= 2, "population must be at least 2, but was %d.", population);
        require(tournament >= 1, "tournament must be at least 1, but was %d. Try 3.", tournament);
        require(
                crossover >= 0 && crossover <= 1,
                "crossover must be a share in [0, 1], but was %s. Try 0.5.",
                crossover);
    }

    /** Population 20, tournament 5, mutation only. */
    public Evolution() {
        this(20, 5, 0);
    }

    /**
     * The paper's setting, for thousands of trials.
     *
     * @return population 100, tournament 25
     */
    public static Evolution amoebaNet() {
        return new Evolution(100, 25, 0);
    }

    /**
     * NAS-Bench-101's setting, population 50 and tournament 10: the better one from 200 trials.
     *
     * @return population 50, tournament 10
     */
    public static Evolution nasBench() {
        return new Evolution(50, 10, 0);
    }

    /**
     * Sets {@link #population}.
     *
     * @param survivors at least 2; default 20
     * @return a copy
     */
    public Evolution population(int survivors) {
        return new Evolution(survivors, tournament, crossover);
    }

    /**
     * Sets {@link #tournament}.
     *
     * @param competitors from 1 to the population; default 5
     * @return a copy
     */
    public Evolution tournament(int competitors) {
        return new Evolution(population, competitors, crossover);
    }

    /**
     * Sets {@link #crossover}.
     *
     * @param share in [0, 1]; default 0
     * @return a copy
     */
    public Evolution crossover(double share) {
        return new Evolution(population, tournament, share);
    }

    @Override
    public OptionalInt ageing() {
        return OptionalInt.of(population);
    }

    @Override
    public int startup() {
        return population;
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        // checked here, so that settings may come in any order
        require(
                tournament <= population,
                "population (%d) must be at least tournament (%d). Try tournament <= %d.",
                population,
                tournament,
                population);
        return new FoldedSession(task, fidelity) {
            @Override
            protected Optional<Proposal> propose(History history, RandomGenerator random) {
                List<Trial> scored = history.scored();
                if (scored.size() < population) {
                    return unseen(random, () -> space.sample(random));
                }
                List<Trial> alive = scored.subList(scored.size() - population, scored.size());
                return unseen(random, () -> child(alive, random));
            }

            private Architecture child(List<Trial> alive, RandomGenerator random) {
                Architecture parent = parent(alive, tournament, random);
                return crossover > 0 && random.nextDouble() < crossover
                        ? space.cross(parent, parent(alive, tournament, random), random)
                        : space.mutate(parent, random);
            }
        };
    }

    /** The best of {@code tournament} draws with replacement; the earlier drawn of equals. */
    static Architecture parent(List<Trial> alive, int tournament, RandomGenerator random) {
        Trial best = alive.get(random.nextInt(alive.size()));
        for (int i = 1; i < tournament; i++) {
            Trial other = alive.get(random.nextInt(alive.size()));
            if (other.score().getAsDouble() > best.score().getAsDouble()) {
                best = other;
            }
        }
        return best.architecture();
    }
}
