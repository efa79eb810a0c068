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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The search's side of one worker's pipe. What a trial asks is answered in the thread that reads
 * the pipe; what else the worker says goes to the pool, whose thread owns all that changes here but
 * what is volatile.
 */
final class WorkerProcess {

    private static final int LAST_WORDS = 12;
    private static final int MOST_CHARACTERS = 300;

    /** What the pool hears when the pipe has ended. */
    static final String GONE = "gone";

    private final int index;
    private final Process process;
    private final Wire out;
    private final LongSupplier clock;
    private final Path file;
    private final Deque<String> words = new ArrayDeque<>();
    private volatile WorkerTrial trial;
    private volatile long heard;
    private volatile boolean stopSent;
    private volatile long stopTime;
    private boolean opened;
    private boolean hears;
    private int told;
    private String device = "";

    WorkerProcess(
            int index,
            Process process,
            LongSupplier clock,
            Path folder,
            BiConsumer<WorkerProcess, Message> pool) {
        this.index = index;
        this.process = process;
        this.out = new Wire(process.getOutputStream());
        this.clock = clock;
        this.file = folder.resolve("worker-" + index + "-" + process.pid() + ".bin");
        this.heard = clock.getAsLong();
        begin("nas4j-worker-" + index, () -> read(pool));
        begin("nas4j-worker-" + index + "-errors", this::listen);
    }

    private static void begin(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void read(BiConsumer<WorkerProcess, Message> pool) {
        String why = "";
        try (BufferedReader in = reader(process.getInputStream())) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                heard = clock.getAsLong();
                Optional<Message> message = Wire.message(line);
                if (message.isEmpty()) {
                    say(line);
                } else if (!answered(message.get())) {
                    pool.accept(this, message.get());
                }
            }
        } catch (IOException | RuntimeException e) {
            why = Outcome.Failed.reason(e);
        }
        pool.accept(this, Message.of(GONE).with("why", why));
    }

    private void listen() {
        try (BufferedReader in = reader(process.getErrorStream())) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(line);
            }
        } catch (IOException e) {
            // it has ended
        }
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private void say(String line) {
        if (line.isBlank()) {
            return;
        }
        synchronized (words) {
            words.add(
                    line.length() <= MOST_CHARACTERS
                            ? line
                            : line.substring(0, MOST_CHARACTERS) + "…");
            if (words.size() > LAST_WORDS) {
                words.remove();
            }
        }
    }

    /** What it printed last, for the detail of a failure. */
    String lastWords() {
        synchronized (words) {
            return words.stream().collect(Collectors.joining("\n"));
        }
    }

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
        if (!its || message.kind().equals("ended")) {
            return false;
        }
        TrialContext context = current.context();
        switch (message.kind()) {
            case "progress" -> context.progress(message.number("fraction"));
            case "phase" -> context.phase(message.text("phase"));
            default -> out.send(answer(message, current));
        }
        return true;
    }

    private Message answer(Message question, WorkerTrial current) {
        Message answer = Message.of("answer");
        Checkpoints checkpoints = current.context().checkpoints();
        try {
            switch (question.kind()) {
                case "report" -> {
                    return answer.with(
                            "proceed",
                            current.report((int) question.whole("step"), question.number("score")));
                }
                case "save" -> {
                    checkpoints.save(to -> Files.copy(file, to));
                    Files.deleteIfExists(file);
                    return answer;
                }
                case "lost" -> {
                    checkpoints.save(
                            to -> {
                                throw new IOException(question.text("reason"));
                            });
                    return answer;
                }
                case "find" -> {
                    Optional<InputStream> found = checkpoints.find();
                    if (found.isPresent()) {
                        try (InputStream from = found.get()) {
                            Files.copy(from, file, StandardCopyOption.REPLACE_EXISTING);
                        }
                    }
                    return answer.with("found", found.isPresent());
                }
                default -> {
                    return answer.with("error", "unknown question " + question.kind());
                }
            }
        } catch (IOException | RuntimeException e) {
            return answer.with("error", Outcome.Failed.reason(e));
        }
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

    /** A pipe that is broken is found out by its reader. */
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
    void begin(WorkerTrial next, java.util.List<Trial> news) {
        for (; hears && told < news.size(); told++) {
            send(Message.of("tell").with("told", Json.write(news.get(told))));
        }
        Candidate candidate = next.candidate();
        Message order =
                Message.of("estimate")
                        .with("trial", candidate.trial())
                        .with(
                                "choices",
                                candidate.architecture().choices().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(",")))
                        .with("fidelity", Json.write(candidate.fidelity()))
                        .with("seed", next.context().seed());
        if (candidate.continues().isPresent()) {
            order = order.with("continues", candidate.continues().getAsInt());
        }
        if (next.context().checkpoints() != Checkpoints.NONE) {
            order = order.with("file", file);
        }
        heard = clock.getAsLong();
        stopSent = false;
        trial = next;
        next.context().placed(new Place(name(), device));
        send(order);
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

    int index() {
        return index;
    }

    String name() {
        return "worker " + index;
    }

    long pid() {
        return process.pid();
    }

    /** How it ended, once its pipe has. */
    String ending() throws InterruptedException {
        if (!process.waitFor(1, TimeUnit.SECONDS)) {
            return "closed its pipe";
        }
        int code = process.exitValue();
        return "exit code "
                + code
                + (code == 137 ? ": killed by hand, or by the system for want of memory" : "");
    }

    void kill() {
        process.destroyForcibly();
    }

    /** It ends by itself when its input has. */
    void release() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // it has ended before
        }
    }

    boolean hasEnded(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }
}
