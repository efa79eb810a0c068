package io.nas4j.execute;

import io.nas4j.json.Json;
import io.nas4j.json.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Messages as lines of a pipe that others print on too: a native library writes where it likes, in
 * the middle of a line even. So a message has a mark that no JSON holds and a checksum.
 */
final class Wire {

    private static final String MARK = "\u0002nas4j ";
    private static final int SUM_DIGITS = 8;

    private final OutputStream out;

    Wire(OutputStream out) {
        this.out = out;
    }

    /** Writes at once; from any thread. */
    synchronized void send(Message message) throws IOException {
        String json = Json.write(message);
        out.write(("\n" + MARK + sum(json) + " " + json + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /**
     * The message of a line.
     *
     * @return empty for what somebody else printed
     * @throws IOException when a message is torn
     */
    static Optional<Message> message(String line) throws IOException {
        int at = line.lastIndexOf(MARK);
        if (at < 0) {
            return Optional.empty();
        }
        String rest = line.substring(at + MARK.length());
        String json = rest.length() > SUM_DIGITS ? rest.substring(SUM_DIGITS + 1) : "";
        if (!rest.startsWith(sum(json))) {
            throw new IOException("a message is torn: " + rest);
        }
        return Optional.of(Json.message(json));
    }

    private static String sum(String json) {
        CRC32C sum = new CRC32C();
        sum.update(json.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
