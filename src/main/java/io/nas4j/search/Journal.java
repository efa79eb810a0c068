package io.nas4j.search;

import io.nas4j.json.JournalJson.Entry;
import io.nas4j.strategy.SearchStrategy;
import java.io.IOException;
import java.util.List;

/** Where a run records its trials, and what it finds there. */
interface Journal extends AutoCloseable {

    /** The trials to go on from; the session is given the state that it had then. */
    List<Entry> replay(SearchStrategy.Session strategy) throws IOException;

    /** Records; the line is on the disk when it returns. */
    void append(Entry entry) throws IOException;

    /** Keeps the state that belongs to a history of {@code size} trials, before its last line. */
    void save(int size, SearchStrategy.Session strategy) throws IOException;

    @Override
    void close();

    /** Records nothing. */
    Journal NONE =
            new Journal() {
                @Override
                public List<Entry> replay(SearchStrategy.Session strategy) {
                    return List.of();
                }

                @Override
                public void append(Entry entry) {}

                @Override
                public void save(int size, SearchStrategy.Session strategy) {}

                @Override
                public void close() {}
            };
}
