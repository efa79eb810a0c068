package io.nas4j.execute;

import io.nas4j.json.Job;
import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.json.Vocabulary;
import io.nas4j.search.Attempt;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.Repeated;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.train.Devices;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A worker process that runs a strategy's own training from its beginning to its end, and writes
 * the state after each slice into a file. It ends when its standard input does.
 */
public final class SliceMain {

    private final Wire out;
    private final Message order;
    private final Job job;
    private final SearchStrategy.Checkpointed session;

    private SliceMain(Wire out, Message order, Vocabulary known) {
        this.out = out;
        this.order = order;
        this.job = Json.job(order.text("job"), known);
        Task whole = job.task();
        int index = (int) order.whole("index");
        String named = whole.device();
        String device = named.equals("cpu") ? named : Devices.share(named, index);
        Task own = Repeated.task(whole.device(device), index);
        SearchStrategy strategy = Json.strategy(order.text("strategy"), known);
        this.session =
                (SearchStrategy.Checkpointed)
                        strategy.open(own, Json.fidelity(order.text("fidelity")));
    }

    /**
     * Runs until the training has ended, or the standard input has.
     *
     * @param own the names of the user's own records that a job may be made of
     * @throws IOException when the search cannot be heard or told
     * @throws ClassNotFoundException when such a record is not on the class path
     */
    public static void main(String[] own) throws IOException, ClassNotFoundException {
        OutputStream pipe = new FileOutputStream(FileDescriptor.out);
        System.setOut(
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        Wire out = new Wire(pipe);
        BufferedReader in = WorkerLine.reader(System.in);
        Optional<Message> order = Optional.empty();
        while (order.isEmpty()) {
            String line = in.readLine();
            if (line == null) {
                return;
            }
            order = Wire.message(line);
        }
        WorkerLine.begin("nas4j-search", () -> end(in));
        try {
            List<Class<?>> types = new ArrayList<>();
            for (String name : own) {
                types.add(Class.forName(name));
            }
            new SliceMain(out, order.get(), KnownTypes.vocabulary().with(types)).run();
        } finally {
            out.send(Message.of("trained"));
        }
        Runtime.getRuntime().halt(0);
    }

    /** Also where native code is busy, and does not let a JVM exit. */
    private static void end(BufferedReader in) {
        try {
            while (in.readLine() != null) {
                continue;
            }
        } catch (IOException e) {
            // the search has ended
        }
        Runtime.getRuntime().halt(0);
    }

    /** Until something else than a whole slice comes: that is the search's own to see. */
    private void run() throws IOException {
        History history = History.empty(job.estimator().measure());
        int start = (int) order.whole("start");
        while (true) {
            int number = history.size();
            Optional<Proposal> proposal =
                    session.ask(history, job.seeds().random(start + number, "ask"));
            if (proposal.isEmpty() || !(proposal.get() instanceof Proposal.Advance advance)) {
                return;
            }
            Slice slice = advance.slice();
            out.send(
                    Message.of("next")
                            .with("measure", slice.measure())
                            .with("fidelity", Json.write(slice.fidelity())));
            long seed = job.seeds().seed(start + number, "trial");
            Attempt.Advanced advanced = Attempt.advance(slice, new Told(seed));
            if (!(advanced.outcome() instanceof Outcome.Completed completed)) {
                return;
            }
            Slice.Step step = advanced.step().orElseThrow();
            Trial trial =
                    new Trial(
                            number,
                            step.architecture(),
                            slice.measure(),
                            slice.fidelity(),
                            seed,
                            OptionalInt.empty(),
                            new Outcome.Completed(
                                    completed.estimate(), step.learned(), OptionalInt.empty()));
            Path state = Path.of(order.text("folder"), "state-" + number + ".bin");
            try (OutputStream to = Files.newOutputStream(state)) {
                session.save(to);
            }
            out.send(Message.of("step").with("trial", Json.write(trial)).with("state", state));
            session.tell(trial);
            history = history.plus(trial);
        }
    }

    /** Goes on whatever the search says: it ends the process where it wants no more of it. */
    private final class Told implements TrialContext {
        private final long seed;

        Told(long seed) {
            this.seed = seed;
        }

        @Override
        public long seed() {
            return seed;
        }

        @Override
        public boolean report(int step, double score) {
            tell(Message.of("report").with("step", step).with("score", score));
            return true;
        }

        @Override
        public boolean proceed() {
            return true;
        }

        @Override
        public void progress(double fraction) {
            tell(Message.of("progress").with("fraction", fraction));
        }

        @Override
        public void phase(String phase) {
            tell(Message.of("phase").with("phase", phase));
        }

        private void tell(Message message) {
            try {
                out.send(message);
            } catch (IOException e) {
                throw new UncheckedIOException("the search has ended", e);
            }
        }
    }
}
