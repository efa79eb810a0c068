package io.nas4j.execute;

import io.nas4j.json.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Where the workers of executors call the search: who does not know its secret, which came with the
 * broadcast, is hung up on before anything it says is looked at.
 */
final class SparkEndpoint implements AutoCloseable {

    private static final int SILENCE_MILLIS = 60_000;
    private static final int LONGEST_GREETING = 4_096;

    private final ServerSocket server;
    private final String secret;
    private final Path folder;
    private final LongSupplier clock;
    private final BiConsumer<SparkLine, Message> pool;
    private final Map<String, Integer> places = new HashMap<>();
    private final Set<SparkLine> open = ConcurrentHashMap.newKeySet();

    /**
     * Listens.
     *
     * @param address of this machine, or one of its names
     * @param port 0 for any that is free
     * @param secret that workers know it by
     * @param folder for weights under way
     * @param clock in nanoseconds
     * @param pool hears what workers say, in their threads
     * @throws IOException when the port is taken, or the address is not this machine's
     */
    SparkEndpoint(
            String address,
            int port,
            String secret,
            Path folder,
            LongSupplier clock,
            BiConsumer<SparkLine, Message> pool)
            throws IOException {
        this.secret = secret;
        this.folder = folder;
        this.clock = clock;
        this.pool = pool;
        this.server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(InetAddress.getByName(address), port));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        WorkerLine.begin("nas4j-spark", this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        for (int number = 0; !server.isClosed(); number++) {
            try {
                Socket socket = server.accept();
                Path file = folder.resolve("weights-" + number + ".bin");
                WorkerLine.begin("nas4j-spark-" + number, () -> listen(socket, file));
            } catch (IOException e) {
                // closed, or a caller that has hung up by now
            }
        }
    }

    private void listen(Socket socket, Path file) {
        try (socket) {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            Message ready = greeting(in);
            if (!ready.kind().equals("ready") || !knows(ready)) {
                return;
            }
            String executor = ready.text("executor");
            SparkLine line =
                    new SparkLine(
                            executor, place(executor), ready.text("device"), socket, clock, file);
            open.add(line);
            pool.accept(line, ready);
            line.read(in, message -> pool.accept(line, message));
            open.remove(line);
        } catch (IOException | RuntimeException e) {
            // no worker of this search
        }
    }

    /** Whether an executor has several connections, since it was given several tasks at once. */
    boolean isShared(String executor) {
        return open.stream().filter(line -> line.executor().equals(executor)).count() > 1;
    }

    private synchronized int place(String executor) {
        return places.merge(executor, 1, Integer::sum);
    }

    /** Of bounded length, whoever sends it. */
    private static Message greeting(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < LONGEST_GREETING; i++) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no greeting");
            }
            if (next != '\n') {
                line.append((char) next); // of the first 128, as our own are
                continue;
            }
            Optional<Message> message = Wire.message(line.toString());
            if (message.isPresent()) {
                return message.get();
            }
            line.setLength(0);
        }
        throw new IOException("too long a greeting");
    }

    private boolean knows(Message ready) {
        return MessageDigest.isEqual(
                ready.text("secret").getBytes(StandardCharsets.UTF_8),
                secret.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            // the system closes it with the process
        }
        open.forEach(SparkLine::close);
    }
}
