package io.nas4j.execute;

import io.nas4j.json.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The search's side of a worker that trains one of several searches ahead. */
final class SliceProcess {

    private final Process process;
    private final Path folder;
    private final BlockingQueue<Message> said = new LinkedBlockingQueue<>();

    private SliceProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
    }

    /**
     * Starts one.
     *
     * @param order what it is to do
     * @param folder for its states
     * @param ended when it has done so, or is lost
     */
    static SliceProcess start(WorkerCommand command, Message order, Path folder, Runnable ended)
            throws IOException {
        Process process = command.start();
        SliceProcess slices = new SliceProcess(process, folder);
        WorkerLine.begin("nas4j-slices", () -> slices.read(ended));
        WorkerLine.begin("nas4j-slices-errors", slices::listen);
        new Wire(process.getOutputStream()).send(order);
        return slices;
    }

    private void read(Runnable ended) {
        try (BufferedReader in = WorkerLine.reader(process.getInputStream())) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Wire.message(line).ifPresent(said::add);
            }
        } catch (IOException | RuntimeException e) {
            // it is lost
        }
        said.add(Message.of(WorkerLine.GONE));
        ended.run();
    }

    /** A pipe that nobody reads would stop it. */
    private void listen() {
        try {
            process.getErrorStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // it has ended
        }
    }

    /** What it has said next; empty when it says nothing for so long. */
    Optional<Message> take(long millis) throws InterruptedException {
        return Optional.ofNullable(said.poll(millis, TimeUnit.MILLISECONDS));
    }

    void close() {
        process.destroyForcibly();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // the folder of the search is deleted at its end
        }
    }
}
