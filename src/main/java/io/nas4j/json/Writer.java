package io.nas4j.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** Writes one JSON object into a line of text. */
final class Writer {

    private final StringWriter text = new StringWriter();
    private final JsonWriter json = new JsonWriter(text);

    private Writer() {}

    /** The object that {@code body} writes. */
    static String object(Consumer<Writer> body) {
        Writer writer = new Writer();
        writer.run(writer.json::beginObject);
        body.accept(writer);
        writer.run(writer.json::endObject);
        return writer.text.toString();
    }

    Writer field(String name, String value) {
        return run(() -> json.name(name).value(value));
    }

    Writer field(String name, long value) {
        return run(() -> json.name(name).value(value));
    }

    Writer field(String name, double value) {
        return run(() -> number(json.name(name), value));
    }

    Writer integers(String name, List<Integer> values) {
        return run(
                () -> {
                    json.name(name).beginArray();
                    for (int value : values) {
                        json.value(value);
                    }
                    json.endArray();
                });
    }

    Writer wholes(String name, List<Long> values) {
        return run(
                () -> {
                    json.name(name).beginArray();
                    for (long value : values) {
                        json.value(value);
                    }
                    json.endArray();
                });
    }

    Writer texts(String name, List<String> values) {
        return run(
                () -> {
                    json.name(name).beginArray();
                    for (String value : values) {
                        json.value(value);
                    }
                    json.endArray();
                });
    }

    Writer numbers(String name, List<Double> values) {
        return run(
                () -> {
                    json.name(name);
                    numbers(values);
                });
    }

    Writer object(String name, Runnable body) {
        run(() -> json.name(name).beginObject());
        body.run();
        return run(json::endObject);
    }

    <T> Writer objects(String name, List<T> items, Consumer<T> body) {
        run(() -> json.name(name).beginArray());
        for (T item : items) {
            run(json::beginObject);
            body.accept(item);
            run(json::endObject);
        }
        return run(json::endArray);
    }

    Writer pairs(String name, List<List<Double>> pairs) {
        return run(
                () -> {
                    json.name(name).beginArray();
                    for (List<Double> pair : pairs) {
                        numbers(pair);
                    }
                    json.endArray();
                });
    }

    private void numbers(List<Double> values) throws IOException {
        json.beginArray();
        for (double value : values) {
            number(json, value);
        }
        json.endArray();
    }

    /** JSON has no NaN and no infinity: they are written as texts; whole numbers without ".0". */
    private static void number(JsonWriter json, double value) throws IOException {
        if (!Double.isFinite(value)) {
            json.value(Double.toString(value));
        } else if (value == (int) value && (value != 0 || 1 / value > 0)) {
            json.value((int) value);
        } else {
            json.value(value);
        }
    }

    private Writer run(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory is always writable", e);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
