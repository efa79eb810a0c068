package io.nas4j.bench;

import static io.nas4j.Nas.DARTS;
import static io.nas4j.Nas.cells;
import static io.nas4j.Nas.lowFidelity;
import static io.nas4j.Nas.nasBench201;

import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.json.Json;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.Augmentation;
import io.nas4j.train.Cosine;
import io.nas4j.train.Recipe;
import io.nas4j.train.Retrain;
import io.nas4j.train.Retrained;
import io.nas4j.train.Sgd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * How accurate a found cell becomes on the whole Fashion-MNIST: searched on a part of the training
 * file, trained on all of its 60,000 images, tested on the 10,000 of the test file.
 *
 * <pre>{@code
 * RetrainBenchmark search fashion-mnist cell.json cells 0.15          folder, result, space, share
 * RetrainBenchmark train fashion-mnist cell.json cells 16 5 14 1      ..., channels, cells, epochs, seed
 * }</pre>
 *
 * <p>The space is {@code cells} or {@code nasBench201}.
 */
public final class RetrainBenchmark {

    private RetrainBenchmark() {}

    /**
     * Searches or trains.
     *
     * @param args see above
     * @throws IOException when a file cannot be read or written
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Data data = Readers.idx(Path.of(args[1]));
        Path file = Path.of(args[2]);
        if (args[0].equals("search")) {
            Data part = data.fraction(Double.parseDouble(args[4]), new SplittableRandom(1));
            search(args[3].equals("cells") ? cells() : nasBench201(8, 1), part, file);
        } else {
            train(data, file, args);
        }
    }

    private static void search(SearchSpace space, Data part, Path file) throws IOException {
        SearchResult result =
                Nas.space(space)
                        .data(part)
                        .strategy(DARTS)
                        .estimator(lowFidelity(5))
                        .seed(1)
                        .quiet()
                        .run();
        Files.writeString(file, result.json() + "\n");
        System.out.println(result);
    }

    private static void train(Data data, Path file, String... args)
            throws IOException, InterruptedException {
        int channels = Integer.parseInt(args[4]);
        int cells = Integer.parseInt(args[5]);
        SearchSpace space =
                args[3].equals("cells") ? cells(channels, cells, 3) : nasBench201(channels, cells);
        SearchSpace network = space.network(Json.architecture(space, Files.readString(file)));
        int epochs = Integer.parseInt(args[6]);
        Recipe recipe =
                Recipe.DEFAULT
                        .batch(128)
                        .optimizer(new Sgd(0.9, 5e-4, true))
                        .rate(new Cosine(0.2, 0, 0.1))
                        .augmentation(Augmentation.NONE.shift(2).flip(true));
        long seed = Long.parseLong(args[7]);
        long start = System.nanoTime();
        long cpu = cpu();
        Retrained trained = Retrain.of(epochs).recipe(recipe).run(network, data, seed);
        System.out.printf(
                Locale.ROOT,
                "%s, channels %d, cells %d, epochs %d, seed %d: %s; wall %s; processor %s; training %s%n",
                args[3],
                channels,
                cells,
                epochs,
                seed,
                trained,
                Duration.ofNanos(System.nanoTime() - start),
                Duration.ofNanos(cpu() - cpu),
                trained.course().training());
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
