package io.nas4j.model;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** How long it takes to save a small model, to load it and to ask it. */
public final class ModelBenchmark {

    private static final int ROUNDS = 20;

    private ModelBenchmark() {}

    /**
     * Prints milliseconds of the first round, in which classes and libtorch are loaded, and of the
     * others.
     *
     * @param args none
     * @throws IOException when the temporary folder cannot be written
     */
    public static void main(String[] args) throws IOException {
        NasModel model = SmallModel.of(3);
        BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        Path folder = Files.createTempDirectory("model");
        double[] whole = new double[ROUNDS];
        System.out.println(model);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            model.save(folder);
            long saved = System.nanoTime();
            NasModel again = NasModel.load(folder);
            long loaded = System.nanoTime();
            Classification answer = again.predict(picture);
            long asked = System.nanoTime();
            whole[round] = (asked - start) / 1e6;
            if (round < 2 || round == ROUNDS - 1) {
                System.out.printf(
                        Locale.ROOT,
                        "round %2d: save %.1f ms, load %.1f ms, predict %.1f ms (%s)%n",
                        round,
                        (saved - start) / 1e6,
                        (loaded - saved) / 1e6,
                        (asked - loaded) / 1e6,
                        answer.best().name());
            }
        }
        Arrays.sort(whole);
        System.out.printf(
                Locale.ROOT,
                "save, load and predict: median %.1f ms, fastest %.1f, slowest %.1f of %d%n",
                whole[ROUNDS / 2],
                whole[0],
                whole[ROUNDS - 1],
                ROUNDS);
    }
}
