package io.nas4j.train;

import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.proxy.Proxy;
import io.nas4j.proxy.ZeroCost;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * The zero-cost proxies of every network that {@link SmallBenchTraining} trains, with the initial
 * weights of each of its two seeds: on 32 of the training images at 28 pixels, as {@code
 * Nas.space(smallBench()).data(fashionMnistSample().split(0.2, 0.3)).estimator(SYNFLOW)} has them.
 *
 * <pre>{@code
 * SmallBenchProxies small-bench-proxies.csv
 * }</pre>
 */
public final class SmallBenchProxies {

    private SmallBenchProxies() {}

    /**
     * Writes a line a network and seed; counts are in the table already.
     *
     * @param args the file
     * @throws Exception when a network has no score, or the file cannot be written
     */
    public static void main(String[] args) throws Exception {
        SearchSpace space = Spaces.smallBench();
        Data data = Readers.fashionMnistSample().split(0.2, 0.3);
        Task task = new Task(space, data, new Seeds(0), "cpu");
        Map<String, Architecture> networks = new LinkedHashMap<>();
        space.stream().forEach(a -> networks.putIfAbsent(space.fingerprint(a), a));
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of("architecture", "seed"));
        for (Proxy proxy : Proxy.values()) {
            if (proxy == Proxy.PARAMETERS || proxy == Proxy.MULTIPLY_ADDS) {
                continue;
            }
            names.add(proxy.metric());
            try (PerformanceEstimator.Session session = ZeroCost.of(proxy).open(task)) {
                for (Architecture architecture : networks.values()) {
                    for (int seed = 1; seed <= SmallBenchTraining.SEEDS; seed++) {
                        Candidate candidate =
                                new Candidate(
                                        0, space, architecture, Fidelity.NONE, OptionalInt.empty());
                        double score =
                                session.estimate(candidate, TrialContext.silent(seed)).score();
                        String key = SmallBenchTraining.words(architecture) + "," + seed;
                        lines.computeIfAbsent(key, k -> new StringBuilder(k))
                                .append(String.format(Locale.ROOT, ",%.7g", score));
                    }
                }
            }
        }
        List<String> file = new ArrayList<>(List.of(String.join(",", names)));
        lines.values().forEach(line -> file.add(line.toString()));
        Files.write(Path.of(args[0]), file);
        System.out.println(
                Arrays.stream(Proxy.values()).map(Proxy::metric).collect(Collectors.joining(" ")));
    }
}
