package io.nas4j.proxy;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.train.Devices;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Task;
import java.util.Set;

/**
 * A zero-cost proxy as an estimator: one minibatch through a network that has not learned anything,
 * some milliseconds a candidate. Its scores are in units of its own; only their order says
 * something, and how much it says depends on the space. Each estimate also has parameters and
 * multiply-adds, since counting them costs nothing and often ranks as well.
 *
 * <p>All candidates see the same examples, which the search's seed draws from the training split,
 * no two alike; initial weights come from the trial's seed.
 *
 * @param proxy what is computed
 * @param batch how many examples, at least 2
 * @param inits over how many initialisations the score is averaged, at least 1
 * @param device {@code auto} (the search's), {@code cpu}, {@code gpu} or {@code gpu:3}
 * @see <a href="https://arxiv.org/abs/2101.08134">Abdelfattah et al., 2021</a>
 */
public record ZeroCost(Proxy proxy, int batch, int inits, String device)
        implements PerformanceEstimator {

    private static final int BATCH = 32;

    public ZeroCost {
        require(batch >= 2, "batch must be at least 2 examples, but was %d. Try 32.", batch);
        require(inits >= 1, "inits must be at least 1, but were %d.", inits);
    }

    /**
     * 32 examples, one initialisation.
     *
     * @param proxy what is computed
     * @return on the GPU when DJL sees one
     */
    public static ZeroCost of(Proxy proxy) {
        return new ZeroCost(proxy, BATCH, 1, Devices.AUTO);
    }

    /**
     * Sets {@link #batch}.
     *
     * @param examples at least 2; default 32
     * @return a copy
     */
    public ZeroCost batch(int examples) {
        return new ZeroCost(proxy, examples, inits, device);
    }

    /**
     * Sets {@link #inits}.
     *
     * @param times at least 1; default 1
     * @return a copy
     */
    public ZeroCost inits(int times) {
        return new ZeroCost(proxy, batch, times, device);
    }

    /**
     * Sets {@link #device}.
     *
     * @param name {@code auto}, the default, {@code cpu}, {@code gpu} or {@code gpu:3}
     * @return a copy
     */
    public ZeroCost device(String name) {
        return new ZeroCost(proxy, batch, inits, name);
    }

    @Override
    public Session open(Task task) {
        return new ProxySession(this, task);
    }

    @Override
    public Set<String> reported() {
        return Set.of(Metrics.SCORE, Metrics.PARAMETERS, Metrics.MULTIPLY_ADDS, Metrics.COMPUTE);
    }

    /** For example {@code naswot(batch=64)}; defaults are left out. */
    @Override
    public String measure() {
        StringBuilder settings = new StringBuilder();
        if (batch != BATCH) {
            settings.append("batch=").append(batch);
        }
        if (inits != 1) {
            settings.append(settings.isEmpty() ? "" : ", ").append("inits=").append(inits);
        }
        return proxy.metric() + (settings.isEmpty() ? "" : "(" + settings + ")");
    }

    @Override
    public String toString() {
        return measure();
    }
}
