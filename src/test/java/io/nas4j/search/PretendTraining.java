package io.nas4j.search;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Task;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Nine epochs of something like a training: each depends on the last one, and on the trial's seed.
 *
 * @param bytes that a checkpoint takes, at least 12
 */
record PretendTraining(int bytes) implements PerformanceEstimator {

    @Override
    public Session open(Task task) {
        return (candidate, context) -> {
            int epoch = 0;
            double state = 0;
            Optional<InputStream> saved = context.checkpoints().find();
            if (saved.isPresent()) {
                try (DataInputStream in = new DataInputStream(saved.get())) {
                    epoch = in.readInt();
                    state = in.readDouble();
                }
            }
            Map<String, Double> metrics = new LinkedHashMap<>();
            if (candidate.continues().isPresent() && saved.isEmpty()) {
                metrics.put(Metrics.RESTARTED, 1.0);
            }
            int quality = candidate.architecture().choices().hashCode();
            for (; epoch < candidate.fidelity().epochs(); epoch++) {
                if (!context.proceed()) {
                    return Estimate.of(state);
                }
                long mixed = context.seed() * 31 + epoch * 977L + quality;
                state = (state + new SplittableRandom(mixed).nextDouble()) / 1.5;
            }
            int done = epoch;
            double value = state;
            context.checkpoints()
                    .save(
                            out -> {
                                DataOutputStream data = new DataOutputStream(out);
                                data.writeInt(done);
                                data.writeDouble(value);
                                data.write(new byte[bytes - 12]);
                                data.flush();
                            });
            return new Estimate(value, metrics, List.of(), Cost.ZERO);
        };
    }

    @Override
    public Fidelity fidelity() {
        return Fidelity.epochs(9);
    }

    @Override
    public String measure() {
        return "pretend(" + fidelity() + ")";
    }
}
