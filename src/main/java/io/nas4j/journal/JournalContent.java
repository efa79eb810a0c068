package io.nas4j.journal;

import static io.nas4j.space.Require.require;

import io.nas4j.json.JournalJson;
import io.nas4j.json.JournalJson.Begun;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.json.JournalJson.Line;
import io.nas4j.operation.Operation;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a journal holds.
 *
 * @param header the search that it belongs to
 * @param lines complete lines after the header, as they were written
 * @param ends where each line ends, in bytes from the start: the header's first
 * @param torn bytes of a broken last line, which is left out; 0 where the last line is complete
 */
public record JournalContent(
        JournalJson.Header header, List<Line> lines, List<Long> ends, long torn) {

    /** A journal of more than a third of the heap is taken for an attack or a mistake. */
    private static final long MOST =
            Math.min(Integer.MAX_VALUE - 8, Runtime.getRuntime().maxMemory() / 3);

    public JournalContent {
        lines = List.copyOf(lines);
        ends = List.copyOf(ends);
    }

    /**
     * Reads a journal, also while a search writes it: the last line may then be incomplete.
     *
     * @param journal its file
     * @param own the operations in its space that are not nas4j's
     * @return all complete trials
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when it is not a journal
     */
    public static JournalContent read(Path journal, Operation... own) throws IOException {
        requireReadable(journal, Files.size(journal));
        return parse(journal, Files.readAllBytes(journal), List.of(own));
    }

    static void requireReadable(Path journal, long bytes) {
        require(
                bytes <= MOST,
                "a journal must be at most %d bytes, a third of this JVM's heap, but %s has %d. Try"
                        + " another file, or a larger heap (-Xmx).",
                MOST,
                journal,
                bytes);
    }

    /**
     * The space that the journal's architectures belong to.
     *
     * @return as its header has it
     */
    public SearchSpace space() {
        return header.space();
    }

    /**
     * The trials that have ended.
     *
     * @return in the order in which they ended
     */
    public List<Entry> entries() {
        return lines.stream().filter(Entry.class::isInstance).map(Entry.class::cast).toList();
    }

    /**
     * All trials by their numbers, from 0 on without a gap: the {@link Entry} of each that has
     * ended; of the others, which were under way when the last line was written, the {@link Begun}.
     *
     * @return in the order of proposals
     */
    public List<Line> trials() {
        return trials(lines);
    }

    static List<Line> trials(List<Line> lines) {
        List<Line> trials = new ArrayList<>();
        for (Line line : lines) {
            if (line.number() == trials.size()) {
                trials.add(line);
            } else {
                trials.set(line.number(), line);
            }
        }
        return trials;
    }

    /**
     * All trials that have ended, in the order of proposals. Where some were still under way, those
     * behind are numbered without them, since a history has no gaps.
     *
     * @return as the search left it
     */
    public History history() {
        History history = History.empty(header.measure());
        for (Line line : trials()) {
            if (line instanceof Entry entry) {
                history = history.plus(entry.trial().numbered(history.size()));
            }
        }
        return history;
    }

    /** A last line that is torn, because the search was killed while writing it, is left out. */
    static JournalContent parse(Path journal, byte[] bytes, Collection<Operation> own) {
        Order order = new Order();
        List<Line> lines = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        JournalJson.Header header = null;
        int from = 0;
        for (int to = end(bytes, from); to >= 0; to = end(bytes, from)) {
            String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            try {
                if (header == null) {
                    header = JournalJson.header(text, own);
                } else {
                    Line line = JournalJson.line(header.space(), text);
                    order.check(line);
                    lines.add(line);
                }
            } catch (IllegalArgumentException e) {
                boolean last = to + 1 == bytes.length;
                if (last && header != null) {
                    break;
                }
                throw new IllegalArgumentException(
                        header == null
                                ? journal
                                        + " is not a journal of nas4j: "
                                        + e.getMessage()
                                        + " Try another file."
                                : "line "
                                        + (ends.size() + 1)
                                        + " of journal "
                                        + journal
                                        + " is damaged: "
                                        + e.getMessage()
                                        + " Try removing it and all that follow.",
                        e);
            }
            from = to + 1;
            ends.add((long) from);
        }
        require(
                header != null,
                "%s is not a journal of nas4j: it has no complete line. Try another file.",
                journal);
        return new JournalContent(header, lines, ends, bytes.length - from);
    }

    /** Whether lines can follow each other: a trial is known before it ends, and ends once. */
    private static final class Order {
        private final List<Boolean> ended = new ArrayList<>();

        /** How many trials have ended without a gap. */
        private int heard;

        void check(Line line) {
            int number = line.number();
            boolean ends = line instanceof Entry;
            require(
                    number == ended.size() || (ends && number >= 0 && number < ended.size()),
                    "trial %d was expected, but it is trial %d.",
                    ended.size(),
                    number);
            if (number == ended.size()) {
                ended.add(false);
            }
            require(!ended.get(number), "trial %d must end once, but ends twice.", number);
            require(
                    line.seen() >= 0 && line.seen() <= Math.min(heard, number),
                    "trial %d must have been proposed after at most %d others had ended, but was"
                            + " after %d.",
                    number,
                    Math.min(heard, number),
                    line.seen());
            if (ends) {
                ended.set(number, true);
                while (heard < ended.size() && ended.get(heard)) {
                    heard++;
                }
            }
        }
    }

    private static int end(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
