package io.nas4j.search;

import io.nas4j.curve.StoppingRule;
import io.nas4j.curve.UnderWay;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Asks the search's rule about one trial; used by the thread that trains it. */
final class EarlyStop {

    /** For what has no curve of its own. */
    static final EarlyStop NEVER =
            new EarlyStop(
                    StoppingRule.NONE, History.empty(""), Fidelity.NONE, 0, OptionalInt.empty());

    private final StoppingRule rule;
    private final History history;
    private final Fidelity fidelity;
    private final long seed;
    private final TreeMap<Integer, Double> scores = new TreeMap<>();

    /** Epochs of the trial that is continued: judged once, whether or not they are done again. */
    private final int judged;

    private volatile boolean stopped;

    EarlyStop(
            StoppingRule rule,
            History history,
            Fidelity fidelity,
            long seed,
            OptionalInt continues) {
        this.rule = rule;
        this.history = history;
        this.fidelity = fidelity;
        this.seed = seed;
        if (rule != StoppingRule.NONE) {
            recall(continues);
        }
        judged = scores.isEmpty() ? 0 : scores.lastKey();
    }

    private void recall(OptionalInt continues) {
        OptionalInt number = continues;
        while (number.isPresent()) {
            Trial trial = history.trials().get(number.getAsInt());
            if (trial.outcome() instanceof Outcome.Completed completed) {
                for (Point point : completed.estimate().curve()) {
                    scores.putIfAbsent(point.step(), point.score());
                }
            }
            number = trial.continues();
        }
    }

    /** Why to stop after an epoch; empty: go on. */
    String report(int epoch, double score) {
        scores.put(epoch, score);
        if (rule == StoppingRule.NONE || epoch <= judged || epoch >= fidelity.epochs()) {
            return "";
        }
        List<Point> curve = new ArrayList<>();
        scores.headMap(epoch, true).forEach((step, its) -> curve.add(new Point(step, its)));
        Optional<String> why = rule.stop(new UnderWay(fidelity, curve, seed, history));
        stopped = why.isPresent();
        return why.map(Outcome.Stopped::early).orElse("");
    }

    boolean isStopped() {
        return stopped;
    }
}
