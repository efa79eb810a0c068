package io.nas4j.proxy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nas4j.data.Data;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Program;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.Devices;
import io.nas4j.train.Loss;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A search's use of one proxy. */
final class ProxySession implements PerformanceEstimator.Session {

    /** What no network of a space has, shows in some of them. */
    private static final int SAMPLES = 20;

    private final ZeroCost estimator;
    private final Proxy proxy;
    private final Data data;
    private final InputShape shape;
    private final int[] examples;
    private final String device;
    private NDManager manager;
    private Minibatch minibatch;

    ProxySession(ZeroCost estimator, Task task) {
        this.estimator = estimator;
        this.proxy = estimator.proxy();
        this.data = task.data();
        this.shape = new InputShape(data.channels(), data.height(), data.width());
        requireSuits(task.space());
        examples =
                proxy.readsData()
                        ? Minibatch.choose(data, estimator.batch(), task.seeds())
                        : new int[0];
        device = estimator.device().equals(Devices.AUTO) ? task.device() : estimator.device();
    }

    private void requireSuits(SearchSpace space) {
        Program program = null;
        for (int i = 0; i < SAMPLES; i++) {
            program = program(space.network(space.sample(new SplittableRandom(i))));
            if (proxy.suits(program)) {
                return;
            }
        }
        proxy.requireSuits(program, "space \"" + space.name() + "\"");
    }

    private Program program(SearchSpace network) {
        return Networks.lower(network, shape, data.outputs(), 1);
    }

    @Override
    public Estimate estimate(Candidate candidate, TrialContext context)
            throws InterruptedException {
        long start = System.nanoTime();
        Program program = program(candidate.network());
        proxy.requireSuits(program, "this network");
        Counts counts = Counts.of(program);
        double score = proxy.isCount() ? count(counts) : score(program, context);
        Duration compute = Duration.ofNanos(System.nanoTime() - start);
        return new Estimate(
                score,
                Map.of(),
                List.of(),
                new Cost(compute, counts.parameters(), counts.multiplyAdds()));
    }

    private double count(Counts counts) {
        return proxy == Proxy.PARAMETERS ? counts.parameters() : counts.multiplyAdds();
    }

    /** NaN where the search has told it to stop. */
    private double score(Program program, TrialContext context) throws InterruptedException {
        Seeds seeds = new Seeds(context.seed());
        double sum = 0;
        try (TrainingLock turn = TrainingLock.take(context.seed())) {
            open();
            for (int init = 0; init < estimator.inits(); init++) {
                if (!context.proceed()) {
                    return Double.NaN;
                }
                try (NDManager own = manager.newSubManager();
                        NDScope scope = new NDScope()) {
                    scope.suppressNotUsedWarning();
                    sum +=
                            proxy.of(
                                    new InitialNetwork(
                                            program,
                                            InitialNetwork.draw(
                                                    program, seeds.random(init, "weights")),
                                            minibatch == null ? null : minibatch.inputs(),
                                            minibatch == null ? null : minibatch.labels(),
                                            Loss.of(data, 0),
                                            estimator.batch(),
                                            seeds.seed(init, "proxy"),
                                            turn,
                                            own));
                }
            }
        }
        return sum / estimator.inits();
    }

    private void open() {
        if (manager == null) {
            manager = NDManager.newBaseManager(Devices.of(device));
        }
        if (minibatch == null && proxy.readsData()) {
            minibatch = Minibatch.of(data, examples, manager);
        }
    }

    @Override
    public void close() {
        if (manager != null) {
            manager.close();
        }
    }
}
