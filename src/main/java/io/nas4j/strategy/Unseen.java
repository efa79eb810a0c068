package io.nas4j.strategy;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws without replacement: what a strategy needs in order not to try an architecture twice. */
public final class Unseen {

    /** Draws after which the strategy has converged and a random architecture stands in. */
    private static final int DRAWS = 100;

    /** How many of those left are listed once random draws hardly find them. */
    private static final int LISTED = 1000;

    private static final int LISTABLE = 20_000;

    private Unseen() {}

    /**
     * An architecture that the history does not hold, for a strategy of your own:
     *
     * <pre>{@code
     * Unseen.draw(space, history, random, () -> space.mutate(best, random))
     *         .map(next -> new Proposal.Evaluate(next, fidelity))
     * }</pre>
     *
     * @param space where to look
     * @param history what was tried
     * @param random where random ones come from
     * @param draws what to try first; not called in a space of one architecture
     * @return empty when all were tried
     */
    public static Optional<Architecture> draw(
            SearchSpace space,
            History history,
            RandomGenerator random,
            Supplier<Architecture> draws) {
        return draw(
                space,
                history.trials().stream().map(Trial::architecture).collect(Collectors.toSet()),
                random,
                draws);
    }

    /**
     * An architecture that is not in a set: from the draws, else a random one, else one of those
     * that the enumeration finds first.
     *
     * @param space where to look
     * @param seen what not to return; part of {@code space}
     * @param random where random ones come from
     * @param draws what to try first; not called in a space of one architecture
     * @return empty when all were seen
     */
    public static Optional<Architecture> draw(
            SearchSpace space,
            Set<Architecture> seen,
            RandomGenerator random,
            Supplier<Architecture> draws) {
        if (isExhausted(space, seen)) {
            return Optional.empty();
        }
        for (int i = 0; i < 2 * DRAWS; i++) {
            Architecture drawn = i < DRAWS ? draws.get() : space.sample(random);
            if (!seen.contains(drawn) && space.admits(drawn)) {
                return Optional.of(drawn);
            }
        }
        if (!isListable(space)) {
            return Stream.generate(() -> space.sample(random))
                    .limit(LISTABLE)
                    .filter(architecture -> !seen.contains(architecture))
                    .findFirst();
        }
        List<Architecture> left =
                space.stream()
                        .filter(architecture -> !seen.contains(architecture))
                        .limit(LISTED)
                        .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(left.get(random.nextInt(left.size())));
    }

    /** Of a large space with constraints the few that meet them may be far apart. */
    private static boolean isListable(SearchSpace space) {
        return space.constraints().isEmpty()
                || space.size().compareTo(BigInteger.valueOf(LISTABLE)) <= 0;
    }

    private static boolean isExhausted(SearchSpace space, Set<Architecture> seen) {
        return space.size().compareTo(BigInteger.valueOf(seen.size())) <= 0;
    }
}
