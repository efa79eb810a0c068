package io.nas4j.journal;

import io.nas4j.json.JournalJson.Begun;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.json.JournalJson.Line;
import io.nas4j.strategy.SearchStrategy;
import java.io.IOException;
import java.util.List;

/** Where a run records its trials, and what it finds there. */
public interface Journal extends AutoCloseable {

    /**
     * The trials to go on from; the session is given the state that it had then.
     *
     * @param strategy restored where it keeps weights
     * @return by their numbers, as {@link JournalContent#trials()}
     * @throws IOException when the file cannot be read or cut
     */
    List<Line> replay(SearchStrategy.Session strategy) throws IOException;

    /**
     * Records a trial that begins, where others may end before it.
     *
     * @param begun the next trial; on the disk when a later one that has ended is
     * @throws IOException when it cannot be written
     */
    void begin(Begun begun) throws IOException;

    /**
     * Records a trial that has ended; the line is on the disk when this returns.
     *
     * @param entry one that has begun, or the next trial
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
                public List<Line> replay(SearchStrategy.Session strategy) {
                    return List.of();
                }

                @Override
                public void begin(Begun begun) {}

                @Override
                public void append(Entry entry) {}

                @Override
                public void save(int size, SearchStrategy.Session strategy) {}

                @Override
                public void close() {}
            };
}
