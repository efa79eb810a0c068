package io.nas4j.execute;

import io.nas4j.json.Vocabulary;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The records and enumerations of a user that a value is made of. */
final class OwnTypes {

    private static final String NOTEBOOK = "REPL.";

    private OwnTypes() {}

    /**
     * Those that are not nas4j's.
     *
     * @param value an estimator
     * @param known nas4j's own
     * @throws IllegalArgumentException when one is of a notebook's cell, which no other process has
     */
    static List<Class<?>> of(Object value, Vocabulary known) {
        Set<Class<?>> found = new LinkedHashSet<>();
        visit(value, known, found);
        return List.copyOf(found);
    }

    private static void visit(Object value, Vocabulary known, Set<Class<?>> found) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(inner -> visit(inner, known, found));
            return;
        }
        if (value instanceof Iterable<?> all && !(value instanceof java.nio.file.Path)) {
            all.forEach(inner -> visit(inner, known, found));
            return;
        }
        Class<?> type = value instanceof Enum<?> one ? one.getDeclaringClass() : value.getClass();
        if (!type.isRecord() && !type.isEnum()) {
            return;
        }
        if (!known.has(type)) {
            if (type.getName().startsWith(NOTEBOOK)) {
                throw new IllegalArgumentException(
                        "its type "
                                + type.getSimpleName()
                                + " is of a notebook's cell, which no other process has.");
            }
            found.add(type);
        }
        if (type.isRecord()) {
            for (RecordComponent component : type.getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    visit(component.getAccessor().invoke(value), known, found);
                } catch (ReflectiveOperationException | InaccessibleObjectException e) {
                    throw new IllegalArgumentException(
                            "component " + component.getName() + " of it cannot be read.", e);
                }
            }
        }
    }
}
