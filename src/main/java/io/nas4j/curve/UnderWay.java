package io.nas4j.curve;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A training under way, as a {@link StoppingRule} sees it.
 *
 * @param fidelity what the trial is to do in all
 * @param curve its scores so far, by epoch, those of a trial that it continues included; at least
 *     one
 * @param seed the trial's: where a rule's randomness comes from
 * @param history the trials that the strategy had heard of when it proposed this one
 */
public record UnderWay(Fidelity fidelity, List<Point> curve, long seed, History history) {

    public UnderWay {
        curve = List.copyOf(curve);
        require(!curve.isEmpty(), "a training under way must have a score, but has none.");
    }

    /**
     * The epoch that has just ended.
     *
     * @return from 1
     */
    public int epoch() {
        return curve.get(curve.size() - 1).step();
    }

    /**
     * The highest score so far.
     *
     * @return by whichever epoch
     */
    public double best() {
        return curve.stream().mapToDouble(Point::score).max().orElseThrow();
    }

    /**
     * The score to beat: the best of the search, by the search's own measure.
     *
     * @return empty before the first whole trial
     */
    public OptionalDouble toBeat() {
        return history.best().map(Trial::score).orElse(OptionalDouble.empty());
    }

    /**
     * The curves of ended trials that were trained as this one is, on the same schedule, and came
     * at least as far: completed ones, and those that a rule stopped later.
     *
     * @return oldest first; repeats are left out
     */
    public List<List<Point>> peers() {
        List<List<Point>> curves = new ArrayList<>();
        for (Trial trial : history.trials()) {
            Fidelity other = trial.fidelity();
            if (trial.reused() || !sameTraining(other)) {
                continue;
            }
            List<Point> its = List.of();
            if (trial.outcome() instanceof Outcome.Completed completed) {
                its = completed.estimate().curve();
            } else if (trial.outcome() instanceof Outcome.Stopped stopped && stopped.isEarly()) {
                its = stopped.curve();
            }
            if (!its.isEmpty() && its.get(its.size() - 1).step() >= epoch()) {
                curves.add(its);
            }
        }
        return curves;
    }

    private boolean sameTraining(Fidelity other) {
        return other.horizon() == fidelity.horizon()
                && other.data() == fidelity.data()
                && other.width() == fidelity.width()
                && other.resolution() == fidelity.resolution();
    }
}
