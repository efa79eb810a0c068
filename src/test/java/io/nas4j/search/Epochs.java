package io.nas4j.search;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A strategy with a weight of its own, as DARTS has: every epoch is a slice, the end is scored.
 *
 * @param epochs how many slices
 */
record Epochs(int epochs) implements SearchStrategy {

    @Override
    public OptionalInt slices() {
        return OptionalInt.of(epochs);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new Weight(task);
    }

    private final class Weight implements SearchStrategy.Checkpointed {
        private final Task task;
        private long weight = 1;
        private int trained;

        Weight(Task task) {
            this.task = task;
        }

        @Override
        public Optional<Proposal> ask(History history, RandomGenerator random) {
            return trained < epochs
                    ? Optional.of(new Proposal.Advance(new Epoch()))
                    : Optional.empty();
        }

        @Override
        public Optional<Proposal.Evaluate> conclude(History history) {
            return Optional.of(new Proposal.Evaluate(derived(), Fidelity.NONE));
        }

        @Override
        public void save(OutputStream out) throws IOException {
            DataOutputStream data = new DataOutputStream(out);
            data.writeLong(weight);
            data.writeInt(trained);
            data.flush();
        }

        @Override
        public void restore(InputStream in) throws IOException {
            DataInputStream data = new DataInputStream(in);
            weight = data.readLong();
            trained = data.readInt();
        }

        private Architecture derived() {
            return task.space().sample(new SplittableRandom(weight));
        }

        private final class Epoch implements Slice {
            @Override
            public String measure() {
                return "supernet";
            }

            @Override
            public Fidelity fidelity() {
                return Fidelity.epochs(1);
            }

            @Override
            public Step advance(TrialContext context) {
                // every batch depends on the one before, so a half epoch is another weight
                for (int batch = 0; batch < 4 && context.proceed(); batch++) {
                    weight = weight * 31 + context.seed() + batch;
                }
                trained++;
                double score = (weight >>> 12) / (double) (1L << 52);
                return new Step(
                        derived(),
                        Estimate.of(score),
                        new OptionWeights(Map.of("cell/v1/1<-0", List.of(score, 1 - score))));
            }
        }
    }
}
