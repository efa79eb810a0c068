package io.nas4j.search;

import io.nas4j.data.Data;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Asha;
import io.nas4j.strategy.Bohb;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.train.TrainingEstimator;
import io.nas4j.trial.Checkpoints;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * A search of several fidelities that really trains, in a process of its own that waits at a given
 * moment to be killed: {@code journal strategy trial before|half}.
 */
final class KilledTraining {

    static final String WAITS = "waits to be killed";

    private static final SearchSpace SPACE =
            SearchSpace.of(
                    "tiny",
                    Grammar.stem(4),
                    Grammar.choice("a", Grammar.norConv(1), Grammar.norConv(3), Grammar.maxPool(3)),
                    Grammar.choice("b", Grammar.norConv(1), Grammar.norConv(3), Grammar.maxPool(3)),
                    Grammar.choice(
                            "c", Grammar.dropout(10), Grammar.dropout(30), Grammar.dropout(50)),
                    Grammar.classifier());

    private KilledTraining() {}

    public static void main(String[] args) {
        Waiting waiting = new Waiting(Integer.parseInt(args[2]), args[3].equals("half"));
        new SearchLoop(search(Path.of(args[0]), strategy(args[1]), waiting)).run();
    }

    static SearchStrategy strategy(String name) {
        return switch (name) {
            case "hyperband" -> new Hyperband();
            case "asha" -> new Asha();
            case "bohb" -> new Bohb();
            default -> throw new IllegalArgumentException(name);
        };
    }

    static SearchSpec search(Path journal, SearchStrategy strategy, Waiting waiting) {
        return SearchSpec.of(
                        new Task(SPACE, squares(200), new Seeds(5), "cpu"),
                        strategy,
                        waiting,
                        Budget.trials(15))
                .journal(journal);
    }

    /** Which quarter of a noisy image is bright. */
    private static Data squares(int n) {
        int side = 8;
        SplittableRandom random = new SplittableRandom(11);
        byte[] pixels = new byte[n * side * side];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % 4;
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    boolean bright = y / 4 == labels[i] / 2 && x / 4 == labels[i] % 2;
                    pixels[(i * side + y) * side + x] =
                            (byte) (random.nextInt(150) + (bright ? 60 : 0));
                }
            }
        }
        return Data.images("squares", pixels, 1, side, side, labels, List.of("a", "b", "c", "d"));
    }

    /**
     * Trains, and waits for ever before it starts one of the trials, or in the midst of saving it.
     *
     * @param trial its number; negative: none
     * @param half whether it waits when half of the checkpoint is written
     */
    record Waiting(int trial, boolean half) implements PerformanceEstimator {

        static final Waiting NEVER = new Waiting(-1, false);

        private static final TrainingEstimator TRAINS =
                TrainingEstimator.train(9).batch(32).device("cpu");

        @Override
        public Session open(Task task) {
            Session session = TRAINS.open(task);
            return new Session() {
                @Override
                public Estimate estimate(Candidate candidate, TrialContext context)
                        throws Exception {
                    boolean waits = candidate.trial() == trial;
                    if (waits && !half) {
                        waitForTheEnd();
                    }
                    return session.estimate(candidate, waits ? new Saving(context) : context);
                }

                @Override
                public void close() {
                    session.close();
                }
            };
        }

        @Override
        public Fidelity fidelity() {
            return TRAINS.fidelity();
        }

        @Override
        public String measure() {
            return TRAINS.measure();
        }

        @Override
        public String toString() {
            return TRAINS.toString();
        }
    }

    private static void waitForTheEnd() throws IOException {
        System.out.println(WAITS);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Comes to a halt when half of a checkpoint has reached the file. */
    private record Saving(TrialContext context) implements TrialContext, Checkpoints {

        @Override
        public void save(Content content) {
            context.checkpoints()
                    .save(
                            out -> {
                                ByteArrayOutputStream whole = new ByteArrayOutputStream();
                                content.write(whole);
                                out.write(whole.toByteArray(), 0, whole.size() / 2);
                                out.flush();
                                waitForTheEnd();
                            });
        }

        @Override
        public Optional<InputStream> find() {
            return context.checkpoints().find();
        }

        @Override
        public Checkpoints checkpoints() {
            return this;
        }

        @Override
        public long seed() {
            return context.seed();
        }

        @Override
        public boolean report(int step, double score) {
            return context.report(step, score);
        }

        @Override
        public boolean proceed() {
            return context.proceed();
        }
    }
}
