package io.nas4j;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.search.BudgetUsage;
import io.nas4j.search.SearchSpec;
import io.nas4j.train.Devices;
import io.nas4j.train.Memory;
import io.nas4j.train.TrainingEstimator;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A few steps of a search's parts, and the estimate that follows of what the whole takes. */
final class SearchDryRun {

    private static final int CANDIDATES = 3;
    private static final int MOST_TRIALS = 1 << 20;

    private final SearchSpec search;
    private final Task task;

    private SearchDryRun(SearchSpec search) {
        this.search = search;
        this.task = search.task();
    }

    static ResourceEstimate of(SearchSpec search) throws InterruptedException {
        return new SearchDryRun(search).run();
    }

    private ResourceEstimate run() throws InterruptedException {
        Optional<ResourceEstimate> own =
                search.strategy().dryRun(task, search.estimator().fidelity());
        ResourceEstimate one = estimate();
        boolean concludes = search.strategy().slices().isPresent();
        int count =
                concludes ? search.strategy().answers() : trials(search.budget(), one.duration());
        count += search.confirmation().map(again -> again.top() * again.seeds()).orElse(0);
        String measure = search.estimator().measure();
        ResourceEstimate estimates =
                one.times(
                        count,
                        (count == 1 ? "1 estimate" : count + " estimates") + " by " + measure);
        return own.map(training -> training.then(estimates)).orElse(estimates);
    }

    /** The fewest trials that spend the budget; without improvement, where it waits for one. */
    private static int trials(Budget budget, Duration each) {
        int count = 1;
        while (count < MOST_TRIALS
                && !budget.isSpent(
                        new BudgetUsage(
                                count,
                                each.multipliedBy(count),
                                each.multipliedBy(count),
                                count))) {
            count += Math.max(1, count / 100);
        }
        return count;
    }

    /** The mean of a few random candidates. */
    private ResourceEstimate estimate() throws InterruptedException {
        Duration sum = Duration.ZERO;
        OptionalLong peak = OptionalLong.empty();
        Optional<Memory> memory = memory();
        try (PerformanceEstimator.Session session = search.estimator().open(task)) {
            for (int i = 0; i < CANDIDATES; i++) {
                TrialDryRun trial = new TrialDryRun(task.seeds().seed(i, "dry run"));
                Candidate candidate =
                        new Candidate(
                                i,
                                task.space(),
                                task.space().sample(task.seeds().random(i, "dry run")),
                                search.estimator().fidelity(),
                                OptionalInt.empty());
                Memory.Watch watch = memory.map(Memory::watch).orElse(Memory.Watch.NONE);
                try (watch) {
                    sum = sum.plus(trial.run(session, candidate));
                }
                peak = watch.peak().orElse(0) > peak.orElse(0) ? watch.peak() : peak;
            }
        }
        long limit = memory.map(Memory::limit).orElse(0L);
        return new ResourceEstimate(peak, limit, sum.dividedBy(CANDIDATES), List.of());
    }

    /** Only where networks are trained: a look-up needs no device, and loads no library. */
    private Optional<Memory> memory() {
        return search.estimator() instanceof TrainingEstimator
                ? Optional.of(new Memory(Devices.of(task.device())))
                : Optional.empty();
    }
}
