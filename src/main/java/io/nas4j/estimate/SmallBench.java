package io.nas4j.estimate;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Metrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * Every network of {@link Spaces#smallBench()} trained for 12 epochs, with its learning curve: a
 * table with a rung an epoch, for strategies of several fidelities.
 *
 * <p>Scores are accuracies on 3,000 validation images after each epoch; the cost of an epoch is its
 * share of the training's time, processor time of one core; the metrics are the training loss and
 * accuracy of the epoch and, after the last one, the accuracy on 5,000 test images; and, whatever
 * the epoch, what each zero-cost proxy says of the untrained network with the same initial weights,
 * by its name: {@code synflow}, {@code naswot}, {@code jacob_cov}, {@code snip}, {@code grad_norm},
 * {@code fisher}, {@code zen} ({@code parameters} and {@code multiply_adds} are the cost's). The
 * learning rate's cosine spans the 12 epochs. Architectures that build one network share one
 * training a seed; networks have one training at least, two at most.
 */
public enum SmallBench implements ScoreTable {
    /**
     * 10,000 images of Fashion-MNIST, 2,000 of them for training, at 14 pixels: {@code
     * train(12).resolution(14)} on {@code fashionMnistSample().split(0.2, 0.3)}.
     */
    FASHION_MNIST("small-bench/fashion-mnist", "small-bench.csv.gz");

    private static final int EPOCHS = 12;

    private final String title;
    private final String resource;

    SmallBench(String title, String resource) {
        this.title = title;
        this.resource = resource;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public int size() {
        return table().size();
    }

    @Override
    public Stream<Architecture> architectures() {
        return table().architectures();
    }

    @Override
    public List<Integer> rungs() {
        return table().rungs();
    }

    @Override
    public Optional<Estimate> find(Architecture architecture, int rung, OptionalLong seed) {
        return table().find(architecture, rung, seed);
    }

    @Override
    public Architecture best() {
        return table().best();
    }

    private ScoreTable table() {
        return Archive.TABLES.get(ordinal());
    }

    /** Read on first use; src/bench/java/io/nas4j/train/SmallBenchTraining makes the file. */
    private static final class Archive {
        static final List<ScoreTable> TABLES = Arrays.stream(values()).map(Archive::read).toList();

        private static ScoreTable read(SmallBench bench) {
            SearchSpace space = Spaces.smallBench();
            Map<String, List<Architecture>> equal = new LinkedHashMap<>();
            space.stream()
                    .forEach(
                            architecture ->
                                    equal.computeIfAbsent(
                                                    space.fingerprint(architecture),
                                                    network -> new ArrayList<>())
                                            .add(architecture));
            List<TableRow> rows = new ArrayList<>();
            try (InputStream raw = SmallBench.class.getResourceAsStream(bench.resource);
                    BufferedReader lines =
                            new BufferedReader(
                                    new InputStreamReader(
                                            new GZIPInputStream(raw), StandardCharsets.UTF_8))) {
                List<String> names = List.of(lines.readLine().split(","));
                List<String> proxies = names.subList(6 + 3 * EPOCHS, names.size());
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Training training = new Training(line.split(",", -1), proxies);
                    Architecture trained = new Architecture(space.name(), training.choices());
                    for (Architecture twin : equal.get(space.fingerprint(trained))) {
                        training.addRows(twin, rows);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ScoreTable.of(bench.title, rows);
        }
    }

    /**
     * A line: architecture, seed, parameters, multiply-adds, seconds, test, three curves, proxies.
     */
    private record Training(String[] fields, List<String> proxies) {
        List<Integer> choices() {
            return Arrays.stream(fields[0].split(" ")).map(Integer::valueOf).toList();
        }

        void addRows(Architecture architecture, List<TableRow> rows) {
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                rows.add(
                        new TableRow(
                                architecture, epoch, Long.parseLong(fields[1]), estimate(epoch)));
            }
        }

        private Estimate estimate(int epoch) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put(Metrics.EPOCHS, (double) epoch);
            metrics.put(Metrics.TRAIN_LOSS, number(5 + EPOCHS + epoch));
            metrics.put(Metrics.TRAIN_ACCURACY, number(5 + 2 * EPOCHS + epoch));
            if (epoch == EPOCHS) {
                metrics.put(Metrics.TEST_ACCURACY, number(5));
            }
            for (int i = 0; i < proxies.size(); i++) {
                metrics.put(proxies.get(i), number(6 + 3 * EPOCHS + i));
            }
            return new Estimate(
                    number(5 + epoch),
                    metrics,
                    List.of(),
                    new Cost(
                            TableRow.duration(number(4) * epoch / EPOCHS),
                            Long.parseLong(fields[2]),
                            Long.parseLong(fields[3])));
        }

        private double number(int field) {
            return Double.parseDouble(fields[field]);
        }
    }
}
