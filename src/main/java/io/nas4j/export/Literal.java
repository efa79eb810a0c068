package io.nas4j.export;

import java.util.Locale;

/** Any text as a string literal of one line in printable ASCII. */
final class Literal {

    private Literal() {}

    static String python(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints()
                .forEach(
                        c -> {
                            if (isPlain(c)) {
                                literal.appendCodePoint(c);
                            } else {
                                literal.append(String.format(Locale.ROOT, "\\U%08x", c));
                            }
                        });
        return literal.append('"').toString();
    }

    /**
     * For Java. Its {@code \\u} escapes are read before anything else, so that one for a quote
     * would end the literal: what is below 128 gets octal ones.
     */
    static String java(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (isPlain(c)) {
                literal.append(c);
            } else if (c < 128) {
                literal.append(String.format(Locale.ROOT, "\\%03o", (int) c));
            } else {
                literal.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return literal.append('"').toString();
    }

    /**
     * For Graphviz, whose strings know no escape but that of the quote; others become {@code ?}.
     */
    static String dot(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(c -> literal.appendCodePoint(isPlain(c) ? c : '?'));
        return literal.append('"').toString();
    }

    /** For a comment: nothing that could end it, no line break, no escape. */
    static String comment(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .forEach(c -> plain.appendCodePoint(isPlain(c) && c != '*' && c != '/' ? c : '?'));
        return plain.toString();
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '\'';
    }
}
