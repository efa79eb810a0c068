package io.nas4j;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.notebook.LiveDryRun;
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
import java.util.function.IntConsumer;

/** A few steps of a search's parts, and the estimate that follows of what the whole takes. */
final class SearchDryRun {

    private static final int CANDIDATES = 3;
    private static final int MOST_TRIALS = 1 << 20;

    private final SearchSpec search;
    private final Task task;
    private final Told told;

    private SearchDryRun(SearchSpec search, Told told) {
        this.search = search;
        this.task = search.task();
        this.told = told;
    }

    /** Hears how far it is. */
    @FunctionalInterface
    interface Told {
        /** How many measurements of how many are done, and what the next ones are. */
        void on(int done, int of, String next);
    }

    /** Measures, and tells nobody. */
    static ResourceEstimate of(SearchSpec search) throws InterruptedException {
        return new SearchDryRun(search, (done, of, next) -> {}).run();
    }

    /** Measures, and shows how far it is. */
    static ResourceEstimate shown(SearchSpec search, LiveDryRun view) throws InterruptedException {
        try {
            return new SearchDryRun(search, view::on).run();
        } finally {
            view.withdraw();
        }
    }

    private ResourceEstimate run() throws InterruptedException {
        boolean trains = search.strategy().slices().isPresent();
        int before = trains ? 1 : 0;
        String measured = CANDIDATES + " random candidates by " + search.estimator().measure();
        told.on(
                0,
                before + CANDIDATES,
                trains
                        ? "a few steps of " + search.strategy().name() + ", then " + measured
                        : measured);
        Optional<ResourceEstimate> own =
                search.strategy().dryRun(task, search.estimator().fidelity());
        told.on(before, before + CANDIDATES, measured);
        ResourceEstimate one =
                estimate(done -> told.on(before + done, before + CANDIDATES, measured));
        int count = trains ? search.strategy().answers() : trials(search.budget(), one.duration());
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
    private ResourceEstimate estimate(IntConsumer measured) throws InterruptedException {
        Duration sum = Duration.ZERO;
        OptionalLong peak = OptionalLong.empty();
        Optional<Memory> memory = memory();
        Task one = task.device(task.device()); // a trial has one device
        try (PerformanceEstimator.Session session = search.estimator().open(one)) {
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
                measured.accept(i + 1);
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
