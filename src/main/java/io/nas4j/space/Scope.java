package io.nas4j.space;

import io.nas4j.operation.Argument;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the {@code with} steps around an operation have set. Immutable and shared between threads:
 * what follows from it is worked out once a space, as a search asks for it with every architecture.
 */
final class Scope {

    /** An operation that reads what still owes a stride. */
    private record Owing(Object where, int owed) {}

    /**
     * An operation as it is within a scope.
     *
     * @param op all inherited arguments filled in
     * @param signature {@link Fingerprint#signature}
     */
    record Placed(Node.Op op, long signature) {}

    /** What all scopes of a space share. */
    private static final class Memory {
        /** More are worked out anew each time. */
        private static final int MOST = 20_000;

        private final Map<Map<String, Integer>, Scope> scopes = new ConcurrentHashMap<>();
        private final AtomicInteger held = new AtomicInteger();

        boolean hasRoom() {
            return held.get() < MOST && held.incrementAndGet() <= MOST;
        }
    }

    private static final String STRIDE = "stride";

    private static final String CHANNELS = "channels";

    /** What the next cell's inputs are brought to; 0 where nothing says so. */
    final int channels;

    /** Of a cell, or of an operation that takes one and says none. */
    final int stride;

    private final Map<String, Integer> args;
    private final Memory memory;
    private final Map<Object, Scope> inner = new ConcurrentHashMap<>();
    private final Map<Object, Placed> placed = new ConcurrentHashMap<>();

    /** {@link #inCell}, once it has been asked for. */
    private volatile Scope cell;

    private Scope(Map<String, Integer> args, Memory memory) {
        this.args = args;
        this.memory = memory;
        this.channels = args.getOrDefault(CHANNELS, 0);
        this.stride = args.getOrDefault(STRIDE, 1);
    }

    /** Where nothing is set. */
    static Scope outermost() {
        return new Scope(Map.of(), new Memory());
    }

    /** Behind a {@code with} step. */
    Scope behind(WalkPlan step) {
        Scope known = inner.get(step);
        return known != null ? known : inner(step, ((Node.Op) step.node).args());
    }

    /** Within a cell: only what reads its inputs takes its stride. */
    Scope inCell() {
        Scope known = cell;
        if (known == null) {
            known = inner(STRIDE, Map.of(STRIDE, 1));
            cell = known;
        }
        return known;
    }

    private Scope inner(Object step, Map<String, Integer> more) {
        Map<String, Integer> all = new HashMap<>(args);
        all.putAll(more);
        Scope scope = memory.scopes.get(all);
        if (scope == null) {
            scope = new Scope(all, memory);
            if (memory.hasRoom()) {
                Scope other = memory.scopes.putIfAbsent(all, scope);
                scope = other != null ? other : scope;
            }
        }
        if (memory.hasRoom()) {
            inner.put(step, scope);
        }
        return scope;
    }

    /**
     * An operation here.
     *
     * @param where it stands: always the same operation
     * @param op as written
     * @param owed the stride that what it reads still owes, at least 1
     */
    Placed place(Object where, Node.Op op, int owed) {
        Object key = owed == 1 ? where : new Owing(where, owed);
        Placed known = placed.get(key);
        if (known == null) {
            Node.Op resolved = resolved(op, owed);
            known = new Placed(resolved, Fingerprint.signature(resolved));
            if (memory.hasRoom()) {
                placed.put(key, known);
            }
        }
        return known;
    }

    private Node.Op resolved(Node.Op op, int owed) {
        Map<String, Integer> its = new TreeMap<>();
        for (Argument argument : op.operation().arguments()) {
            Integer value = args.get(argument.name());
            if (value != null && !argument.name().equals(STRIDE)) {
                its.put(argument.name(), value);
            }
        }
        its.putAll(op.args());
        if (op.args().containsKey("kernel")) {
            // an explicit kernel wins over an inherited height and width
            its.keySet().removeIf(name -> !op.args().containsKey(name) && isSide(name));
        }
        if (op.operation().takes(STRIDE)) {
            its.putIfAbsent(STRIDE, owed > 1 ? owed : stride);
        }
        return op.with(its);
    }

    private static boolean isSide(String name) {
        return name.equals("height") || name.equals("width");
    }
}
