package io.nas4j.journal;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.security.CodeSource;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Which classes of a user an estimator or a strategy is made of, with a checksum of each. It knows
 * the classes themselves, not what they call; those of a notebook's cells cannot be known, since
 * they are named and compiled anew by every kernel.
 */
final class UserCode {

    static final String UNKNOWN = "unknown";

    /** What is reached from an estimator may be large, a benchmark's table for example. */
    private static final int MOST = 1000;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, String> sums = new TreeMap<>();

    private UserCode() {}

    /**
     * Looks at a value and all that its fields hold.
     *
     * @return class names with checksums, in order; {@link #UNKNOWN} among them where a class
     *     cannot be read; empty where all is nas4j's
     */
    static String of(Object value) {
        UserCode code = new UserCode();
        code.visit(value);
        StringBuilder text = new StringBuilder();
        code.sums.forEach(
                (name, sum) ->
                        text.append(text.isEmpty() ? "" : ", ")
                                .append(name)
                                .append(' ')
                                .append(sum));
        return text.toString();
    }

    private void visit(Object value) {
        if (value == null || seen.size() >= MOST || !seen.add(value)) {
            return;
        }
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(this::visit);
        } else if (value instanceof Iterable<?> all) {
            all.forEach(this::visit);
        }
        Class<?> type = value.getClass();
        if (isJdk(type)) {
            return;
        }
        if (!isOurs(type)) {
            add(type);
        }
        for (Class<?> up = type; up != null && !isJdk(up); up = up.getSuperclass()) {
            for (Field field : up.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    read(field, value);
                }
            }
        }
    }

    private void read(Field field, Object value) {
        try {
            field.setAccessible(true);
            visit(field.get(value));
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            sums.put(field.getDeclaringClass().getName(), UNKNOWN);
        }
    }

    private static boolean isJdk(Class<?> type) {
        return type.isArray() || type.getModule().isNamed();
    }

    private static boolean isOurs(Class<?> type) {
        CodeSource here = UserCode.class.getProtectionDomain().getCodeSource();
        CodeSource there = type.getNestHost().getProtectionDomain().getCodeSource();
        return there != null && Objects.equals(here, there);
    }

    private void add(Class<?> type) {
        // the body of a lambda is in the class that it is written in
        String name = type.getName().replaceFirst("\\$\\$Lambda.*", "");
        sums.put(name, name.startsWith("REPL.") ? UNKNOWN : sum(type.getClassLoader(), name));
    }

    private static String sum(ClassLoader loader, String name) {
        try (InputStream in =
                loader == null
                        ? null
                        : loader.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                return UNKNOWN;
            }
            CRC32C sum = new CRC32C();
            sum.update(in.readAllBytes());
            return HexFormat.of().toHexDigits((int) sum.getValue());
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
