package io.nas4j;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.ScoreTable;
import io.nas4j.estimate.Tabular;
import io.nas4j.journal.JournalContent;
import io.nas4j.operation.Operation;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** What judges estimators, and which networks it can judge. */
final class TrustReference {

    /** How many draws in a row may be nothing new before the space counts as exhausted. */
    private static final int PATIENCE = 1000;

    private TrustReference() {}

    /** The trials of an earlier search as a judge of its own networks. */
    static PerformanceEstimator of(SearchSpace space, History trials, String source) {
        History known = History.empty(trials.measure());
        for (Trial trial : trials.comparable()) {
            if (belongs(space, trial.architecture())) {
                known = known.plus(numbered(trial, known.size()));
            }
        }
        require(
                !known.isEmpty(),
                "a reference must share an architecture with space \"%s\", but of the %d scored"
                        + " trials of %s none does. Try the space of that search.",
                space.name(),
                trials.scored().size(),
                source);
        return Tabular.replay(known);
    }

    static PerformanceEstimator of(SearchSpace space, Path journal) {
        try {
            JournalContent content =
                    JournalContent.read(journal, space.ownOperations().toArray(Operation[]::new));
            return of(space, content.history(), "journal " + journal);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "journal "
                            + journal
                            + " must be a file that can be read: "
                            + Outcome.Failed.reason(e)
                            + ". Try another file.",
                    e);
        }
    }

    private static boolean belongs(SearchSpace space, Architecture architecture) {
        try {
            space.check(architecture);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Trial numbered(Trial trial, int number) {
        return new Trial(
                number,
                trial.architecture(),
                trial.measure(),
                trial.fidelity(),
                trial.seed(),
                java.util.OptionalInt.empty(),
                trial.outcome());
    }

    /** Different networks, drawn uniformly from the space, or from those that a table holds. */
    static List<Architecture> draw(
            SearchSpace space, PerformanceEstimator reference, int count, Seeds seeds) {
        if (reference instanceof Tabular table && table.isPartial()) {
            return draw(space, table.table(), count, seeds);
        }
        List<Architecture> drawn = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        int inVain = 0;
        for (int i = 0; drawn.size() < count && inVain < PATIENCE; i++) {
            Architecture next = space.sample(seeds.random(i, "trust"));
            boolean fresh = seen.add(space.fingerprint(next));
            inVain = fresh ? 0 : inVain + 1;
            if (fresh) {
                drawn.add(next);
            }
        }
        return drawn;
    }

    private static List<Architecture> draw(
            SearchSpace space, ScoreTable table, int count, Seeds seeds) {
        int last = table.rungs().get(table.rungs().size() - 1);
        List<Architecture> all =
                new ArrayList<>(
                        table.architectures()
                                .filter(a -> belongs(space, a))
                                .filter(a -> table.find(a, last, OptionalLong.empty()).isPresent())
                                .toList());
        var random = seeds.random(0, "trust");
        List<Architecture> drawn = new ArrayList<>();
        while (drawn.size() < count && !all.isEmpty()) {
            drawn.add(all.remove(random.nextInt(all.size())));
        }
        return drawn;
    }
}
