package io.nas4j.execute;

import io.nas4j.estimate.Candidate;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A trial that is with a worker or waits for one; it outlives a worker that is lost. */
final class WorkerTrial {

    private final Candidate candidate;
    private final TrialContext context;
    private final long begun;
    private final List<Point> curve = new ArrayList<>();
    private int losses;

    WorkerTrial(Candidate candidate, TrialContext context, long now) {
        this.candidate = candidate;
        this.context = context;
        this.begun = now;
    }

    Candidate candidate() {
        return candidate;
    }

    TrialContext context() {
        return context;
    }

    /** Whether to go on; what was reported before its worker was lost is not reported again. */
    synchronized boolean report(int step, double score) {
        if (!curve.isEmpty() && step <= curve.get(curve.size() - 1).step()) {
            return context.proceed();
        }
        curve.add(new Point(step, score));
        return context.report(step, score);
    }

    /** How many workers were lost with it, this one included. */
    int lost() {
        return ++losses;
    }

    synchronized Outcome stopped(long now) {
        return new Outcome.Stopped("stopped", curve, cost(now));
    }

    Outcome failed(String reason, String detail, long now) {
        return new Outcome.Failed(reason, detail, cost(now));
    }

    private Cost cost(long now) {
        return Cost.of(Duration.ofNanos(Math.max(0, now - begun)));
    }
}
