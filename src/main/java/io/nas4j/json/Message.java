package io.nas4j.json;

import static io.nas4j.space.Require.require;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a search and its workers tell each other, a line each.
 *
 * @param kind what it is about, for example {@code estimate}
 * @param fields texts by name; what has a text form of its own is a text here
 */
public record Message(String kind, Map<String, String> fields) {

    public Message {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /**
     * Without fields.
     *
     * @param kind what it is about
     * @return to be extended by {@link #with}
     */
    public static Message of(String kind) {
        return new Message(kind, Map.of());
    }

    /**
     * One field more.
     *
     * @param name of the field
     * @param value its text, or a number
     * @return a copy
     */
    public Message with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value.toString());
        return new Message(kind, more);
    }

    /**
     * Whether there is such a field.
     *
     * @param name of the field
     * @return true where it was written
     */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /**
     * A field's text.
     *
     * @param name of the field
     * @return as it was written
     * @throws IllegalArgumentException when there is none
     */
    public String text(String name) {
        String value = fields.get(name);
        require(
                value != null,
                "a message \"%s\" must have \"%s\", but has %s.",
                kind,
                name,
                fields);
        return value;
    }

    /**
     * A field as a whole number.
     *
     * @param name of the field
     * @return its value
     * @throws IllegalArgumentException when there is none
     */
    public long whole(String name) {
        try {
            return Long.parseLong(text(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "field \"" + name + "\" of a message must be a number: " + text(name), e);
        }
    }

    /**
     * A field as a number.
     *
     * @param name of the field
     * @return its value
     * @throws IllegalArgumentException when there is none
     */
    public double number(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "field \"" + name + "\" of a message must be a number: " + text(name), e);
        }
    }
}
