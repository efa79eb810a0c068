package io.nas4j.execute;

import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A strategy's session whose slices a worker trains, perhaps ahead of when they are asked for. What
 * is not a slice (the end of the training, its answer, a slice that failed, a worker that is lost)
 * is that of an ordinary session in this process, which begins with the state after the latest
 * slice.
 */
final class AheadSession implements SearchStrategy.Checkpointed {

    private static final long LOOK_MILLIS = 100;

    private final Supplier<SearchStrategy.Session> opener;
    private final Supplier<Optional<SliceProcess>> starter;
    private final SearchSpace space;
    private final List<Trial> told = new ArrayList<>();
    private Optional<SliceProcess> process = Optional.empty();
    private Optional<SearchStrategy.Session> here = Optional.empty();
    private Optional<Path> state = Optional.empty();
    private boolean begun;

    /**
     * A session.
     *
     * @param opener of the ordinary session
     * @param starter gives the worker, at the first ask; empty where there is none
     * @param space the search's
     */
    AheadSession(
            Supplier<SearchStrategy.Session> opener,
            Supplier<Optional<SliceProcess>> starter,
            SearchSpace space) {
        this.opener = opener;
        this.starter = starter;
        this.space = space;
    }

    @Override
    public Optional<Proposal> ask(History history, RandomGenerator random) {
        if (!begun) {
            begun = true;
            process = here.isPresent() ? Optional.empty() : starter.get();
        }
        boolean interrupted = false;
        try {
            Optional<Message> next = await("next", TrialContext.silent(0));
            if (next.isPresent()) {
                return Optional.of(
                        new Proposal.Advance(
                                new Ahead(
                                        next.get().text("measure"),
                                        Json.fidelity(next.get().text("fidelity")),
                                        history,
                                        random)));
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            return here().ask(history, random);
        } finally {
            if (interrupted) {
                // what is proposed asks whether to go on before it does anything
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Empty when the worker has come to its end, or the trial is to stop. */
    private Optional<Message> await(String kind, TrialContext context) throws InterruptedException {
        while (process.isPresent() && context.proceed()) {
            Message message = process.get().take(LOOK_MILLIS).orElse(Message.of("nothing"));
            if (message.kind().equals(kind)) {
                return Optional.of(message);
            }
            switch (message.kind()) {
                case "progress" -> context.progress(message.number("fraction"));
                case "phase" -> context.phase(message.text("phase"));
                case "report" -> {
                    boolean unused =
                            context.report((int) message.whole("step"), message.number("score"));
                }
                case "trained", WorkerLine.GONE -> {
                    return Optional.empty();
                }
                default -> {} // nothing was said
            }
        }
        return Optional.empty();
    }

    /** By no channel: an interrupt would close it, and a stop lose the state. */
    private static InputStream read(Path state) throws IOException {
        return new FileInputStream(state.toFile());
    }

    /** The ordinary session, from now on. */
    private SearchStrategy.Session here() {
        if (here.isEmpty()) {
            SearchStrategy.Session session = opener.get();
            here = Optional.of(session);
            if (state.isPresent()) {
                try (InputStream in = read(state.get())) {
                    ((SearchStrategy.Checkpointed) session).restore(in);
                } catch (IOException e) {
                    throw new UncheckedIOException("what a worker trained cannot be read", e);
                }
            }
            told.forEach(session::tell);
            process.ifPresent(SliceProcess::close);
            process = Optional.empty();
        }
        return here.get();
    }

    /** A slice that the worker runs, has run, or has given up. */
    private final class Ahead implements Slice {
        private final String measure;
        private final Fidelity fidelity;
        private final History history;
        private final RandomGenerator random;

        Ahead(String measure, Fidelity fidelity, History history, RandomGenerator random) {
            this.measure = measure;
            this.fidelity = fidelity;
            this.history = history;
            this.random = random;
        }

        @Override
        public String measure() {
            return measure;
        }

        @Override
        public Fidelity fidelity() {
            return fidelity;
        }

        @Override
        public Step advance(TrialContext context) throws Exception {
            Optional<Message> step = await("step", context);
            if (step.isPresent()) {
                return taken(step.get());
            }
            if (!context.proceed()) {
                throw new InterruptedException("stopped");
            }
            Proposal again = here().ask(history, random).orElseThrow();
            return ((Proposal.Advance) again).slice().advance(context);
        }

        private Step taken(Message message) throws IOException {
            if (state.isPresent()) {
                Files.deleteIfExists(state.get());
            }
            state = Optional.of(Path.of(message.text("state")));
            Trial trial = Json.trial(space, message.text("trial"));
            Outcome.Completed whole = (Outcome.Completed) trial.outcome();
            return new Step(trial.architecture(), whole.estimate(), whole.learned());
        }
    }

    @Override
    public void tell(Trial trial) {
        told.add(trial);
        here.ifPresent(session -> session.tell(trial));
    }

    @Override
    public List<Integer> continuable(History history) {
        return here.map(session -> session.continuable(history)).orElse(List.of());
    }

    @Override
    public Optional<Proposal.Evaluate> conclude(History history) {
        return here().conclude(history);
    }

    @Override
    public String ending() {
        return here().ending();
    }

    @Override
    public void save(OutputStream out) throws IOException {
        if (here.isPresent()) {
            ((SearchStrategy.Checkpointed) here.get()).save(out);
        } else if (state.isPresent()) {
            try (InputStream in = read(state.get())) {
                in.transferTo(out);
            }
        }
    }

    /** A search that is gone on with in the middle is no longer ahead of anything. */
    @Override
    public void restore(InputStream in) throws IOException {
        ((SearchStrategy.Checkpointed) here()).restore(in);
    }

    @Override
    public void close() {
        process.ifPresent(SliceProcess::close);
        here.ifPresent(SearchStrategy.Session::close);
    }
}
