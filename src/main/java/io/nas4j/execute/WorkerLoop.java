package io.nas4j.execute;

import io.nas4j.data.Data;
import io.nas4j.data.DataReference;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.json.Job;
import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.search.Attempt;
import io.nas4j.search.TrialExecutor;
import io.nas4j.space.Architecture;
import io.nas4j.train.Devices;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The worker's side of the line: one thread listens, one runs trials, one says it is alive.
 *
 * <p>The process ends with its line; where it does not, its site is told.
 */
final class WorkerLoop {

    private static final long SIGN_MILLIS = 200;

    /** What a worker is part of. */
    interface Site {

        /** A process that is there for one search. */
        Site PROCESS =
                new Site() {
                    @Override
                    public Data read(DataReference data) {
                        return data.read();
                    }

                    @Override
                    public Optional<Path> weights() {
                        return Optional.empty();
                    }

                    /** Also where native code is busy, and does not let a JVM exit. */
                    @Override
                    public void end() {
                        Runtime.getRuntime().halt(0);
                    }
                };

        /** The examples. */
        Data read(DataReference data);

        /** A file for weights, where the search's cannot be read. */
        Optional<Path> weights();

        /** The line has ended. */
        void end();
    }

    private final BufferedReader in;
    private final Wire out;
    private final List<String> own;
    private final Site site;
    private final BlockingQueue<Message> work = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private volatile long stopped = -1;
    private volatile boolean over;
    private Task task;
    private PerformanceEstimator.Session session;

    WorkerLoop(InputStream in, Wire out, List<String> own, Site site) {
        this.in = WorkerLine.reader(in);
        this.out = out;
        this.own = own;
        this.site = site;
    }

    /** Says who it is, and listens until the line ends. */
    void run(Message ready) throws IOException {
        try {
            out.send(Build.signature(ready));
            begin("nas4j-alive", this::sayAlive);
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Optional<Message> message = Wire.message(line);
                if (message.isPresent()) {
                    hear(message.get());
                }
            }
        } finally {
            over = true;
            work.add(Message.of(WorkerLine.GONE));
            answers.add(Message.of("answer").with("error", "the search has ended"));
            site.end();
        }
    }

    private void hear(Message message) {
        switch (message.kind()) {
            case "stop" -> stopped = message.whole("trial");
            case "answer" -> answers.add(message);
            default -> work.add(message);
        }
    }

    interface Step {
        void run() throws IOException, InterruptedException;
    }

    void begin(String name, Step step) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                step.run();
                            } catch (IOException | InterruptedException e) {
                                site.end();
                            }
                        },
                        name);
        thread.setDaemon(true);
        thread.start();
    }

    private void sayAlive() throws IOException, InterruptedException {
        while (!over) {
            out.send(Message.of("alive"));
            Thread.sleep(SIGN_MILLIS);
        }
    }

    void runTrials() throws IOException, InterruptedException {
        while (true) {
            step();
        }
    }

    /** Whether the line has ended. */
    boolean isOver() {
        return over;
    }

    /**
     * Waits for one message of the search, and does what it says.
     *
     * @return what was said last; the search's message where nothing was
     */
    Message step() throws IOException, InterruptedException {
        Message message = work.take();
        switch (message.kind()) {
            case "open" -> {
                return open(message);
            }
            case "tell" -> session.tell(Json.trial(task.space(), message.text("told")));
            case "estimate" -> {
                return estimate(message);
            }
            case "forget" -> {}
            case WorkerLine.GONE -> throw new IOException("the search has ended");
            default -> throw new IOException("unknown message " + message.kind());
        }
        return message;
    }

    /** To be closed by the thread that runs the trials. */
    void close() {
        if (session != null) {
            session.close();
        }
    }

    Message say(Message message) throws IOException {
        out.send(message);
        return message;
    }

    private Message open(Message message) throws IOException {
        try {
            Job job = Json.job(message.text("job"), KnownTypes.vocabulary().with(ownTypes()));
            boolean engine = !job.estimator().concurrent();
            Task whole = new Task(job.space(), site.read(job.data()), job.seeds(), job.device());
            task =
                    engine
                            ? whole.device(
                                    Devices.share(whole.device(), (int) message.whole("worker")))
                            : whole;
            session = job.estimator().open(task);
            return say(
                    Message.of("opened")
                            .with("device", engine ? task.device() : "")
                            .with("hears", hears()));
        } catch (Throwable e) {
            return say(
                    Message.of("refused")
                            .with("reason", Outcome.Failed.reason(e))
                            .with("message", String.valueOf(e.getMessage()))
                            .with("argument", e instanceof IllegalArgumentException));
        }
    }

    private List<Class<?>> ownTypes() throws ClassNotFoundException {
        Class<?>[] types = new Class<?>[own.size()];
        for (int i = 0; i < own.size(); i++) {
            types[i] = Class.forName(own.get(i), false, loader());
        }
        return List.of(types);
    }

    /** Tasks of a cluster have a loader of their own, for jars that came with them. */
    private static ClassLoader loader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? WorkerLoop.class.getClassLoader() : context;
    }

    /** Most estimators learn nothing from other trials, and need not be told of them. */
    private boolean hears() throws NoSuchMethodException {
        return session.getClass().getMethod("tell", Trial.class).getDeclaringClass()
                != PerformanceEstimator.Session.class;
    }

    private Message estimate(Message message) throws IOException {
        int number = (int) message.whole("trial");
        Fidelity fidelity = Json.fidelity(message.text("fidelity"));
        List<Integer> choices =
                message.text("choices").isEmpty()
                        ? List.of()
                        : Arrays.stream(message.text("choices").split(","))
                                .map(Integer::valueOf)
                                .toList();
        OptionalInt continues =
                message.has("continues")
                        ? OptionalInt.of((int) message.whole("continues"))
                        : OptionalInt.empty();
        Architecture architecture = new Architecture(task.space().name(), choices);
        RemoteContext context =
                new RemoteContext(
                        message, site.weights(), out, answers, () -> !over && stopped != number);
        TrialExecutor.Completion completion =
                Attempt.estimate(
                        session,
                        new Candidate(number, task.space(), architecture, fidelity, continues),
                        context);
        Trial trial =
                new Trial(
                        number,
                        architecture,
                        "",
                        fidelity,
                        context.seed(),
                        continues,
                        completion.outcome());
        return say(
                Message.of("ended")
                        .with("trial", number)
                        .with("ended", Json.write(trial))
                        .with("fatal", completion.fatal()));
    }
}
