package io.nas4j.bench;

import static io.nas4j.Nas.EVOLUTION;
import static io.nas4j.Nas.inherited;
import static io.nas4j.Nas.lowFidelity;
import static io.nas4j.Nas.trials;

import io.nas4j.Nas;
import io.nas4j.Search;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Do scores that are trained on from an earlier trial's weights rank networks as whole trainings
 * from scratch do? Searches by evolution with {@code inherited(lowFidelity(n))}, and compares: in
 * {@code chain(3)} with a training of more epochs from scratch of every network that was tried, or
 * in the space of the small benchmark with its table.
 *
 * <pre>{@code
 * InheritanceReport 6 runs 2 40 1                 whole epochs, folder of journals, epochs, trials, seeds
 * InheritanceReport small-bench.csv runs 2 45 1   the table instead of whole trainings
 * }</pre>
 */
public final class InheritanceReport {

    private static final Data DATA = Readers.fashionMnistSample().split(0.2, 0.3);

    private InheritanceReport() {}

    /**
     * Runs what the folder has no journal of, and prints the report.
     *
     * @param args epochs of a whole training or a table, folder, epochs, trials, seeds
     * @throws IOException when a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        boolean table = args[0].endsWith(".csv");
        SearchSpace space = table ? Spaces.smallBench() : Nas.chain(3);
        Path folder = Files.createDirectories(Path.of(args[1]));
        int epochs = Integer.parseInt(args[2]);
        int trials = Integer.parseInt(args[3]);
        for (int seed = 0; seed < Integer.parseInt(args[4]); seed++) {
            Search search = Nas.space(space).data(DATA).seed(seed).quiet().budget(trials(trials));
            PerformanceEstimator brief = lowFidelity(epochs).resolution(14);
            History heirs =
                    run(
                            search.strategy(EVOLUTION.population(10).tournament(3)),
                            inherited(lowFidelity(epochs).resolution(14)),
                            folder.resolve("inherited-" + seed + ".jsonl"));
            Map<Object, Double> truth =
                    table
                            ? truth(space, Path.of(args[0]))
                            : truth(
                                    space,
                                    run(
                                            search.strategy(new Listed(heirs)),
                                            lowFidelity(Integer.parseInt(args[0])).resolution(14),
                                            folder.resolve("whole-" + seed + ".jsonl")));
            System.out.printf(Locale.ROOT, "seed %d%n", seed);
            report("inherited, all trials", space, heirs, truth, 0);
            report("inherited, from trial 10 on", space, heirs, truth, 10);
            History scratch =
                    run(
                            search.strategy(new Listed(heirs)),
                            brief,
                            folder.resolve("scratch-" + seed + ".jsonl"));
            report("the same from scratch", space, scratch, truth, 0);
            report("the same from scratch, from 10 on", space, scratch, truth, 10);
        }
    }

    private static History run(Search search, PerformanceEstimator estimator, Path journal) {
        return search.estimator(estimator).journal(journal).run().history();
    }

    private static void report(
            String name, SearchSpace space, History history, Map<Object, Double> truth, int first) {
        List<Trial> trials = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        double parents = 0;
        for (Trial trial : history.scored()) {
            Object key = space.fingerprint(trial.architecture());
            if (trial.number() >= first && truth.containsKey(key) && seen.add(key)) {
                trials.add(trial);
                parents +=
                        ((Outcome.Completed) trial.outcome())
                                        .estimate()
                                        .metrics()
                                        .containsKey(Metrics.PARENT)
                                ? 1
                                : 0;
            }
        }
        double[] scores = new double[trials.size()];
        double[] ends = new double[trials.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = trials.get(i).score().getAsDouble();
            ends[i] = truth.get(space.fingerprint(trials.get(i).architecture()));
        }
        double[] interval = interval(scores, ends);
        System.out.printf(
                Locale.ROOT,
                "  %-34s %3d networks, %2.0f with a parent: tau %.3f [%.3f, %.3f]%n",
                name,
                scores.length,
                parents,
                CurveReport.tau(scores, ends),
                interval[0],
                interval[1]);
    }

    private static double[] interval(double[] scores, double[] ends) {
        SplittableRandom random = new SplittableRandom(1);
        double[] taus = new double[1000];
        for (int i = 0; i < taus.length; i++) {
            int[] drawn = random.ints(ends.length, 0, ends.length).toArray();
            taus[i] =
                    CurveReport.tau(
                            Arrays.stream(drawn).mapToDouble(j -> scores[j]).toArray(),
                            Arrays.stream(drawn).mapToDouble(j -> ends[j]).toArray());
        }
        Arrays.sort(taus);
        return new double[] {taus[25], taus[975]};
    }

    private static Map<Object, Double> truth(SearchSpace space, History whole) {
        Map<Object, Double> truth = new HashMap<>();
        for (Trial trial : whole.scored()) {
            truth.put(space.fingerprint(trial.architecture()), trial.score().getAsDouble());
        }
        return truth;
    }

    /** The mean of validation and test accuracy after 12 epochs, over the seeds there are. */
    private static Map<Object, Double> truth(SearchSpace space, Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> header = List.of(lines.get(0).split(","));
        Map<Object, List<Double>> all = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            Architecture architecture =
                    new Architecture(
                            space.name(),
                            Arrays.stream(cells[0].split(" ")).map(Integer::valueOf).toList());
            List<Double> its =
                    all.computeIfAbsent(space.fingerprint(architecture), key -> new ArrayList<>());
            its.add(Double.valueOf(cells[header.indexOf("test")]));
            its.add(Double.valueOf(cells[header.indexOf("validation_12")]));
        }
        Map<Object, Double> truth = new HashMap<>();
        all.forEach(
                (key, its) ->
                        truth.put(
                                key,
                                its.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .average()
                                        .orElseThrow()));
        return truth;
    }

    /** The architectures of another search, in its order. */
    private record Listed(List<Architecture> architectures) implements SearchStrategy {
        Listed(History history) {
            this(history.scored().stream().map(Trial::architecture).distinct().toList());
        }

        @Override
        public Session open(io.nas4j.trial.Task task, io.nas4j.trial.Fidelity fidelity) {
            return (history, random) ->
                    history.size() < architectures.size()
                            ? java.util.Optional.of(
                                    new io.nas4j.strategy.Proposal.Evaluate(
                                            architectures.get(history.size()), fidelity))
                            : java.util.Optional.empty();
        }
    }
}
