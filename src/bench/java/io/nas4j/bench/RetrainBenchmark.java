package io.nas4j.bench;

import static io.nas4j.Nas.DARTS;
import static io.nas4j.Nas.cells;
import static io.nas4j.Nas.lowFidelity;

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
 * RetrainBenchmark search fashion-mnist cell.json 0.15        folder, result, share searched on
 * RetrainBenchmark train fashion-mnist cell.json 16 5 14 1    channels, cells, epochs, seed
 * }</pre>
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
            search(data.fraction(Double.parseDouble(args[3]), new SplittableRandom(1)), file);
        } else {
            int channels = Integer.parseInt(args[3]);
            int cells = Integer.parseInt(args[4]);
            train(data, file, cells(channels, cells, 3), args);
        }
    }

    private static void search(Data part, Path file) throws IOException {
        SearchResult result =
                Nas.space(cells())
                        .data(part)
                        .strategy(DARTS)
                        .estimator(lowFidelity(5))
                        .seed(1)
                        .quiet()
                        .run();
        Files.writeString(file, result.json() + "\n");
        System.out.println(result);
    }

    private static void train(Data data, Path file, SearchSpace space, String... args)
            throws IOException, InterruptedException {
        SearchSpace network = space.network(Json.architecture(space, Files.readString(file)));
        int epochs = Integer.parseInt(args[5]);
        Recipe recipe =
                Recipe.DEFAULT
                        .batch(128)
                        .optimizer(new Sgd(0.9, 5e-4, true))
                        .rate(new Cosine(0.2, 0, 0.1))
                        .augmentation(Augmentation.NONE.shift(2).flip(true));
        long seed = Long.parseLong(args[6]);
        long start = System.nanoTime();
        Retrained trained = Retrain.of(epochs).recipe(recipe).run(network, data, seed);
        System.out.printf(
                Locale.ROOT,
                "channels %s, cells %s, epochs %d, seed %d: %s; wall %s; training %s%n",
                args[3],
                args[4],
                epochs,
                seed,
                trained,
                Duration.ofNanos(System.nanoTime() - start),
                trained.course().training());
    }
}
