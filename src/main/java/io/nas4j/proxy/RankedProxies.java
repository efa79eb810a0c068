package io.nas4j.proxy;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several proxies as one: the mean of a candidate's ranks among architectures that the search's
 * seed draws, by each of them. The metrics have each proxy's own score.
 *
 * <p>A rank is a share in [0, 1], straight between two neighbours of the sample; beyond its ends it
 * goes on, by the sample's quartiles, so that the very best still differ. Since the sample is
 * always the same, a score depends on no other trial. Computing it is a part of the first estimate.
 *
 * @param proxies at least 1, of different kinds
 * @param reference how many architectures are drawn, at least 4; fewer where the draws repeat
 */
public record RankedProxies(List<ZeroCost> proxies, int reference) implements PerformanceEstimator {

    private static final int REFERENCE = 50;

    public RankedProxies {
        proxies = List.copyOf(proxies);
        require(!proxies.isEmpty(), "proxies to combine must be at least 1, but were 0.");
        require(
                proxies.stream().map(ZeroCost::proxy).distinct().count() == proxies.size(),
                "combined proxies must be of different kinds, but were %s.",
                proxies);
        require(reference >= 4, "reference must be at least 4, but was %d. Try 50.", reference);
    }

    /**
     * Ranks among 50 architectures.
     *
     * @param proxies at least 1, of different kinds
     * @return an estimator
     */
    public static RankedProxies of(List<ZeroCost> proxies) {
        return new RankedProxies(proxies, REFERENCE);
    }

    /**
     * Sets {@link #reference}.
     *
     * @param architectures at least 4; default 50
     * @return a copy
     */
    public RankedProxies reference(int architectures) {
        return new RankedProxies(proxies, architectures);
    }

    @Override
    public Set<String> reported() {
        Set<String> all =
                proxies.stream()
                        .map(proxy -> proxy.proxy().metric())
                        .collect(Collectors.toCollection(HashSet::new));
        all.addAll(
                List.of(Metrics.SCORE, Metrics.PARAMETERS, Metrics.MULTIPLY_ADDS, Metrics.COMPUTE));
        return all;
    }

    /** For example {@code proxies(synflow, naswot)}. */
    @Override
    public String measure() {
        return proxies.stream()
                .map(ZeroCost::measure)
                .collect(
                        Collectors.joining(
                                ", ",
                                "proxies(",
                                reference == REFERENCE ? ")" : ", reference=" + reference + ")"));
    }

    @Override
    public String toString() {
        return measure();
    }

    @Override
    public Session open(Task task) {
        List<Session> sessions = new ArrayList<>();
        try {
            proxies.forEach(proxy -> sessions.add(proxy.open(task)));
            return new Ranking(task, sessions);
        } catch (RuntimeException e) {
            sessions.forEach(Session::close);
            throw e;
        }
    }

    private final class Ranking implements Session {
        private final Task task;
        private final List<Session> sessions;
        private final List<Ranks> ranks = new ArrayList<>();

        Ranking(Task task, List<Session> sessions) {
            this.task = task;
            this.sessions = sessions;
        }

        @Override
        public Estimate estimate(Candidate candidate, TrialContext context) throws Exception {
            long start = System.nanoTime();
            while (ranks.size() < sessions.size()) {
                double[] sample = sample(sessions.get(ranks.size()), context);
                if (sample.length == 0) {
                    return Estimate.of(Double.NaN);
                }
                ranks.add(new Ranks(sample));
            }
            double sum = 0;
            Cost cost = Cost.ZERO;
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int i = 0; i < sessions.size(); i++) {
                Estimate one = sessions.get(i).estimate(candidate, context);
                cost = one.cost();
                metrics.put(proxies.get(i).proxy().metric(), one.score());
                sum += ranks.get(i).of(one.score());
            }
            metrics.keySet().removeAll(Set.of(Metrics.PARAMETERS, Metrics.MULTIPLY_ADDS));
            Duration compute = Duration.ofNanos(System.nanoTime() - start);
            return new Estimate(
                    sum / sessions.size(),
                    metrics,
                    List.of(),
                    new Cost(compute, cost.parameters(), cost.multiplyAdds()));
        }

        /** Empty where the search has told it to stop. */
        private double[] sample(Session session, TrialContext context) throws Exception {
            Seeds seeds = task.seeds();
            List<Double> scores = new ArrayList<>();
            for (int i = 0; i < reference; i++) {
                if (!context.proceed()) {
                    return new double[0];
                }
                context.progress((double) i / reference);
                double score;
                try {
                    score =
                            session.estimate(
                                            new Candidate(
                                                    i,
                                                    task.space(),
                                                    task.space()
                                                            .sample(
                                                                    seeds.random(
                                                                            i, "proxy reference")),
                                                    Fidelity.NONE,
                                                    OptionalInt.empty()),
                                            new Quiet(seeds.seed(i, "proxy reference"), context))
                                    .score();
                } catch (IllegalArgumentException e) {
                    // one that the proxy does not suit has no rank
                    continue;
                }
                if (Double.isFinite(score)) {
                    scores.add(score);
                }
            }
            require(
                    !scores.isEmpty(),
                    "ranks need architectures that %s suits, but of %d drawn it suits none.",
                    measure(),
                    reference);
            return scores.stream().mapToDouble(Double::doubleValue).toArray();
        }

        @Override
        public void close() {
            sessions.forEach(Session::close);
        }
    }

    /** Of a reference, which draws its own weights; told to stop as the trial is. */
    private record Quiet(long seed, TrialContext context) implements TrialContext {
        @Override
        public boolean report(int step, double score) {
            return context.proceed();
        }

        @Override
        public boolean proceed() {
            return context.proceed();
        }
    }
}
