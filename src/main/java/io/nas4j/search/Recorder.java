package io.nas4j.search;

import io.nas4j.journal.Journal;
import io.nas4j.json.JournalJson.Begun;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;

/**
 * What of a run enters its journal: each trial as soon as it has ended, however many earlier ones
 * are still under way, so that a search that is killed loses none.
 *
 * <p>An interrupted trial is in the history but not in the journal: a resumed search runs it again,
 * and so makes the same trials as one that was never interrupted. What was proposed in the
 * knowledge of it is not recorded either.
 */
final class Recorder {

    private final Journal journal;

    /** Whether others may end before a trial that begins. */
    private final boolean several;

    /** The first trial that is not recorded. */
    private int missing = Integer.MAX_VALUE;

    Recorder(Journal journal, boolean several) {
        this.journal = journal;
        this.several = several;
    }

    void begin(RunningTrial.Facts facts, Proposal.Evaluate proposal) throws IOException {
        if (several && isComplete(facts.seen())) {
            journal.begin(new Begun(facts.number(), facts.seen(), proposal));
        }
    }

    void end(Entry entry) throws IOException {
        if (!isWhole(entry.trial())) {
            missing = Math.min(missing, entry.number());
        } else if (isComplete(entry.seen())) {
            journal.append(entry);
        }
    }

    /** Keeps the weights of a strategy whose own training is about to end as a trial. */
    void save(Trial trial, int seen, SearchStrategy.Session strategy) throws IOException {
        if (isWhole(trial) && isComplete(seen)) {
            journal.save(trial.number() + 1, strategy);
        }
    }

    /** Whether so many of the first trials are recorded. */
    boolean isComplete(int trials) {
        return trials <= missing;
    }

    private static boolean isWhole(Trial trial) {
        return !(trial.outcome() instanceof Outcome.Stopped stopped)
                || stopped.isEarly()
                || stopped.reason().equals(StopCheck.OVER_BUDGET);
    }
}
