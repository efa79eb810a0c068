package io.nas4j.hardware;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.Devices;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An estimator whose estimates also say what the network takes: latency, memory, size, as metrics
 * that an {@link io.nas4j.trial.Objective} or a {@link Weighted} score names. Scores stay as they
 * are. A metric of the estimator's own of the same name, a table's latency for example, gives way.
 *
 * <p>A network is looked at at full width and resolution, whatever the fidelity of the trial, and
 * measured once; the values are kept with the trial, in a journal too, and a resumed search reads
 * them from there.
 *
 * @param estimator what scores
 * @param demands what is counted or measured, at least 1, each once
 */
public record Measured(PerformanceEstimator estimator, List<Demand> demands)
        implements PerformanceEstimator {

    public Measured {
        demands = List.copyOf(demands);
        require(!demands.isEmpty(), "nothing is to be measured. Try latency().");
        List<String> names = demands.stream().map(Demand::metric).toList();
        require(
                names.size() == Set.copyOf(names).size(),
                "demands must differ in what they report, but report %s. Try different batches.",
                names);
    }

    @Override
    public Session open(Task task) {
        for (Demand demand : demands) {
            if (demand instanceof Latency latency) {
                // a device that does not exist is refused here
                var unused = Devices.of(latency.on(Setting.of(task)).device());
            }
        }
        return new Measuring(task, estimator.open(task));
    }

    @Override
    public Fidelity fidelity() {
        return estimator.fidelity();
    }

    @Override
    public Set<String> reported() {
        Set<String> names = new HashSet<>(estimator.reported());
        if (!names.isEmpty()) {
            names.addAll(metrics(true));
            names.addAll(metrics(false));
        }
        return names;
    }

    private List<String> metrics(boolean measured) {
        return demands.stream()
                .filter(demand -> demand.isMeasured() == measured)
                .flatMap(demand -> demand.metrics().stream())
                .toList();
    }

    @Override
    public Object key(SearchSpace space, Architecture architecture) {
        return estimator.key(space, architecture);
    }

    /** What is measured needs the machine for itself. */
    @Override
    public boolean concurrent() {
        return metrics(true).isEmpty() && estimator.concurrent();
    }

    @Override
    public boolean inherits() {
        return estimator.inherits();
    }

    /** The estimator's: what is measured does not change the score. */
    @Override
    public String measure() {
        return estimator.measure();
    }

    /** For example {@code measured(train(epochs=3), latency().batch(32))}. */
    @Override
    public String toString() {
        return "measured("
                + estimator
                + demands.stream()
                        .map(Demand::toString)
                        .collect(Collectors.joining(", ", ", ", ")"));
    }

    private final class Measuring implements Session {
        private final SearchSpace space;
        private final Setting setting;
        private final Session scores;
        private final Map<String, Map<String, Double>> known = new HashMap<>();

        Measuring(Task task, Session scores) {
            this.space = task.space();
            this.setting = Setting.of(task);
            this.scores = scores;
        }

        @Override
        public Estimate estimate(Candidate candidate, TrialContext context) throws Exception {
            Estimate estimate = scores.estimate(candidate, context);
            if (!context.proceed() || !Double.isFinite(estimate.score())) {
                return estimate;
            }
            long start = System.nanoTime();
            Map<String, Double> metrics = new LinkedHashMap<>(estimate.metrics());
            metrics.putAll(demands(candidate));
            Cost cost = estimate.cost();
            Duration compute = cost.compute().plusNanos(System.nanoTime() - start);
            return new Estimate(
                    estimate.score(),
                    metrics,
                    estimate.curve(),
                    new Cost(compute, cost.parameters(), cost.multiplyAdds()));
        }

        /** Equal networks are as fast; they may hold different weights that nobody reads. */
        private Map<String, Double> demands(Candidate candidate) {
            SearchSpace network = candidate.network();
            Map<String, Double> measured =
                    metrics(true).isEmpty()
                            ? Map.of()
                            : known.computeIfAbsent(
                                    space.fingerprint(candidate.architecture()),
                                    unknown -> values(network, true));
            Map<String, Double> values = new LinkedHashMap<>(values(network, false));
            values.putAll(measured);
            return values;
        }

        private Map<String, Double> values(SearchSpace network, boolean measured) {
            Map<String, Double> values = new LinkedHashMap<>();
            demands.stream()
                    .filter(demand -> demand.isMeasured() == measured)
                    .forEach(demand -> values.putAll(demand.of(network, setting)));
            return values;
        }

        @Override
        public void tell(Trial trial) {
            scores.tell(trial);
            if (trial.outcome() instanceof Outcome.Completed completed
                    && trial.measure().startsWith(measure())) {
                Map<String, Double> values = new LinkedHashMap<>(completed.estimate().metrics());
                values.keySet().retainAll(metrics(true));
                if (!values.isEmpty()) {
                    known.putIfAbsent(space.fingerprint(trial.architecture()), values);
                }
            }
        }

        @Override
        public void close() {
            scores.close();
        }
    }
}
