package io.nas4j.execute;

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
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The worker's side of the pipe: one thread listens, one runs trials, one says it is alive. */
final class WorkerLoop {

    private static final long SIGN_MILLIS = 200;

    private final BufferedReader in;
    private final Wire out;
    private final String[] own;
    private final BlockingQueue<Message> work = new LinkedBlockingQueue<>();
    private final BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
    private volatile long stopped = -1;
    private Task task;
    private PerformanceEstimator.Session session;

    WorkerLoop(InputStream in, Wire out, String[] own) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.own = own;
    }

    void run() throws IOException {
        out.send(Build.signature(Message.of("ready")));
        begin("nas4j-trials", this::runTrials);
        begin("nas4j-alive", this::sayAlive);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Optional<Message> message = Wire.message(line);
            if (message.isPresent()) {
                hear(message.get());
            }
        }
        end();
    }

    private void hear(Message message) {
        switch (message.kind()) {
            case "stop" -> stopped = message.whole("trial");
            case "answer" -> answers.add(message);
            default -> work.add(message);
        }
    }

    /** Also where native code is busy, and does not let a JVM exit. */
    private static void end() {
        Runtime.getRuntime().halt(0);
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private static void begin(String name, Step step) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                step.run();
                            } catch (IOException | InterruptedException e) {
                                end();
                            }
                        },
                        name);
        thread.setDaemon(true);
        thread.start();
    }

    private void sayAlive() throws IOException, InterruptedException {
        while (true) {
            out.send(Message.of("alive"));
            Thread.sleep(SIGN_MILLIS);
        }
    }

    private void runTrials() throws IOException, InterruptedException {
        while (true) {
            Message message = work.take();
            switch (message.kind()) {
                case "open" -> open(message);
                case "tell" -> session.tell(Json.trial(task.space(), message.text("told")));
                case "estimate" -> estimate(message);
                default -> throw new IOException("unknown message " + message.kind());
            }
        }
    }

    private void open(Message message) throws IOException {
        try {
            Job job = Json.job(message.text("job"), KnownTypes.vocabulary().with(ownTypes()));
            boolean engine = !job.estimator().concurrent();
            Task whole = job.task();
            task =
                    engine
                            ? whole.device(
                                    Devices.share(whole.device(), (int) message.whole("worker")))
                            : whole;
            session = job.estimator().open(task);
            out.send(
                    Message.of("opened")
                            .with("device", engine ? task.device() : "")
                            .with("hears", hears()));
        } catch (Throwable e) {
            out.send(
                    Message.of("refused")
                            .with("reason", Outcome.Failed.reason(e))
                            .with("message", String.valueOf(e.getMessage()))
                            .with("argument", e instanceof IllegalArgumentException));
        }
    }

    private List<Class<?>> ownTypes() throws ClassNotFoundException {
        Class<?>[] types = new Class<?>[own.length];
        for (int i = 0; i < own.length; i++) {
            types[i] = Class.forName(own[i], false, WorkerLoop.class.getClassLoader());
        }
        return List.of(types);
    }

    /** Most estimators learn nothing from other trials, and need not be told of them. */
    private boolean hears() throws NoSuchMethodException {
        return session.getClass().getMethod("tell", Trial.class).getDeclaringClass()
                != PerformanceEstimator.Session.class;
    }

    private void estimate(Message message) throws IOException {
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
        RemoteContext context = new RemoteContext(message, out, answers, () -> stopped != number);
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
        out.send(
                Message.of("ended")
                        .with("trial", number)
                        .with("ended", Json.write(trial))
                        .with("fatal", completion.fatal()));
    }
}
