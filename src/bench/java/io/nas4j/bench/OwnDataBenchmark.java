package io.nas4j.bench;

import static io.nas4j.Nas.EVOLUTION;
import static io.nas4j.Nas.lowFidelity;
import static io.nas4j.Nas.mlp;
import static io.nas4j.Nas.trials;

import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.data.Split;
import io.nas4j.data.Target;
import io.nas4j.train.Adam;
import io.nas4j.train.Cosine;
import io.nas4j.train.Recipe;
import io.nas4j.train.Retrain;
import io.nas4j.train.Retrained;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Searches a perceptron for the rows of a file, trains it on training and validation rows, and
 * tests it; the same rows and split are written for a random forest to be measured on.
 *
 * <pre>java .. io.nas4j.bench.OwnDataBenchmark digits.csv target 3 out</pre>
 */
public final class OwnDataBenchmark {

    private static final int TRIALS = 15;

    /** The answer trains as long as it was chosen by: longer trainings learn few rows by heart. */
    private static final int EPOCHS = 25;

    private OwnDataBenchmark() {}

    /**
     * Measures.
     *
     * @param arguments file, target column, how many seeds, a folder for the splits
     * @throws Exception when files cannot be read or the training is interrupted
     */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Path out = Files.createDirectories(Path.of(arguments[3]));
        Data all = Readers.csv(file, arguments[1]);
        for (int seed = 1; seed <= Integer.parseInt(arguments[2]); seed++) {
            Data data = all.split(Split.stratified(all.target().strata(), 0.7, 0.15, seed));
            write(out.resolve(file.getFileName() + "." + seed), data);
            measure(data, seed);
        }
    }

    private static void measure(Data data, int seed) throws InterruptedException {
        long start = System.nanoTime();
        Recipe recipe =
                Recipe.DEFAULT
                        .batch(32)
                        .optimizer(new Adam(0.9, 0.999, 1e-8, 1e-3))
                        .rate(Cosine.of(0.01));
        SearchResult result =
                Nas.space(mlp())
                        .data(data)
                        .strategy(EVOLUTION.population(6).tournament(3))
                        .estimator(lowFidelity(EPOCHS).recipe(recipe))
                        .budget(trials(TRIALS))
                        .seed(seed)
                        .quiet()
                        .run();
        Retrained trained = result.retrain(Retrain.of(EPOCHS).recipe(recipe));
        System.out.printf(
                Locale.ROOT,
                "%s, seed %d: test %.4f (validation of the best %.4f), %,d parameters, %.0f s%n",
                data.name(),
                seed,
                trained.test().score(),
                result.bestScore(),
                trained.cost().parameters(),
                (System.nanoTime() - start) / 1e9);
    }

    /** Features, then the target, then 1 for a test row. */
    private static void write(Path file, Data data) throws IOException {
        boolean[] test = new boolean[data.size()];
        Arrays.stream(data.split().test()).forEach(i -> test[i] = true);
        int width = data.channels();
        try (BufferedWriter to = Files.newBufferedWriter(file)) {
            for (int row = 0; row < test.length; row++) {
                int from = row * width;
                String features =
                        IntStream.range(from, from + width)
                                .mapToObj(i -> String.valueOf(data.values()[i]))
                                .collect(Collectors.joining(","));
                Object target =
                        data.target() instanceof Target.Numbers numbers
                                ? numbers.values()[row]
                                : data.classes().get(data.labels()[row]);
                to.write(features + "," + target + "," + (test[row] ? 1 : 0) + "\n");
            }
        }
    }
}
