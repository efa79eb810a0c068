package io.nas4j.execute;

import io.nas4j.json.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** A worker that is a process of this machine, and its pipe. */
final class WorkerProcess extends WorkerLine {

    private static final int LAST_WORDS = 12;
    private static final int MOST_CHARACTERS = 300;

    /** From the end of the pipe to that of the process, on a machine with much else to do. */
    private static final int END_SECONDS = 5;

    private final int index;
    private final Process process;
    private final Deque<String> words = new ArrayDeque<>();

    private WorkerProcess(int index, Process process, LongSupplier clock, Path folder) {
        super(
                "worker " + index,
                process.getOutputStream(),
                clock,
                folder.resolve("worker-" + index + "-" + process.pid() + ".bin"));
        this.index = index;
        this.process = process;
    }

    /** Listens to a process that has just been started. */
    static WorkerProcess of(
            int index,
            Process process,
            LongSupplier clock,
            Path folder,
            BiConsumer<WorkerProcess, Message> pool) {
        WorkerProcess worker = new WorkerProcess(index, process, clock, folder);
        begin(
                "nas4j-worker-" + index,
                () ->
                        worker.read(
                                process.getInputStream(), message -> pool.accept(worker, message)));
        begin("nas4j-worker-" + index + "-errors", worker::listen);
        return worker;
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

    @Override
    void say(String line) {
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

    int index() {
        return index;
    }

    long pid() {
        return process.pid();
    }

    /** How it ended, once its pipe has. */
    String ending() throws InterruptedException {
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
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
