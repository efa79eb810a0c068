package io.nas4j.execute;

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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/**
 * A strategy that trains by itself: a number that each slice changes by all that a slice may know.
 * Who runs a slice first is told by a file.
 *
 * @param epochs of each search
 * @param folder where files are left
 * @param conduct of the first slices
 */
record Walk(int epochs, Path folder, Conduct conduct) implements SearchStrategy {

    /** A file: the search was stopped and goes on, so that no slice waits any more. */
    static final String STOPPED = "stopped";

    private static final String DEVICES = "devices";

    enum Conduct {
        GOOD,
        MEETS_THE_NEXT,
        DIES_ONCE,
        WAITS
    }

    @Override
    public OptionalInt slices() {
        return OptionalInt.of(epochs);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        try {
            Files.writeString(
                    folder.resolve(DEVICES),
                    task.devices() + System.lineSeparator(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Walking(task, fidelity);
    }

    /** What each session was told to train on. */
    static List<String> devices(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve(DEVICES));
    }

    private final class Walking implements SearchStrategy.Checkpointed {
        private final Task task;
        private final Fidelity fidelity;
        private long place;
        private int trained;

        Walking(Task task, Fidelity fidelity) {
            this.task = task;
            this.fidelity = fidelity;
        }

        @Override
        public Optional<Proposal> ask(History history, RandomGenerator random) {
            if (trained == epochs) {
                return Optional.empty();
            }
            long drawn = random.nextLong() + history.size();
            return Optional.of(new Proposal.Advance(new Pace(drawn)));
        }

        @Override
        public Optional<Proposal.Evaluate> conclude(History history) {
            return Optional.of(new Proposal.Evaluate(derived(), fidelity));
        }

        private Architecture derived() {
            return task.space().sample(new SplittableRandom(place));
        }

        @Override
        public void save(OutputStream out) throws IOException {
            DataOutputStream data = new DataOutputStream(out);
            data.writeLong(place);
            data.writeInt(trained);
            data.flush();
        }

        @Override
        public void restore(InputStream in) throws IOException {
            DataInputStream data = new DataInputStream(in);
            place = data.readLong();
            trained = data.readInt();
        }

        private final class Pace implements Slice {
            private final long drawn;

            Pace(long drawn) {
                this.drawn = drawn;
            }

            @Override
            public String measure() {
                return "walk";
            }

            @Override
            public Fidelity fidelity() {
                return Fidelity.epochs(epochs);
            }

            @Override
            public Step advance(TrialContext context) throws Exception {
                long master = task.seeds().master();
                place = 31 * place + drawn + context.seed() + master;
                boolean first = begins(master);
                if (first && trained == 1) {
                    misbehave();
                }
                trained++;
                context.progress(1);
                Architecture derived = derived();
                return new Step(
                        derived, Estimate.of(Math.floorMod(place, 1000)), OptionWeights.NONE);
            }
        }

        /** Whether this slice of this search is run for the first time. */
        private boolean begins(long master) throws IOException {
            Path file = folder.resolve("walk-" + trained + "-" + master);
            boolean first = !Files.exists(file);
            Files.writeString(
                    file,
                    ProcessHandle.current().pid() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return first;
        }

        private void misbehave() throws InterruptedException, IOException {
            switch (conduct) {
                case DIES_ONCE -> Runtime.getRuntime().halt(7);
                case WAITS -> {
                    if (!Files.exists(folder.resolve(STOPPED))) {
                        new CountDownLatch(1).await();
                    }
                }
                case MEETS_THE_NEXT -> {
                    int index = task.seeds().master() == 3 ? 1 : 0;
                    long other = task.seeds().master() == 3 ? other(index) : 3;
                    Probe.awaitFile(folder, "walk-1-" + other);
                }
                case GOOD -> {}
            }
        }

        private long other(int index) {
            return io.nas4j.strategy.Repeated.task(task, index).seeds().master();
        }
    }

    /** Who ran slices, by process. */
    static List<String> processes(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("walk-"))
                    .flatMap(Walk::lines)
                    .distinct()
                    .toList();
        }
    }

    private static java.util.stream.Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
