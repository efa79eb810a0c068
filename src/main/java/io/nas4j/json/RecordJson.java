package io.nas4j.json;

import static io.nas4j.space.Require.require;

import java.lang.reflect.Constructor;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Records by their components: numbers, texts, paths, optional values, lists, maps by text,
 * enumerations and further records. Read through the record's own constructor, which checks.
 */
record RecordJson(Vocabulary vocabulary) {

    private static final String TYPE = "type";
    private static final String CONSTANT = "constant";
    private static final String VALUE = "value";

    /** Writes the fields of a value into the object that is open. */
    void write(Writer out, Object value) {
        Optional<String> constant = vocabulary.constant(value);
        if (constant.isPresent()) {
            out.field(CONSTANT, constant.get());
            return;
        }
        Class<?> type = value instanceof Enum<?> one ? one.getDeclaringClass() : value.getClass();
        require(
                type.isRecord() || type.isEnum(),
                "%s has no text form: it is code (%s), not a record of numbers, texts and records.",
                value,
                plain(type));
        require(
                vocabulary.has(type),
                "%s has no text form: its type %s is not among those that a text may name.",
                value,
                plain(type));
        out.field(TYPE, Vocabulary.name(type));
        if (value instanceof Enum<?> one) {
            out.field(VALUE, one.name());
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            write(out, component.getName(), get(component, value), component.getGenericType());
        }
    }

    /** Of a lambda the name changes from run to run. */
    private static String plain(Class<?> type) {
        return type.getName().replaceFirst("\\$\\$Lambda.*", ", a lambda");
    }

    private static Object get(RecordComponent component, Object value) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw new IllegalArgumentException(
                    "component " + component.getName() + " of " + value + " cannot be read.", e);
        }
    }

    private void write(Writer out, String name, Object value, Type type) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(inner -> write(out, name, inner, argument(type, 0)));
        } else if (value instanceof OptionalInt some) {
            some.ifPresent(inner -> out.field(name, inner));
        } else if (value instanceof OptionalLong some) {
            some.ifPresent(inner -> out.field(name, inner));
        } else if (value instanceof OptionalDouble some) {
            some.ifPresent(inner -> out.field(name, inner));
        } else if (value instanceof Double || value instanceof Float) {
            out.field(name, ((Number) value).doubleValue());
        } else if (value instanceof Integer || value instanceof Long) {
            out.field(name, ((Number) value).longValue());
        } else if (value instanceof Boolean || value instanceof String || value instanceof Path) {
            out.field(name, value.toString());
        } else if (value instanceof List<?> list) {
            Type item = argument(type, 0);
            out.objects(name, list, one -> write(out, VALUE, one, item));
        } else if (value instanceof Map<?, ?> map && argument(type, 0) == String.class) {
            out.object(
                    name,
                    () ->
                            map.forEach(
                                    (key, one) ->
                                            write(out, (String) key, one, argument(type, 1))));
        } else {
            out.object(name, () -> write(out, value));
        }
    }

    /** A value of a type that the caller asks for. */
    <T> T read(Fields in, Class<T> wanted) {
        Object value = in.has(CONSTANT) ? vocabulary.constant(in.text(CONSTANT)) : typed(in);
        require(
                wanted.isInstance(value),
                "a %s was expected, but the text holds a %s.",
                wanted.getSimpleName(),
                value.getClass().getSimpleName());
        return wanted.cast(value);
    }

    private Object typed(Fields in) {
        Class<?> type = vocabulary.type(in.text(TYPE));
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(one -> ((Enum<?>) one).name().equals(in.text(VALUE)))
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "there is no " + in.text(VALUE) + " of " + type + "."));
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(in, components[i].getName(), components[i].getGenericType());
        }
        return make(type, components, values);
    }

    private static Object make(Class<?> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(
                    "a " + type.getSimpleName() + " is refused: " + e.getCause().getMessage(),
                    e.getCause());
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw new IllegalArgumentException(
                    "a " + type.getSimpleName() + " cannot be made: " + e.getMessage(), e);
        }
    }

    private Object value(Fields in, String name, Type type) {
        Class<?> raw = raw(type);
        if (raw == Optional.class) {
            return in.has(name)
                    ? Optional.of(value(in, name, argument(type, 0)))
                    : Optional.empty();
        }
        if (raw == OptionalInt.class) {
            return in.has(name) ? OptionalInt.of(in.integer(name)) : OptionalInt.empty();
        }
        if (raw == OptionalLong.class) {
            return in.has(name) ? OptionalLong.of(in.whole(name)) : OptionalLong.empty();
        }
        if (raw == OptionalDouble.class) {
            return in.has(name) ? OptionalDouble.of(in.number(name)) : OptionalDouble.empty();
        }
        if (raw == List.class) {
            return in.objects(name).stream()
                    .map(item -> value(item, VALUE, argument(type, 0)))
                    .toList();
        }
        if (raw == Map.class) {
            Map<String, Object> map = new LinkedHashMap<>();
            Fields given = in.object(name);
            given.names().forEach(key -> map.put(key, value(given, key, argument(type, 1))));
            return map;
        }
        return scalar(in, name, raw);
    }

    private Object scalar(Fields in, String name, Class<?> raw) {
        if (raw == int.class || raw == Integer.class) {
            return in.integer(name);
        }
        if (raw == long.class || raw == Long.class) {
            return in.whole(name);
        }
        if (raw == double.class || raw == Double.class) {
            return in.number(name);
        }
        if (raw == float.class || raw == Float.class) {
            return (float) in.number(name);
        }
        if (raw == boolean.class || raw == Boolean.class) {
            String text = in.text(name);
            require(
                    text.equals("true") || text.equals("false"),
                    "field \"%s\" must be true or false, but was %s.",
                    name,
                    text);
            return Boolean.valueOf(text);
        }
        if (raw == String.class) {
            return in.text(name);
        }
        if (raw == Path.class) {
            return Path.of(in.text(name));
        }
        return read(in.object(name), raw);
    }

    private static Class<?> raw(Type type) {
        return type instanceof ParameterizedType generic
                ? (Class<?>) generic.getRawType()
                : type instanceof Class<?> plain ? plain : Object.class;
    }

    private static Type argument(Type type, int index) {
        return type instanceof ParameterizedType generic
                ? generic.getActualTypeArguments()[index]
                : Object.class;
    }
}
