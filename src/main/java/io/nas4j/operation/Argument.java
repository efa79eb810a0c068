package io.nas4j.operation;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * An integer that an operation takes.
 *
 * <p>It is given ({@code op("conv", "kernel", 3)}), or inherited from an enclosing {@code with}
 * ({@code stride} also from the cell), or has its standard value; what has none must be given.
 *
 * @param name for example {@code kernel}
 * @param least the smallest value allowed
 * @param most the largest value allowed
 * @param standard the value when it is neither given nor inherited; empty: it must be
 */
public record Argument(String name, int least, int most, OptionalInt standard) {

    /** How many channels come out; those that flow in where nobody says otherwise. */
    public static final Argument CHANNELS = of("channels");

    /** By what height and width are divided, rounded up; 1 where nobody says otherwise. */
    public static final Argument STRIDE = of("stride").or(1);

    /** The side of a window. */
    public static final Argument KERNEL = of("kernel");

    public Argument {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an argument needs a name, but it was blank.");
        }
        if (least > most) {
            throw refused("the range of argument \"%s\" is empty: %d to %d.", name, least, most);
        }
        if (standard.isPresent() && (standard.getAsInt() < least || standard.getAsInt() > most)) {
            throw refused(
                    "the standard value of argument \"%s\" must be from %d to %d, but was %d.",
                    name, least, most, standard.getAsInt());
        }
    }

    /**
     * An argument that must be given or inherited.
     *
     * @param name for example {@code kernel}
     * @return of at least 1
     */
    public static Argument of(String name) {
        return new Argument(name, 1, Integer.MAX_VALUE, OptionalInt.empty());
    }

    /**
     * The same with a standard value.
     *
     * @param value within the range
     * @return a copy
     */
    public Argument or(int value) {
        return new Argument(name, least, most, OptionalInt.of(value));
    }

    /**
     * The same with another range.
     *
     * @param smallest allowed
     * @param largest allowed
     * @return a copy
     */
    public Argument within(int smallest, int largest) {
        return new Argument(name, smallest, largest, standard);
    }

    void check(String operation, int value) {
        if (value < least || value > most) {
            throw refused(
                    most == Integer.MAX_VALUE
                            ? "argument \"%s\" of \"%s\" must be at least %d, but was %d."
                            : "argument \"%s\" of \"%s\" must be from %d to %5$d, but was %4$d.",
                    name,
                    operation,
                    least,
                    value,
                    most);
        }
    }

    static IllegalArgumentException refused(String format, Object... args) {
        return new IllegalArgumentException(String.format(Locale.ROOT, format, args));
    }
}
