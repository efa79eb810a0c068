package io.nas4j.execute;

import io.nas4j.data.Data;
import io.nas4j.data.DataReference;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.spark.SparkFiles;

/**
 * What all tasks of a search have in common: a broadcast, of which an executor has one object. So
 * its examples are there once, and a worker stays for the next trial.
 */
final class SparkJob implements Serializable {

    private static final long serialVersionUID = 1;

    private final String host;
    private final int port;
    private final String secret;
    private final String[] own;
    private final byte[] examples;

    private transient Data data;
    private transient Deque<SparkWorker> idle;

    /**
     * A search's.
     *
     * @param host of the search, as executors see it
     * @param port where it listens
     * @param secret that workers know it by, and it them
     * @param own names of the user's types
     * @param examples as a file of data holds them; empty where executors find them themselves
     */
    SparkJob(String host, int port, String secret, String[] own, byte[] examples) {
        this.host = host;
        this.port = port;
        this.secret = secret;
        this.own = own.clone();
        this.examples = examples;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String secret() {
        return secret;
    }

    String[] own() {
        return own.clone();
    }

    synchronized Data data(DataReference reference) {
        if (data == null) {
            data = examples.length == 0 ? reference.read() : shipped(reference);
        }
        return data;
    }

    /** The file is mapped, and so may go only where the system keeps what is open. */
    private Data shipped(DataReference reference) {
        try {
            Path file =
                    Files.createTempFile(
                            Path.of(SparkFiles.getRootDirectory()), "nas4j-data", ".bin");
            Files.write(file, examples);
            file.toFile().deleteOnExit();
            return new DataReference(
                            Optional.of(file),
                            reference.name(),
                            reference.contentHash(),
                            reference.splitHash())
                    .read();
        } catch (IOException e) {
            throw new UncheckedIOException("an executor's disk holds no more examples", e);
        }
    }

    /** A worker that waits for a trial on this device. */
    synchronized Optional<SparkWorker> take(String device) {
        if (idle != null) {
            for (SparkWorker worker : idle) {
                if (worker.device().equals(device)) {
                    idle.remove(worker);
                    return Optional.of(worker);
                }
            }
        }
        return Optional.empty();
    }

    synchronized void give(SparkWorker worker) {
        if (idle == null) {
            idle = new ArrayDeque<>();
        }
        idle.add(worker);
    }

    /** Whether it was idle, and is no longer there. */
    synchronized boolean drop(SparkWorker worker) {
        return idle != null && idle.remove(worker);
    }
}
