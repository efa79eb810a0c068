package io.nas4j.bench;

import com.sun.management.OperatingSystemMXBean;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.NasBench201;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.proxy.Proxy;
import io.nas4j.proxy.ZeroCost;
import io.nas4j.search.Attempt;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Every zero-cost proxy on random cells of NAS-Bench-201, for {@code ProxyReport} to rank against
 * the table. The images are the embedded ones (Fashion-MNIST's test file, 28 pixels), not CIFAR-10.
 *
 * <p>Arguments: the CSV to write, how many cells (more than 20), channels, cells a stage, examples
 * a batch, then names of proxies; none means all. Rows are appended: proxy, cell, score,
 * milliseconds, parameters, multiply-adds.
 *
 * <pre>{@code
 * java -cp .. io.nas4j.bench.ProxyBenchmark src/bench/results/proxies-16-5.csv 300 16 5 32
 * }</pre>
 */
public final class ProxyBenchmark {

    /** While the virtual machine compiles; not in the processor time. */
    private static final int WARM_UP = 20;

    private ProxyBenchmark() {}

    /** Different cells, drawn uniformly. */
    static List<Architecture> cells(SearchSpace space, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Architecture> drawn = new LinkedHashSet<>();
        while (drawn.size() < count) {
            drawn.add(space.sample(random));
        }
        return new ArrayList<>(drawn);
    }

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        SearchSpace space =
                Spaces.nasBench201(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        Data data = Readers.fashionMnistSample();
        Task task = new Task(space, data, new Seeds(0), "cpu");
        List<Architecture> cells = cells(space, Integer.parseInt(args[1]), 0);
        for (Proxy proxy : Proxy.values()) {
            if (args.length > 5 && !List.of(args).contains(proxy.metric())) {
                continue;
            }
            List<String> rows = new ArrayList<>();
            long spent = 0;
            long processor = 0;
            ZeroCost estimator = ZeroCost.of(proxy).batch(Integer.parseInt(args[4]));
            try (PerformanceEstimator.Session session = estimator.open(task)) {
                estimate(session, space, cells.get(0), 0); // the library loads, the data are read
                for (int i = 0; i < cells.size(); i++) {
                    if (i == WARM_UP) {
                        processor = processor();
                    }
                    long start = System.nanoTime();
                    Outcome outcome = estimate(session, space, cells.get(i), i);
                    long took = System.nanoTime() - start;
                    spent += took;
                    double score =
                            outcome instanceof Outcome.Completed completed
                                    ? completed.estimate().score()
                                    : Double.NaN;
                    long parameters =
                            outcome instanceof Outcome.Completed completed
                                    ? completed.estimate().cost().parameters()
                                    : 0;
                    double accuracy =
                            NasBench201.CIFAR10
                                    .find(cells.get(i), 200, java.util.OptionalLong.empty())
                                    .orElseThrow()
                                    .score();
                    rows.add(
                            String.format(
                                    Locale.ROOT,
                                    "%s,%d,%s,%.12g,%.3f,%d,%.5f",
                                    proxy.metric(),
                                    i,
                                    cells.get(i).choices().toString().replaceAll("[\\[\\], ]", ""),
                                    score,
                                    took / 1e6,
                                    parameters,
                                    accuracy));
                }
            }
            Files.write(file, rows, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.1f cells/s, %.1f by processor time of one core after the first %d%n",
                    proxy.metric(),
                    cells.size() * 1e9 / spent,
                    (cells.size() - WARM_UP) * 1e9 / (processor() - processor),
                    WARM_UP);
        }
    }

    /** Of all threads: what else runs on the machine does not count. */
    private static long processor() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static Outcome estimate(
            PerformanceEstimator.Session session, SearchSpace space, Architecture cell, int seed) {
        Candidate candidate = new Candidate(seed, space, cell, Fidelity.NONE, OptionalInt.empty());
        return Attempt.estimate(session, candidate, TrialContext.silent(seed)).outcome();
    }
}
