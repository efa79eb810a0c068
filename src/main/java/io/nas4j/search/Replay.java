package io.nas4j.search;

import io.nas4j.journal.CheckpointStore;
import io.nas4j.journal.Journal;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.strategy.SearchStrategy;
import java.io.IOException;
import java.util.List;

/** Brings everything to where it was when the journal's search was killed. */
final class Replay {

    private final Journal journal;
    private final CheckpointStore checkpoints;
    private final AskedStrategy strategy;
    private final TrialLog log;
    private final Stopwatch watch;
    private final int slots;

    Replay(
            Journal journal,
            CheckpointStore checkpoints,
            AskedStrategy strategy,
            TrialLog log,
            Stopwatch watch,
            int slots) {
        this.journal = journal;
        this.checkpoints = checkpoints;
        this.strategy = strategy;
        this.log = log;
        this.watch = watch;
        this.slots = slots;
    }

    /**
     * With several slots a strategy remembers what it proposed and has not heard of yet, so there
     * it is asked again for all that it was asked for.
     */
    void run() throws IOException {
        List<Entry> entries = journal.replay(strategy.session());
        checkpoints.open(entries.size());
        boolean several =
                slots > 1
                        || entries.stream()
                                .anyMatch(entry -> entry.seen() < entry.trial().number());
        for (Entry entry : entries) {
            while (log.view().size() < entry.seen()) {
                strategy.tell();
            }
            if (several && !(strategy.session() instanceof SearchStrategy.Checkpointed)) {
                var unused = strategy.ask();
            }
            log.add(entry);
            watch.goOnFrom(entry.elapsed());
            log.proposed(entry.trial().reused());
        }
        while (!several && log.isAhead()) {
            strategy.tell();
        }
        log.tally().forgive();
    }
}
