package io.nas4j.space;

/** The one check of arguments: the rule, the actual value, and what to try. */
public final class Require {

    private Require() {}

    /**
     * Throws when a rule is broken.
     *
     * @param condition what must hold
     * @param format the rule and the actual value, ending in "Try …" where a remedy is known
     * @param args the values for {@code format}
     * @throws IllegalArgumentException when {@code condition} is false
     */
    public static void require(boolean condition, String format, Object... args) {
        if (!condition) {
            throw new IllegalArgumentException(String.format(java.util.Locale.ROOT, format, args));
        }
    }
}
