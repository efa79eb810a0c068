package io.nas4j.execute;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** The search's side of the connection to an open estimator in an executor of Spark. */
final class SparkLine extends WorkerLine {

    private final String executor;
    private final String device;
    private final Socket socket;

    /**
     * A connection.
     *
     * @param executor its id
     * @param place of several in one executor, from 1
     * @param device that Spark has assigned; empty where it assigns none
     * @param file by which weights pass
     */
    SparkLine(
            String executor, int place, String device, Socket socket, LongSupplier clock, Path file)
            throws IOException {
        super(
                "executor " + executor + (place > 1 ? ", place " + place : ""),
                socket.getOutputStream(),
                clock,
                file);
        this.executor = executor;
        this.device = device;
        this.socket = socket;
    }

    String executor() {
        return executor;
    }

    String device() {
        return device;
    }

    /** Its worker closes the estimator, and ends once its trial has. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // the system closes it with the process
        }
    }
}
