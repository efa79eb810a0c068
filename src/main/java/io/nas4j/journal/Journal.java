package io.nas4j.journal;

import io.nas4j.json.JournalJson.Entry;
import io.nas4j.strategy.SearchStrategy;
import java.io.IOException;
import java.util.List;

/** Where a run records its trials, and what it finds there. */
public interface Journal extends AutoCloseable {

    /**
     * The trials to go on from; the session is given the state that it had then.
     *
     * @param strategy restored where it keeps weights
     * @return oldest first
     * @throws IOException when the file cannot be read or cut
     */
    List<Entry> replay(SearchStrategy.Session strategy) throws IOException;

    /**
     * Records a trial; the line is on the disk when this returns.
     *
     * @param entry the next trial
     * @throws IOException when it cannot be written
     */
    void append(Entry entry) throws IOException;

    /**
     * Keeps the state that belongs to a history, before its last line is appended.
     *
     * @param size how many trials the history has
     * @param strategy whose weights are saved, if it has any
     * @throws IOException when they cannot be written
     */
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
