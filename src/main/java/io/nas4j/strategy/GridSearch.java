package io.nas4j.strategy;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Grid search: every architecture once, no chance involved.
 *
 * <p>In the order of enumeration ({@link SearchSpace#stream()}) the last decision changes fastest,
 * which suits a space that is tried to its end. {@link #spread()} strides through the space by the
 * golden ratio, so that any beginning of the search covers all of it evenly.
 *
 * @param isSpread whether to stride instead of enumerating
 */
public record GridSearch(boolean isSpread) implements SearchStrategy {

    /** The golden ratio's inverse: multiples of it fill an interval most evenly. */
    private static final BigDecimal GOLDEN =
            new BigDecimal("0.61803398874989484820458683436563811772");

    /** In the order of the space. */
    public GridSearch() {
        this(false);
    }

    /**
     * The order for a space that is too large to be tried to its end.
     *
     * @return a copy
     */
    public GridSearch spread() {
        return new GridSearch(true);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new FoldedSession(task, fidelity) {
            private Iterator<Architecture> order = order(space);

            @Override
            protected void restart() {
                order = order(space);
            }

            @Override
            protected Optional<Proposal> propose(History history, RandomGenerator random) {
                while (order.hasNext()) {
                    Architecture next = order.next();
                    if (!isSeen(next)) {
                        return evaluate(next);
                    }
                }
                return Optional.empty();
            }
        };
    }

    private Iterator<Architecture> order(SearchSpace space) {
        return (isSpread ? strides(space) : space.stream()).iterator();
    }

    /**
     * Ranks in the product of all decisions, whether reachable together or not: a stride prime to
     * its size meets every rank once, so every architecture at least once.
     */
    private static Stream<Architecture> strides(SearchSpace space) {
        List<Decision> decisions = space.decisions();
        BigInteger size =
                decisions.stream()
                        .map(decision -> BigInteger.valueOf(decision.arity()))
                        .reduce(BigInteger.ONE, BigInteger::multiply);
        BigInteger stride =
                new BigDecimal(size).multiply(GOLDEN).toBigInteger().max(BigInteger.ONE);
        while (!stride.gcd(size).equals(BigInteger.ONE)) {
            stride = stride.add(BigInteger.ONE);
        }
        BigInteger step = stride;
        return Stream.iterate(BigInteger.ZERO, rank -> rank.add(step).mod(size))
                .limit(size.bitLength() < 63 ? size.longValueExact() : Long.MAX_VALUE)
                .map(rank -> at(space, decisions, rank))
                .filter(space::admits);
    }

    private static Architecture at(SearchSpace space, List<Decision> decisions, BigInteger rank) {
        Map<String, Integer> answers = new HashMap<>();
        BigInteger rest = rank;
        for (int i = decisions.size() - 1; i >= 0; i--) {
            BigInteger[] digit =
                    rest.divideAndRemainder(BigInteger.valueOf(decisions.get(i).arity()));
            answers.put(decisions.get(i).id(), digit[1].intValue());
            rest = digit[0];
        }
        return space.choose(decision -> answers.get(decision.id()));
    }
}
