package io.nas4j.operation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An operation that networks are built from: a name, arguments and what layers it is made of.
 *
 * <p>{@code [batch, c, h, w]} goes in, {@code [batch, channels, ceil(h / stride), ceil(w /
 * stride)]} comes out. This is its only definition: networks, supernets, counts, text forms and
 * diagrams all read it. An operation of your own is one more value, and is used by {@code
 * Grammar.op}:
 *
 * <pre>{@code
 * Operation gated = Operation.of("gated_conv", in -> List.of(
 *                 RELU,
 *                 conv("conv", in.channels(), in.kernel(), in.stride()),
 *                 norm("norm"),
 *                 scale(globalPool(), dense("gate", in.channels()), SIGMOID)),
 *         KERNEL, CHANNELS, STRIDE);
 * SearchSpace mine = SearchSpace.of("mine", stem(8),
 *         choice("block", op(gated, "kernel", 3), op(gated, "kernel", 5), sepConv(3)),
 *         classifier());
 * }</pre>
 *
 * @param name as papers print it, for example {@code sep_conv}: letters, digits and underscores
 * @param arguments in the order of messages
 * @param layers what it is made of where it stands; must not depend on anything but its arguments
 * @param fusion the fast form that a supernet may run it in
 */
public record Operation(
        String name,
        List<Argument> arguments,
        Function<Arguments, List<Primitive>> layers,
        Optional<Fusion> fusion) {

    public Operation {
        arguments = List.copyOf(arguments);
        if (!name.matches("[A-Za-z]\\w*")) {
            throw Argument.refused(
                    "an operation's name must be of letters, digits and underscores, but was"
                            + " \"%s\".",
                    name);
        }
        Set<String> names = new HashSet<>();
        for (Argument argument : arguments) {
            if (!names.add(argument.name())) {
                throw Argument.refused(
                        "operation \"%s\" has two arguments \"%s\".", name, argument.name());
            }
        }
    }

    /**
     * An operation of primitives.
     *
     * @param name as messages and diagrams print it
     * @param layers what it is made of where it stands; none for an identity
     * @param arguments that it takes
     * @return the operation
     */
    public static Operation of(
            String name, Function<Arguments, List<Primitive>> layers, Argument... arguments) {
        return new Operation(name, List.of(arguments), layers, Optional.empty());
    }

    /**
     * The same with a fast form for supernets.
     *
     * @param form used wherever the layers are of it
     * @return a copy
     */
    public Operation fusesAs(Fusion form) {
        return new Operation(name, arguments, layers, Optional.of(form));
    }

    /**
     * Whether it has an argument.
     *
     * @param argument for example {@code kernel}
     * @return true when it may be given or inherited
     */
    public boolean takes(String argument) {
        return arguments.stream().anyMatch(a -> a.name().equals(argument));
    }

    /**
     * What it is made of.
     *
     * @param where it stands
     * @return layers from input to output
     */
    public List<Primitive> layers(Arguments where) {
        return List.copyOf(layers.apply(where));
    }

    /**
     * Checks arguments that are given.
     *
     * @param given values by name
     * @throws IllegalArgumentException for one that it does not take, or out of its range
     */
    public void check(Map<String, Integer> given) {
        given.forEach((argument, value) -> argument(argument).check(name, value));
    }

    Argument argument(String argument) {
        return arguments.stream()
                .filter(a -> a.name().equals(argument))
                .findFirst()
                .orElseThrow(
                        () ->
                                Argument.refused(
                                        "operation \"%s\" has no argument \"%s\". Try one of %s.",
                                        name,
                                        argument,
                                        arguments.stream().map(Argument::name).toList()));
    }

    /** The same in every JVM, which that of a function is not. */
    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
