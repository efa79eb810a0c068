package io.nas4j.execute;

import io.nas4j.estimate.Candidate;
import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.trial.Checkpoints;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The search's side of one worker's line, a pipe or a connection. What a trial asks is answered in
 * the thread that reads the line; what else the worker says goes to the pool, whose thread owns all
 * that changes here but what is volatile.
 */
class WorkerLine {

    /** What the pool hears when the line has ended. */
    static final String GONE = "gone";

    private final String name;
    private final Wire out;
    private final LongSupplier clock;
    private final Path file;
    private volatile WorkerTrial trial;
    private volatile RemoteAnswers answers;
    private volatile long heard;
    private volatile boolean stopSent;
    private volatile long stopTime;
    private boolean opened;
    private boolean hears;
    private int told;
    private String device = "";

    /**
     * A line.
     *
     * @param name of the worker
     * @param out to it
     * @param clock in nanoseconds
     * @param file by which weights pass
     */
    WorkerLine(String name, OutputStream out, LongSupplier clock, Path file) {
        this.name = name;
        this.out = new Wire(out);
        this.clock = clock;
        this.file = file;
        this.heard = clock.getAsLong();
    }

    static void begin(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Until the line ends, of which the pool hears. */
    void read(InputStream from, Consumer<Message> pool) {
        String why = "";
        try (BufferedReader in = reader(from)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard = clock.getAsLong();
                Optional<Message> message = Wire.message(line);
                if (message.isEmpty()) {
                    say(line);
                } else if (!answered(message.get())) {
                    pool.accept(message.get());
                }
            }
        } catch (IOException | RuntimeException e) {
            why = Outcome.Failed.reason(e);
        }
        pool.accept(Message.of(GONE).with("why", why));
    }

    /** What came on the line and is no message. */
    void say(String line) {}

    /** Whether the message is the running trial's own, and dealt with. */
    private boolean answered(Message message) throws IOException {
        if (message.kind().equals("alive")) {
            heedStop();
            return true;
        }
        WorkerTrial current = trial;
        boolean its =
                current != null
                        && message.has("trial")
                        && message.whole("trial") == current.candidate().trial();
        if (!its || !RemoteAnswers.isOf(message)) {
            return false;
        }
        Optional<Message> answer = answers.to(message);
        if (answer.isPresent()) {
            out.send(answer.get());
        }
        return true;
    }

    /** Passes a stop on, once a trial. */
    void heedStop() {
        WorkerTrial current = trial;
        if (current != null && !stopSent && !current.context().proceed()) {
            stopSent = true;
            stopTime = clock.getAsLong();
            send(Message.of("stop").with("trial", current.candidate().trial()));
        }
    }

    /** A line that is broken is found out by its reader. */
    boolean send(Message message) {
        try {
            out.send(message);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    void opened(Message message) {
        opened = true;
        device = message.text("device");
        hears = message.text("hears").equals("true");
    }

    boolean isOpened() {
        return opened;
    }

    boolean isIdle() {
        return opened && trial == null;
    }

    Optional<WorkerTrial> trial() {
        return Optional.ofNullable(trial);
    }

    /** Begins a trial, once it has been told of all that the search has told. */
    void begin(WorkerTrial next, List<Trial> news) {
        for (; hears && told < news.size(); told++) {
            send(Message.of("tell").with("told", Json.write(news.get(told))));
        }
        heard = clock.getAsLong();
        stopSent = false;
        answers = new RemoteAnswers(next, file);
        trial = next;
        next.context().placed(new Place(name(), device));
        send(order(next));
    }

    private Message order(WorkerTrial next) {
        Candidate candidate = next.candidate();
        TrialContext context = next.context();
        Message order =
                Message.of("estimate")
                        .with("trial", candidate.trial())
                        .with(
                                "choices",
                                candidate.architecture().choices().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")))
                        .with("fidelity", Json.write(candidate.fidelity()))
                        .with("seed", context.seed());
        if (candidate.continues().isPresent()) {
            order = order.with("continues", candidate.continues().getAsInt());
        }
        return context.checkpoints() == Checkpoints.NONE ? order : order.with("file", file);
    }

    void ended() {
        trial = null;
    }

    /** How long it has said nothing. */
    long silentNanos() {
        return clock.getAsLong() - heard;
    }

    /** How long it has known that its trial is to stop; negative where it is not. */
    long stoppingNanos() {
        return stopSent && trial != null ? clock.getAsLong() - stopTime : -1;
    }

    String name() {
        return name;
    }
}
