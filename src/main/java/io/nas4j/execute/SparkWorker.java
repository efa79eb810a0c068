package io.nas4j.execute;

import io.nas4j.data.Data;
import io.nas4j.data.DataReference;
import io.nas4j.json.Message;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkFiles;

/**
 * An executor's side of the connection to the search: an open estimator. It is there from the first
 * trial that comes to the executor until the search hangs up.
 */
final class SparkWorker implements WorkerLoop.Site {

    private static final int CONNECT_MILLIS = 10_000;

    private final SparkJob job;
    private final String device;
    private final Socket socket = new Socket();
    private final Path weights;
    private WorkerLoop loop;

    private SparkWorker(SparkJob job, String device) throws IOException {
        this.job = job;
        this.device = device;
        this.weights =
                Files.createTempFile(
                        Path.of(SparkFiles.getRootDirectory()), "nas4j-weights", ".bin");
        weights.toFile().deleteOnExit();
    }

    /**
     * Connects and opens the estimator.
     *
     * @param job of the search
     * @param executor its id
     * @param device that Spark has assigned; empty where it assigns none
     * @throws IOException when the search does not answer, or the estimator cannot be opened here
     */
    static SparkWorker open(SparkJob job, String executor, String device)
            throws IOException, InterruptedException {
        SparkWorker worker = new SparkWorker(job, device);
        try {
            worker.connect();
            worker.loop =
                    new WorkerLoop(
                            worker.socket.getInputStream(),
                            new Wire(worker.socket.getOutputStream()),
                            List.of(job.own()),
                            worker);
            Message ready =
                    Message.of("ready")
                            .with("secret", job.secret())
                            .with("executor", executor)
                            .with("device", device);
            worker.loop.begin("nas4j-search", () -> worker.loop.run(ready));
            Message said = worker.loop.step();
            if (!said.kind().equals("opened")) {
                throw new IOException(
                        said.has("reason") ? said.text("reason") : "the search has no use for it");
            }
            return worker;
        } catch (IOException | InterruptedException | RuntimeException e) {
            worker.close();
            throw e;
        }
    }

    private void connect() throws IOException {
        try {
            socket.connect(new InetSocketAddress(job.host(), job.port()), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new IOException(
                    Spark.UNREACHABLE + job.host() + ":" + job.port() + " (" + e.getMessage() + ")",
                    e);
        }
    }

    /** Runs a trial as the search says, or nothing where it has no use for that any more. */
    void run(int trial, int attempt) throws IOException, InterruptedException {
        loop.say(Message.of("begin").with("begins", trial).with("attempt", attempt));
        Message said = loop.step();
        while (said.kind().equals("tell")) {
            said = loop.step();
        }
    }

    String device() {
        return device;
    }

    boolean isOver() {
        return loop.isOver();
    }

    @Override
    public Data read(DataReference data) {
        return job.data(data);
    }

    @Override
    public Optional<Path> weights() {
        return Optional.of(weights);
    }

    /** One that is busy is closed by its task. */
    @Override
    public void end() {
        if (job.drop(this)) {
            close();
        }
    }

    /** From the thread that runs its trials, or none does. */
    void close() {
        try {
            socket.close();
            Files.deleteIfExists(weights);
        } catch (IOException e) {
            // a temporary file, which is deleted at the end of the executor
        }
        if (loop != null) {
            loop.close();
        }
    }
}
