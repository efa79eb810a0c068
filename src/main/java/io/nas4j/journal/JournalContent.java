package io.nas4j.journal;

import static io.nas4j.space.Require.require;

import io.nas4j.json.JournalJson;
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
 * @param entries complete lines
 * @param ends where each line ends, in bytes from the start: the header's first, then the entries'
 * @param torn bytes of a broken last line, which is left out; 0 where the last line is complete
 */
public record JournalContent(
        JournalJson.Header header, List<JournalJson.Entry> entries, List<Long> ends, long torn) {

    public JournalContent {
        entries = List.copyOf(entries);
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
        return parse(journal, Files.readAllBytes(journal), List.of(own));
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
     * All trials.
     *
     * @return as the search left it
     */
    public History history() {
        History history = History.empty(header.measure());
        for (JournalJson.Entry entry : entries) {
            history = history.plus(entry.trial());
        }
        return history;
    }

    /** A last line that is torn, because the search was killed while writing it, is left out. */
    static JournalContent parse(Path journal, byte[] bytes, Collection<Operation> own) {
        List<JournalJson.Entry> entries = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        JournalJson.Header header = null;
        int from = 0;
        for (int to = end(bytes, from); to >= 0; to = end(bytes, from)) {
            String line = new String(bytes, from, to - from, StandardCharsets.UTF_8);
            try {
                if (header == null) {
                    header = JournalJson.header(line, own);
                } else {
                    entries.add(entry(header.space(), entries.size(), line));
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
        return new JournalContent(header, entries, ends, bytes.length - from);
    }

    private static JournalJson.Entry entry(SearchSpace space, int number, String line) {
        JournalJson.Entry entry = JournalJson.entry(space, line);
        require(
                entry.trial().number() == number,
                "trial %d was expected, but it is trial %d.",
                number,
                entry.trial().number());
        return entry;
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
