package io.nas4j.space;

import java.math.BigInteger;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts architectures exactly. A shared definition is decided once however often it is reached, so
 * counts are kept by the set of definitions reached and multiplied out at the end.
 */
final class Size {

    /** Of sets of definitions, of which there may be two to the power of the definitions. */
    private static final int MOST_STEPS = 20_000;

    private final Map<String, WalkPlan> plans;
    private int steps;

    private Size(Map<String, WalkPlan> plans) {
        this.plans = plans;
    }

    static BigInteger of(Map<String, WalkPlan> plans) {
        return new Size(plans).total(plans.get(""));
    }

    /** For example {@code 15,625} or {@code 1.08e+18}. */
    static String words(BigInteger size) {
        return size.bitLength() < 40
                ? String.format(Locale.ROOT, "%,d", size)
                : String.format(Locale.ROOT, "%.3g", size.doubleValue());
    }

    private BigInteger total(WalkPlan root) {
        Map<Set<String>, BigInteger> closed = new LinkedHashMap<>();
        expand(count(root), Set.of(), closed);
        return closed.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    private void expand(
            Map<Set<String>, BigInteger> counts,
            Set<String> decided,
            Map<Set<String>, BigInteger> closed) {
        counts.forEach(
                (reached, ways) -> {
                    Set<String> waiting = new TreeSet<>(reached);
                    waiting.removeAll(decided);
                    if (waiting.isEmpty()) {
                        closed.merge(Set.of(), ways, BigInteger::add);
                        return;
                    }
                    String next = waiting.iterator().next();
                    Set<String> nowDecided = new TreeSet<>(decided);
                    nowDecided.add(next);
                    expand(
                            product(Map.of(reached, ways), count(plans.get(next))),
                            nowDecided,
                            closed);
                });
    }

    private Map<Set<String>, BigInteger> count(WalkPlan plan) {
        if (!plan.open) {
            return Map.of(Set.of(), BigInteger.ONE);
        }
        if (plan.node instanceof Node.Ref ref) {
            return Map.of(Set.of(ref.name()), BigInteger.ONE);
        }
        if (plan.decision == null) {
            return product(plan.children);
        }
        Map<Set<String>, BigInteger> sum = new LinkedHashMap<>();
        for (int answer = 0; answer < plan.decision.arity(); answer++) {
            product(plan.decision.picked(answer).stream().map(plan.children::get).toList())
                    .forEach((reached, ways) -> sum.merge(reached, ways, BigInteger::add));
        }
        return sum;
    }

    private Map<Set<String>, BigInteger> product(Collection<WalkPlan> parts) {
        Map<Set<String>, BigInteger> result = Map.of(Set.of(), BigInteger.ONE);
        for (WalkPlan part : parts) {
            result = product(result, count(part));
        }
        return result;
    }

    private Map<Set<String>, BigInteger> product(
            Map<Set<String>, BigInteger> a, Map<Set<String>, BigInteger> b) {
        Map<Set<String>, BigInteger> result = new LinkedHashMap<>();
        a.forEach(
                (left, leftWays) ->
                        b.forEach(
                                (right, rightWays) -> {
                                    Set<String> union = new TreeSet<>(left);
                                    union.addAll(right);
                                    if (++steps > MOST_STEPS) {
                                        throw new IllegalStateException(
                                                "the architectures of a space are counted by the"
                                                        + " sets of shared definitions that they"
                                                        + " reach, but there are too many of"
                                                        + " these. Try fewer holes that choose"
                                                        + " between references.");
                                    }
                                    result.merge(
                                            union, leftWays.multiply(rightWays), BigInteger::add);
                                }));
        return result;
    }
}
