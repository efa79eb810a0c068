package io.nas4j.json;

import static io.nas4j.space.Require.require;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The types that a text may name: records and enumerations, and what these are made of. A name that
 * is not among them is refused, so that no text makes a class of its own choosing.
 *
 * <p>A type of nas4j is called by its name without the package, any other by its whole name.
 */
public final class Vocabulary {

    private static final String OURS = "io.nas4j.";

    private final Map<String, Class<?>> types;
    private final Map<String, Object> constants;

    private Vocabulary(Map<String, Class<?>> types, Map<String, Object> constants) {
        this.types = types;
        this.constants = constants;
    }

    /**
     * A vocabulary.
     *
     * @param types records and enumerations; what their components are made of comes with them
     * @return an immutable value
     * @throws IllegalArgumentException when a type is neither, or two have one name
     */
    public static Vocabulary of(List<Class<?>> types) {
        return new Vocabulary(Map.of(), Map.of()).with(types);
    }

    /**
     * More types, a user's own for example.
     *
     * @param more records and enumerations
     * @return a copy
     */
    public Vocabulary with(List<Class<?>> more) {
        Map<String, Class<?>> all = new LinkedHashMap<>(types);
        for (Class<?> type : more) {
            require(
                    type.isRecord() || type.isEnum(),
                    "a type with a text form must be a record or an enumeration, but %s is neither.",
                    type.getName());
            learn(all, type);
        }
        return new Vocabulary(all, constants);
    }

    /**
     * A value that is code, a clock for example, and is written by a name.
     *
     * @param name of the value
     * @param value found by equality
     * @return a copy
     */
    public Vocabulary constant(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(constants);
        require(all.put(name, value) == null, "there are two constants \"%s\".", name);
        return new Vocabulary(types, all);
    }

    /**
     * The names that a text may use.
     *
     * @return in alphabetical order
     */
    public Set<String> names() {
        return new TreeSet<>(types.keySet());
    }

    static String name(Class<?> type) {
        String name = type.getName();
        return name.startsWith(OURS)
                ? name.substring(name.lastIndexOf('.') + 1).replace('$', '.')
                : name;
    }

    /**
     * Whether a text may name a type.
     *
     * @param type a record or an enumeration
     * @return true for those that were given, and for what these are made of
     */
    public boolean has(Class<?> type) {
        return type.equals(types.get(name(type)));
    }

    Class<?> type(String name) {
        Class<?> type = types.get(name);
        require(
                type != null,
                "unknown type \"%s\": it is neither nas4j's nor among those that were handed over."
                        + " Try handing over your own record.",
                name);
        return type;
    }

    Optional<String> constant(Object value) {
        return constants.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    Object constant(String name) {
        Object value = constants.get(name);
        require(value != null, "unknown constant \"%s\"; there are %s.", name, constants.keySet());
        return value;
    }

    private static void learn(Map<String, Class<?>> all, Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                learn(all, argument);
            }
        } else if (type instanceof Class<?> plain && !plain.getName().startsWith("java.")) {
            learn(all, plain);
        }
    }

    private static void learn(Map<String, Class<?>> all, Class<?> type) {
        if (type.isSealed()) {
            for (Class<?> kind : type.getPermittedSubclasses()) {
                learn(all, kind);
            }
        }
        if (!type.isRecord() && !type.isEnum()) {
            return;
        }
        Class<?> before = all.put(name(type), type);
        require(
                before == null || before.equals(type),
                "two types are called %s: %s and %s.",
                name(type),
                before,
                type);
        if (before == null && type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                learn(all, component.getGenericType());
            }
        }
    }
}
