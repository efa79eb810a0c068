package io.nas4j.operation;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What an operation knows where it stands in a network: its arguments and what flows in.
 *
 * @param operation whose arguments these are
 * @param place where it stands, for messages
 * @param given arguments that were given or inherited
 * @param inputs how many channels (or features) flow in
 * @param classes how many the network tells apart
 * @param width a factor in (0, 1] on all given channels and units
 */
public record Arguments(
        Operation operation,
        String place,
        Map<String, Integer> given,
        int inputs,
        int classes,
        double width) {

    public Arguments {
        given = Map.copyOf(given);
    }

    /**
     * How many channels come out.
     *
     * @return those given, scaled by the network's width; else those that flow in
     */
    public int channels() {
        return has("channels") ? scaled("channels") : inputs;
    }

    /**
     * By what height and width are divided.
     *
     * @return at least 1
     */
    public int stride() {
        return given.getOrDefault("stride", 1);
    }

    /**
     * The side of a window.
     *
     * @return the argument {@code kernel}
     * @throws IllegalArgumentException where it is neither given nor inherited
     */
    public int kernel() {
        return get("kernel");
    }

    /**
     * Whether an argument was given or inherited.
     *
     * @param name of an argument
     * @return false where its standard value holds
     */
    public boolean has(String name) {
        return given.containsKey(name);
    }

    /**
     * An argument by name.
     *
     * @param name of an argument
     * @return what was given or inherited, else its standard value
     * @throws IllegalArgumentException where there is none of these
     */
    public int get(String name) {
        Integer value = given.get(name);
        OptionalInt standard = operation.argument(name).standard();
        if (value == null && standard.isEmpty()) {
            throw Argument.refused(
                    "\"%s\" at %s needs the argument \"%s\". Try op(\"%s\", \"%s\", 3), or a"
                            + " with(..) before it.",
                    operation.name(), place, name, operation.name(), name);
        }
        return value == null ? standard.getAsInt() : value;
    }

    /**
     * A number of channels or units as the network's width has it.
     *
     * @param name of an argument
     * @return at least 1
     * @throws IllegalArgumentException when the width leaves none
     */
    public int scaled(String name) {
        return scaled(get(name), width, "\"" + operation.name() + "\" at " + place);
    }

    /**
     * A number of channels or units as a network's width has it.
     *
     * @param size at width 1
     * @param width a factor in (0, 1]
     * @param where they are, for the message
     * @return rounded, at least 1
     * @throws IllegalArgumentException when the width leaves none
     */
    public static int scaled(int size, double width, String where) {
        long left = Math.round(size * width);
        if (left < 1) {
            throw Argument.refused(
                    "width=%s must leave one of the %d channels or units of %s, but leaves none. Try a"
                            + " width of at least %s.",
                    width, size, where, Math.ceil(50.0 / size) / 100);
        }
        return Math.toIntExact(left);
    }

    /**
     * Refuses arguments that do not fit together.
     *
     * @param condition what must hold
     * @param format what must hold and what was the case, after the operation's name and place
     * @param args of the format
     * @throws IllegalArgumentException that names the operation and the place
     */
    public void require(boolean condition, String format, Object... args) {
        if (!condition) {
            throw Argument.refused(
                    "\"%s\" at %s %s",
                    operation.name(), place, String.format(java.util.Locale.ROOT, format, args));
        }
    }
}
