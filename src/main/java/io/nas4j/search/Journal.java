package io.nas4j.search;

import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Where a run records its trials, and what it finds there. */
interface Journal extends AutoCloseable {

    /**
     * A recorded trial.
     *
     * @param trial finished
     * @param seen how many trials the strategy had heard of when it proposed this one
     * @param advance whether it was a slice of the strategy's own training
     * @param elapsed time on the wall when it ended
     */
    record Entry(Trial trial, int seen, boolean advance, Duration elapsed) {}

    /** The trials to go on from; restores a strategy's state as it was then. */
    List<Entry> replay(SearchStrategy.Session strategy) throws IOException;

    /** Records; on the disk when it returns. */
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
