package io.nas4j.sharing;

import io.nas4j.nn.Counts;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Point;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One search that trains a supernet: an epoch a slice, stopped and resumed at epochs only, until
 * all are done or a loss is no number. What an epoch does is the subclass' part, and what follows
 * from it where that is not the last epoch's architecture.
 */
public abstract class SupernetSession implements SearchStrategy.Checkpointed {

    /** What an epoch's scores are called. */
    public static final String MEASURE = "supernet";

    private final String name;

    /** What the search is about. */
    protected final Task task;

    /** Network, data and state. */
    protected final SupernetTrainer supernet;

    /** Of the answer's estimate. */
    protected final Fidelity fidelity;

    /** Why a guard ended the search; empty while none did. */
    private String alarm = "";

    /**
     * Opens.
     *
     * @param name of the strategy
     * @param fidelity of the answer's estimate
     */
    protected SupernetSession(String name, SupernetTrainer supernet, Fidelity fidelity) {
        this.name = name;
        this.task = supernet.task;
        this.supernet = supernet;
        this.fidelity = fidelity;
    }

    /**
     * What an epoch, or anything else that is a slice, has found.
     *
     * @param architecture what would be derived now
     * @param score its own, or the supernet's
     * @param learned what the strategy believes now
     */
    public record Found(
            Architecture architecture,
            double score,
            Map<String, Double> metrics,
            OptionWeights learned) {}

    /**
     * Trains for one epoch; takes the turns to train itself.
     *
     * @param before all epochs so far
     * @return empty when told to stop
     * @throws IllegalStateException when a loss is not finite
     */
    protected abstract Optional<Found> epoch(EpochHistory before, TrialContext context)
            throws InterruptedException;

    /** What a dry run measures. */
    protected abstract DryRun.Work work();

    /** Strategies that take less memory, as words of an advice; empty where there are none. */
    protected String lighter() {
        return "";
    }

    /** What the search's own training will take. */
    protected abstract ResourceEstimate estimate() throws InterruptedException;

    /** What is proposed behind the last epoch. */
    protected Optional<Proposal> afterTraining(History history, RandomGenerator random) {
        return Optional.empty();
    }

    /** Takes back what an epoch changes, to where it is now. */
    protected Runnable undo() {
        SupernetState.Copy untouched = supernet.state.copy();
        return () -> supernet.state.restore(untouched);
    }

    /** Estimates, and closes the session. */
    public static Optional<ResourceEstimate> estimate(SupernetSession session)
            throws InterruptedException {
        try (session) {
            return Optional.of(session.estimate().on(session.supernet.devices()));
        }
    }

    /** Measures a few steps and evaluations. */
    protected final DryRun dryRun() throws InterruptedException {
        return supernet.dryRun(memory -> DryRun.of(memory, supernet.training.batch(), work()));
    }

    /**
     * Looks, on a few images, whether the memory is enough.
     *
     * @return this; closed when it is not
     * @throws IllegalArgumentException when it is not
     */
    public final SupernetSession requireFits() {
        try {
            supernet.dryRun(
                    memory -> {
                        int batch = supernet.training.batch();
                        DryRun.requireFits(memory, batch, work(), where(), lighter());
                        return memory;
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop hears it before anything is trained
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
        return this;
    }

    private String where() {
        int devices = supernet.devices();
        return devices == 1 ? name : name + " on each of " + devices + " devices";
    }

    @Override
    public final Optional<Proposal> ask(History history, RandomGenerator random) {
        EpochHistory before = EpochHistory.of(history, MEASURE);
        alarm = before.alarm();
        if (supernet.state.diverged || !alarm.isEmpty()) {
            return Optional.empty();
        }
        return supernet.isTrained()
                ? afterTraining(history, random)
                : Optional.of(new Proposal.Advance(new Epoch(before)));
    }

    @Override
    public final String ending() {
        return alarm.isEmpty() ? SearchStrategy.Checkpointed.super.ending() : alarm;
    }

    @Override
    public Optional<Proposal.Evaluate> conclude(History history) {
        return EpochHistory.of(history, MEASURE).answer(fidelity);
    }

    /** An epoch's result: the supernet's cost. */
    protected final Slice.Step step(Found found, int step, long start) {
        return step(found, step, supernet.net.weightCount(), 0, start);
    }

    /** The result of one network, whose cost it has. */
    protected final Slice.Step step(Found found, Counts counts, long start) {
        return step(found, 1, counts.parameters(), counts.multiplyAdds(), start);
    }

    private static Slice.Step step(
            Found found, int step, long parameters, long multiplyAdds, long start) {
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        Estimate estimate =
                new Estimate(
                        found.score(),
                        found.metrics(),
                        List.of(new Point(step, found.score())),
                        new Cost(time, parameters, multiplyAdds));
        return new Slice.Step(found.architecture(), estimate, found.learned());
    }

    /** A slice beside the epochs: it holds the turn to train from its beginning to its end. */
    protected abstract class Turn implements Slice {
        private final String measure;

        /**
         * Names it.
         *
         * @param measure of its score
         */
        protected Turn(String measure) {
            this.measure = measure;
        }

        /**
         * Works.
         *
         * @param start what its time is counted from, for {@code step}
         * @throws Exception any: the trial then failed
         */
        protected abstract Step work(TrialContext context, long start) throws Exception;

        @Override
        public final String measure() {
            return measure;
        }

        @Override
        public final Fidelity fidelity() {
            return supernet.fidelity();
        }

        @Override
        @SuppressWarnings("try") // the turn is held, not used
        public final Step advance(TrialContext context) throws Exception {
            long start = System.nanoTime();
            supernet.place(context);
            try (TrainingLock turn = TrainingLock.take(context.seed())) {
                return work(context, start);
            }
        }
    }

    private final class Epoch implements Slice {
        private final EpochHistory before;

        Epoch(EpochHistory before) {
            this.before = before;
        }

        @Override
        public String measure() {
            return MEASURE;
        }

        @Override
        public Fidelity fidelity() {
            return supernet.fidelity();
        }

        @Override
        public Step advance(TrialContext context) throws Exception {
            long start = System.nanoTime();
            int number = supernet.state.epoch + 1;
            Runnable undo = undo();
            boolean whole = false;
            supernet.place(context);
            try {
                Found found =
                        epoch(before, context)
                                .orElseThrow(
                                        () ->
                                                new InterruptedException(
                                                        "stopped in epoch " + number));
                supernet.state.epoch = number;
                whole = true;
                context.progress(1);
                return step(found, number, start);
            } finally {
                if (!whole) {
                    // half an epoch cannot be resumed: the next one starts where this one did
                    undo.run();
                }
            }
        }
    }

    @Override
    public void save(OutputStream out) throws IOException {
        supernet.state.save(out);
    }

    @Override
    public void restore(InputStream in) throws IOException {
        supernet.state.restore(in);
    }

    @Override
    public void close() {
        supernet.close();
    }
}
