package io.nas4j;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Agreement;
import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.SearchListener;
import io.nas4j.search.SearchSpec;
import io.nas4j.trial.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far estimators can be trusted: each scores the same random networks, and a reference that
 * costs more judges how well it ranks them. An immutable fluent value, as a {@link Search} is.
 *
 * <pre>{@code
 * TrustReport report =
 *         Nas.space(nasBench201()).trust(lowFidelity(1), tabular(CIFAR10)).and(lowFidelity(3)).run();
 * }</pre>
 *
 * <p>Parameters and multiply-adds, which cost nothing, are always among them: an estimator that
 * ranks no better than they do is not worth its cost.
 */
public final class TrustMeter {

    private static final int DEFAULT_NETWORKS = 30;
    private static final int DEFAULT_TOP = 5;

    private final SearchSpec spec;
    private final boolean live;
    private final PerformanceEstimator reference;
    private final List<PerformanceEstimator> estimators;
    private final int networks;
    private final int top;
    private final AtomicReference<TrustReport> latest = new AtomicReference<>();

    private TrustMeter(
            SearchSpec spec,
            boolean live,
            PerformanceEstimator reference,
            List<PerformanceEstimator> estimators,
            int networks,
            int top) {
        this.spec = spec;
        this.live = live;
        this.reference = reference;
        this.estimators = List.copyOf(estimators);
        this.networks = networks;
        this.top = top;
        require(
                networks >= Agreement.LEAST,
                "architectures must be at least %d, since fewer have no ranking, but were %d. Try"
                        + " architectures(30).",
                Agreement.LEAST,
                networks);
        require(top >= 1, "top must be at least 1, but is %d. Try top(5).", top);
        require(
                top < networks,
                "top (%d) must be smaller than architectures (%d): all are among the best then."
                        + " Try top(%d).",
                top,
                networks,
                Math.max(1, networks / 6));
    }

    static TrustMeter of(
            SearchSpec spec,
            boolean live,
            PerformanceEstimator estimator,
            PerformanceEstimator reference) {
        return new TrustMeter(
                spec, live, reference, List.of(estimator), DEFAULT_NETWORKS, DEFAULT_TOP);
    }

    private TrustMeter with(SearchSpec other) {
        return new TrustMeter(other, live, reference, estimators, networks, top);
    }

    /**
     * One more estimator, on the same networks.
     *
     * @param estimator one of this library, or your own
     * @return a copy
     */
    public TrustMeter and(PerformanceEstimator estimator) {
        List<PerformanceEstimator> more = new ArrayList<>(estimators);
        more.add(estimator);
        return new TrustMeter(spec, live, reference, more, networks, top);
    }

    /**
     * How many random networks are scored. A journal or a partial table gives its own, at most so
     * many.
     *
     * @param count at least 3; default 30, which tells tau to within some 0.2
     * @return a copy
     */
    public TrustMeter architectures(int count) {
        return new TrustMeter(spec, live, reference, estimators, count, Math.min(top, fit(count)));
    }

    private static int fit(int count) {
        return Math.max(1, count - 1);
    }

    /**
     * How many count as the best in precision.
     *
     * @param best at least 1, fewer than the architectures; default 5
     * @return a copy
     */
    public TrustMeter top(int best) {
        return new TrustMeter(spec, live, reference, estimators, networks, best);
    }

    /**
     * Where all randomness comes from: the networks, the trainings, the intervals' draws.
     *
     * @param seed any number; unless said, the search's
     * @return a copy
     */
    public TrustMeter seed(long seed) {
        return with(spec.task(spec.task().seeds(new Seeds(seed))));
    }

    /**
     * What networks learn; unless said, the search's.
     *
     * @param data images or rows
     * @return a copy
     */
    public TrustMeter data(Data data) {
        return with(spec.task(spec.task().data(data)));
    }

    /**
     * Adds a listener.
     *
     * @param listener hears every event of every estimator
     * @return a copy
     */
    public TrustMeter listener(SearchListener listener) {
        return with(spec.listener(listener));
    }

    /**
     * Runs without the live view.
     *
     * @return a copy
     */
    public TrustMeter quiet() {
        return new TrustMeter(spec, false, reference, estimators, networks, top);
    }

    /**
     * The report of this meter's latest run, also after it was interrupted: it then rests on what
     * was scored until then.
     *
     * @return empty before the first run has ended
     */
    public Optional<TrustReport> report() {
        return Optional.ofNullable(latest.get());
    }

    /**
     * Lets every estimator score the networks, and the reference: first where it is a table, last
     * where it trains. Blocks until the end; interrupting ends it at the next batch. An estimate
     * that fails is left out, and told.
     *
     * @return what was found
     * @throws IllegalArgumentException before anything trains, when the parts do not fit each other
     */
    public TrustReport run() {
        TrustReport report = new TrustRun(spec, live, reference, estimators, networks, top).run();
        latest.set(report);
        return report;
    }

    @Override
    public String toString() {
        return spec.task().space()
                + "\ntrust in "
                + estimators
                + "\njudged by "
                + reference
                + " on "
                + networks
                + " networks, seed "
                + spec.task().seeds().master();
    }
}
