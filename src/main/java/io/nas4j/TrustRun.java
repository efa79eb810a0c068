package io.nas4j;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Agreement;
import io.nas4j.analysis.Trust;
import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.Tabular;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.notebook.LiveTrust;
import io.nas4j.notebook.Notebooks;
import io.nas4j.notebook.ResidentMemory;
import io.nas4j.search.Budget;
import io.nas4j.search.EndReason;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchListener;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** The mutable side of a {@link TrustMeter}: one search of the same networks an estimator. */
final class TrustRun {

    private static final Set<String> FREE = Set.of(Metrics.PARAMETERS, Metrics.MULTIPLY_ADDS);

    private final SearchSpec spec;
    private final Task task;
    private final boolean live;
    private final PerformanceEstimator reference;
    private final List<PerformanceEstimator> estimators;
    private final int networks;
    private final int top;
    private final Map<PerformanceEstimator, Trust.Scores> scores = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    TrustRun(
            SearchSpec spec,
            boolean live,
            PerformanceEstimator reference,
            List<PerformanceEstimator> estimators,
            int networks,
            int top) {
        this.spec = spec;
        // what a search wants of its answer is nothing to a ranking by scores
        this.task = spec.task().objectives(List.of());
        this.live = live;
        this.reference = reference;
        this.estimators = new ArrayList<>(free(estimators));
        this.estimators.addAll(estimators);
        this.networks = networks;
        this.top = top;
    }

    TrustReport run() {
        LiveTrust view =
                new LiveTrust(
                        Notebooks.sink(),
                        spec.clock(),
                        ResidentMemory::now,
                        networks,
                        estimators.size() + 1);
        List<Architecture> drawn;
        try {
            if (live) {
                view.prepare("estimators are opened, and networks drawn");
            }
            reference.open(task).close();
            for (PerformanceEstimator estimator : estimators) {
                estimator.open(task).close();
            }
            drawn = draw();
        } catch (RuntimeException | Error e) {
            view.withdraw();
            throw e;
        }
        view.networks(drawn.size());
        List<PerformanceEstimator> order = new ArrayList<>(estimators);
        order.add(reference instanceof Tabular ? 0 : order.size(), reference);
        String end = "done";
        for (PerformanceEstimator estimator : order) {
            if (score(estimator, drawn, view).equals(Optional.of(EndReason.INTERRUPTED))) {
                end = "interrupted";
                warnings.add("it was interrupted while " + estimator.measure() + " scored");
                break;
            }
        }
        if (live) {
            view.end(end);
        }
        return report();
    }

    private List<Architecture> draw() {
        List<Architecture> drawn =
                TrustReference.draw(task.space(), reference, networks, task.seeds());
        require(
                drawn.size() >= Agreement.LEAST,
                "a ranking needs at least %d different networks, but there are %d to be judged by"
                        + " %s. Try another reference or a larger space.",
                Agreement.LEAST,
                drawn.size(),
                reference.measure());
        if (drawn.size() < networks) {
            warnings.add(
                    "there are only " + drawn.size() + " networks to be judged, not " + networks);
        }
        return drawn;
    }

    /** Empty where the estimator could not run at all, which costs the others nothing. */
    private Optional<EndReason> score(
            PerformanceEstimator estimator, List<Architecture> drawn, LiveTrust view) {
        SetUp setUp = new SetUp(spec.clock().getAsLong());
        SearchSpec search =
                SearchSpec.of(
                                task,
                                new ListedNetworks(drawn),
                                estimator,
                                Budget.trials(drawn.size()))
                        .executor(spec.executor())
                        .clock(spec.clock())
                        .patience(drawn.size() + 1)
                        .listener(setUp);
        for (SearchListener listener : spec.listeners()) {
            search = search.listener(listener);
        }
        SearchLoop loop = new SearchLoop(live ? search.listener(view) : search);
        Optional<RunResult> result = Optional.empty();
        try {
            result = Optional.of(loop.run());
        } catch (RuntimeException e) {
            warnings.add(estimator.measure() + " ended early: " + Outcome.Failed.reason(e));
        }
        result.filter(end -> end.end() == EndReason.FAILURES)
                .ifPresent(end -> warnings.add(estimator.measure() + ": " + end.reason()));
        scores.put(
                estimator,
                new Trust.Scores(
                        estimator.measure(),
                        FREE.contains(estimator.measure()),
                        setUp.spent,
                        loop.history()));
        return result.map(RunResult::end);
    }

    private TrustReport report() {
        Trust.Scores judge = scores.getOrDefault(reference, nothing(reference));
        List<Trust.Scores> judged = new ArrayList<>();
        Map<String, History> histories = new LinkedHashMap<>();
        for (PerformanceEstimator estimator : estimators) {
            if (scores.containsKey(estimator)) {
                judged.add(scores.get(estimator));
                histories.put(estimator.measure(), scores.get(estimator).history());
            }
        }
        histories.put(judge.name(), judge.history());
        return new TrustReport(
                Trust.of(judged, judge, top, task.seeds()),
                judge.name(),
                judge.cost(),
                histories,
                warnings);
    }

    private static Trust.Scores nothing(PerformanceEstimator estimator) {
        String measure = estimator.measure();
        return new Trust.Scores(measure, false, Duration.ZERO, History.empty(measure));
    }

    /** Between the opening of a search and its start lies what the estimator prepares. */
    private final class SetUp implements SearchListener {
        private final long begun;
        private Duration spent = Duration.ZERO;

        SetUp(long begun) {
            this.begun = begun;
        }

        @Override
        public void on(SearchEvent event) {
            if (event instanceof SearchEvent.Started) {
                spent = Duration.ofNanos(spec.clock().getAsLong() - begun);
            }
        }
    }

    private List<PerformanceEstimator> free(List<PerformanceEstimator> given) {
        List<PerformanceEstimator> free = new ArrayList<>();
        Set<String> there =
                Set.copyOf(given.stream().map(PerformanceEstimator::measure).distinct().toList());
        if (!there.contains(Metrics.PARAMETERS)) {
            free.add(counted(Metrics.PARAMETERS, Counts::parameters));
        }
        if (!there.contains(Metrics.MULTIPLY_ADDS)) {
            free.add(counted(Metrics.MULTIPLY_ADDS, Counts::multiplyAdds));
        }
        return free;
    }

    private PerformanceEstimator counted(String name, ToLongFunction<Counts> count) {
        Data data = task.data();
        InputShape input = new InputShape(data.channels(), data.height(), data.width());
        return PerformanceEstimator.of(
                name,
                candidate ->
                        count.applyAsLong(
                                Counts.of(candidate.network(), input, data.outputs(), 1)));
    }
}
