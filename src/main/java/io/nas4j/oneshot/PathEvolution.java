package io.nas4j.oneshot;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Unseen;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The evolution of single-path one-shot search: a random generation, then generations of which one
 * half are mutants and one half children of the best so far. No architecture comes twice.
 *
 * @param population candidates a generation, at least 2
 * @param generations at least 1; the first is random
 * @param parents how many of the best so far have offspring, at least 1
 * @param mutation probability that a decision of a mutant is answered anew, in (0, 1]
 * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al., 2020, algorithm 1</a>
 */
public record PathEvolution(int population, int generations, int parents, double mutation) {

    /** A candidate and its score, if it has one. */
    record Scored(Architecture architecture, OptionalDouble score) {}

    /** The paper's: 20 generations of 50, of which the best 10 have offspring. */
    public PathEvolution() {
        this(50, 20, 10, 0.1);
    }

    public PathEvolution {
        require(population >= 2, "population must be at least 2, but was %d. Try 20.", population);
        require(generations >= 1, "generations must be at least 1, but were %d.", generations);
        require(
                parents >= 1 && parents <= population,
                "parents must be in [1, %d], the population, but were %d.",
                population,
                parents);
        require(
                mutation > 0 && mutation <= 1,
                "mutation must be a probability in (0, 1], but was %s. Try 0.1.",
                mutation);
    }

    int candidates() {
        return population * generations;
    }

    /**
     * The next candidate.
     *
     * @param scored all candidates so far, oldest first
     * @return empty when all generations, or the space, are used up
     */
    Optional<Architecture> next(SearchSpace space, List<Scored> scored, RandomGenerator random) {
        if (scored.size() >= candidates()) {
            return Optional.empty();
        }
        int place = scored.size() % population;
        List<Architecture> best =
                scored.subList(0, scored.size() - place).stream()
                        .filter(candidate -> candidate.score().isPresent())
                        .sorted(Comparator.comparingDouble(c -> -c.score().getAsDouble()))
                        .limit(parents)
                        .map(Scored::architecture)
                        .toList();
        Set<Architecture> seen = new HashSet<>();
        scored.forEach(candidate -> seen.add(candidate.architecture()));
        return Unseen.draw(
                space,
                seen,
                random,
                () ->
                        best.isEmpty()
                                ? space.sample(random)
                                : offspring(space, best, place < population / 2, random));
    }

    private Architecture offspring(
            SearchSpace space, List<Architecture> best, boolean mutant, RandomGenerator random) {
        Architecture parent = best.get(random.nextInt(best.size()));
        if (!mutant) {
            return space.cross(parent, best.get(random.nextInt(best.size())), random);
        }
        Map<String, Integer> answers = space.answers(parent);
        return space.choose(
                decision -> {
                    Integer kept = answers.get(decision.id());
                    return kept == null || random.nextDouble() < mutation
                            ? random.nextInt(decision.arity())
                            : kept;
                });
    }
}
