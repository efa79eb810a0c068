package io.nas4j.space;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One element of a search space: the answers of a walk, in walk order.
 *
 * @param space the name of the space it belongs to
 * @param choices one answer a reachable decision
 */
public record Architecture(String space, List<Integer> choices) {

    public Architecture {
        choices = List.copyOf(choices);
    }

    /**
     * A short name that is the same on every JVM: the space's name and ten hexadecimal digits.
     *
     * @return for example {@code darts-0f3ab81c22}
     */
    public String id() {
        return space + "-" + digest(space + choices).substring(0, 10);
    }

    static String digest(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
