package io.nas4j.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.json.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may call a search. */
class SparkEndpointTest {

    @TempDir private Path folder;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    private SparkEndpoint endpoint() throws IOException {
        return new SparkEndpoint(
                "127.0.0.1",
                0,
                "secret",
                folder,
                () -> 0,
                (line, message) -> heard.add(line.name() + " " + message.kind()));
    }

    private static Socket call(SparkEndpoint endpoint) throws IOException {
        return new Socket(InetAddress.getByName("127.0.0.1"), endpoint.port());
    }

    private static Message ready(String secret) {
        return Message.of("ready").with("secret", secret).with("executor", "7").with("device", "");
    }

    @Test
    void aWorkerThatKnowsTheSecretIsHeard() throws Exception {
        try (SparkEndpoint endpoint = endpoint();
                Socket first = call(endpoint)) {
            new Wire(first.getOutputStream()).send(ready("secret"));
            assertThat(heard.take()).isEqualTo("executor 7 ready");
            assertThat(endpoint.isShared("7")).isFalse();
            try (Socket second = call(endpoint)) {
                new Wire(second.getOutputStream()).send(ready("secret"));
                assertThat(heard.take()).isEqualTo("executor 7, place 2 ready");
                assertThat(endpoint.isShared("7")).isTrue();
                assertThat(endpoint.isShared("8")).isFalse();
            }
            assertThat(heard.take()).isEqualTo("executor 7, place 2 gone");
        }
        assertThat(heard.take()).isEqualTo("executor 7 gone");
    }

    @Test
    void othersAreHungUpOnBeforeTheyAreHeard() throws Exception {
        try (SparkEndpoint endpoint = endpoint()) {
            for (Message greeting :
                    new Message[] {
                        ready("guess"), Message.of("ready"), Message.of("ended").with("trial", 1)
                    }) {
                try (Socket caller = call(endpoint)) {
                    new Wire(caller.getOutputStream()).send(greeting);
                    assertThat(caller.getInputStream().read()).isEqualTo(-1);
                }
            }
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void aGreetingWithoutAnEndIsNotRead() throws Exception {
        try (SparkEndpoint endpoint = endpoint();
                Socket caller = call(endpoint)) {
            caller.getOutputStream().write("x".repeat(4_096).getBytes(StandardCharsets.UTF_8));
            try (InputStream in = caller.getInputStream()) {
                assertThat(in.read()).isEqualTo(-1);
            }
            assertThat(heard).isEmpty();
        }
    }
}
