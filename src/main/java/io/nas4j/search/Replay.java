package io.nas4j.search;

import io.nas4j.journal.CheckpointStore;
import io.nas4j.journal.Journal;
import io.nas4j.json.JournalJson.Begun;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.json.JournalJson.Line;
import io.nas4j.strategy.SearchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Brings everything to where it was when the journal's search was killed. */
final class Replay {

    private final Journal journal;
    private final CheckpointStore checkpoints;
    private final AskedStrategy strategy;
    private final TrialLog log;
    private final PendingTrials pending;
    private final Stopwatch watch;
    private final int slots;

    Replay(
            Journal journal,
            CheckpointStore checkpoints,
            AskedStrategy strategy,
            TrialLog log,
            PendingTrials pending,
            Stopwatch watch,
            int slots) {
        this.journal = journal;
        this.checkpoints = checkpoints;
        this.strategy = strategy;
        this.log = log;
        this.pending = pending;
        this.watch = watch;
        this.slots = slots;
    }

    /**
     * With several slots a strategy remembers what it proposed and has not heard of yet, so there
     * it is asked again for all that it was asked for. What was under way runs as it was proposed.
     *
     * @param start makes a trial of a proposal
     * @return the trials that were under way and have to run again
     */
    List<RunningTrial> run(Function<Begun, RunningTrial> start) throws IOException {
        List<Line> trials = journal.replay(strategy.session());
        checkpoints.open(ended(trials));
        boolean several =
                slots > 1
                        || trials.stream()
                                .anyMatch(
                                        trial ->
                                                trial instanceof Begun
                                                        || trial.seen() < trial.number());
        boolean asks = several && !(strategy.session() instanceof SearchStrategy.Checkpointed);
        List<RunningTrial> again = new ArrayList<>();
        for (Line trial : trials) {
            while (log.view().size() < trial.seen()) {
                strategy.tell();
            }
            if (asks) {
                var unused = strategy.ask();
            }
            if (trial instanceof Entry entry) {
                take(entry);
            } else {
                RunningTrial running = start.apply((Begun) trial);
                again.add(running);
                log.proposed(!(running instanceof RunningTrial.Estimation));
            }
        }
        // one that trains by itself has heard of all before it trains on
        boolean trains = trials.stream().anyMatch(Replay::isTraining);
        while ((!several || trains) && log.isAhead()) {
            strategy.tell();
        }
        log.tally().forgive();
        return again;
    }

    private static boolean isTraining(Line trial) {
        return trial instanceof Entry entry && entry.advance();
    }

    private void take(Entry entry) {
        if (entry.number() == log.history().size()) {
            log.add(entry);
        } else {
            // behind one that has to run again it waits as if it had just ended
            log.expect(entry.trial());
            pending.ended(entry);
        }
        watch.goOnFrom(entry.elapsed());
        log.proposed(entry.trial().reused());
    }

    private static Set<Integer> ended(List<Line> trials) {
        Set<Integer> ended = new HashSet<>();
        for (Line trial : trials) {
            if (trial instanceof Entry) {
                ended.add(trial.number());
            }
        }
        return ended;
    }
}
