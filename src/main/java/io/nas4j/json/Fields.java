package io.nas4j.json;

import static io.nas4j.space.Require.require;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One JSON object that was read: typed access with errors that name the field. Fields may come in
 * any order. Only gson's streaming half is used: it is the same in the old version that some
 * kernels put first on the class path.
 */
final class Fields {

    private static final int DEPTH = 200;

    private final Map<String, Object> values;

    private Fields(Map<String, Object> values) {
        this.values = values;
    }

    static Fields parse(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            require(
                    reader.peek() == JsonToken.BEGIN_OBJECT,
                    "a JSON object was expected, but the text starts with \"%s\".",
                    start(text));
            Fields fields = (Fields) value(reader, 0);
            require(
                    reader.peek() == JsonToken.END_DOCUMENT,
                    "one JSON object was expected, but something follows it.");
            return fields;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the text is not JSON (it starts with \"" + start(text) + "\")" + where(e), e);
        }
    }

    /** The position; the rest of gson's advice is for programmers that call gson. */
    private static String where(Exception e) {
        String message = e.getMessage().lines().findFirst().orElse("");
        int at = message.indexOf(" at line ");
        return at < 0 ? "." : "; the mistake is" + message.substring(at) + ".";
    }

    /** A number is kept as it is written, so that none is rounded on the way. */
    private static Object value(JsonReader reader, int depth) throws IOException {
        require(depth < DEPTH, "JSON must nest at most %d deep, but goes deeper.", DEPTH);
        JsonToken token = reader.peek();
        if (token == JsonToken.BEGIN_OBJECT) {
            Map<String, Object> values = new LinkedHashMap<>();
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                require(
                        values.put(name, value(reader, depth + 1)) == null,
                        "field \"%s\" must come once, but comes twice.",
                        name);
            }
            reader.endObject();
            return new Fields(values);
        }
        if (token == JsonToken.BEGIN_ARRAY) {
            List<Object> values = new ArrayList<>();
            reader.beginArray();
            while (reader.hasNext()) {
                values.add(value(reader, depth + 1));
            }
            reader.endArray();
            return values;
        }
        require(
                token == JsonToken.STRING || token == JsonToken.NUMBER,
                "a string, a number, a list or an object was expected, but found %s.",
                token);
        return reader.nextString();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Set<String> names() {
        return values.keySet();
    }

    String text(String name) {
        return as(String.class, name, "a text or a number");
    }

    int integer(String name) {
        return parse(name, text(name), "an integer", Integer::valueOf);
    }

    long whole(String name) {
        return parse(name, text(name), "an integer", Long::valueOf);
    }

    double number(String name) {
        return parse(name, text(name), "a number", Double::valueOf);
    }

    Fields object(String name) {
        return as(Fields.class, name, "an object");
    }

    List<Fields> objects(String name) {
        return list(name, "objects", value -> value instanceof Fields fields ? fields : null);
    }

    List<Integer> integers(String name) {
        return list(name, "integers", value -> Integer.valueOf((String) value));
    }

    List<Long> wholes(String name) {
        return list(name, "integers", value -> Long.valueOf((String) value));
    }

    List<String> texts(String name) {
        return list(name, "texts", value -> (String) value);
    }

    List<Double> numbers(String name) {
        return list(name, "numbers", value -> Double.valueOf((String) value));
    }

    /** Pairs, each a list of two numbers. */
    List<List<Double>> pairs(String name) {
        return list(
                name,
                "pairs of numbers",
                value -> {
                    List<?> pair = (List<?>) value;
                    return pair.size() == 2
                            ? List.of(
                                    Double.valueOf((String) pair.get(0)),
                                    Double.valueOf((String) pair.get(1)))
                            : null;
                });
    }

    private <T> List<T> list(String name, String what, Function<Object, T> item) {
        List<?> raw = as(List.class, name, "a list of " + what);
        List<T> result = new ArrayList<>(raw.size());
        for (Object value : raw) {
            T converted;
            try {
                converted = item.apply(value);
            } catch (ClassCastException | NumberFormatException e) {
                converted = null;
            }
            require(
                    converted != null,
                    "field \"%s\" must be a list of %s, but holds %s.",
                    name,
                    what,
                    value);
            result.add(converted);
        }
        return result;
    }

    private <T> T as(Class<T> type, String name, String what) {
        Object value = values.get(name);
        require(value != null, "field \"%s\" is missing; there are %s.", name, values.keySet());
        require(type.isInstance(value), "field \"%s\" must be %s, but was %s.", name, what, value);
        return type.cast(value);
    }

    private static <T> T parse(
            String name, String text, String what, Function<String, T> conversion) {
        try {
            return conversion.apply(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "field \"" + name + "\" must be " + what + ", but was \"" + text + "\".", e);
        }
    }

    @Override
    public String toString() {
        return values.toString();
    }

    private static String start(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() <= 40 ? line : line.substring(0, 40) + "…";
    }
}
