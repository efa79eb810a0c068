package io.nas4j.bench;

import io.nas4j.data.Data;
import io.nas4j.data.ImageFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * How many images of a folder are read in a second, and whether the memory that this takes grows
 * with them.
 *
 * <pre>java -Xmx400m .. io.nas4j.bench.FolderBenchmark 60000 3</pre>
 */
public final class FolderBenchmark {

    private static final int SIDE = 32;
    private static final int CLASSES = 10;

    private FolderBenchmark() {}

    /**
     * Writes JPEGs of noise with a gradient, and reads them.
     *
     * @param arguments how many images, how often they are read
     * @throws IOException when the temporary folder cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        int images = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("nas4j-folder");
        try {
            IntStream.range(0, images).parallel().forEach(i -> write(folder, i));
            System.out.printf(
                    Locale.ROOT,
                    "%,d JPEGs of %d×%d, %d cores, %d MiB of heap%n",
                    images,
                    SIDE,
                    SIDE,
                    Runtime.getRuntime().availableProcessors(),
                    Runtime.getRuntime().maxMemory() >> 20);
            for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
                read(folder);
            }
        } finally {
            try (var all = Files.walk(folder)) {
                all.sorted(java.util.Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
            }
        }
    }

    private static void read(Path folder) {
        System.gc();
        long before = used();
        long processor = processor();
        long start = System.nanoTime();
        Data data = new ImageFolder().read(folder);
        double seconds = (System.nanoTime() - start) / 1e9;
        double work = (processor() - processor) / 1e9;
        System.gc();
        System.out.printf(
                Locale.ROOT,
                "%.0f images/s on the clock (%.1f s), %.0f images/s of processor time (%.2f ms"
                        + " each); %.1f MiB kept for %.1f MiB of pixels%n",
                data.size() / seconds,
                seconds,
                data.size() / work,
                1e3 * work / data.size(),
                (used() - before) / 1048576.0,
                data.pixels().length / 1048576.0);
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long processor() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime();
    }

    private static void write(Path folder, int number) {
        SplittableRandom random = new SplittableRandom(number);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        int hue = random.nextInt(1 << 24);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, hue + x * 5 + (y * 5 << 8) + random.nextInt(24));
            }
        }
        try {
            Path home = Files.createDirectories(folder.resolve("class " + number % CLASSES));
            ImageIO.write(image, "jpg", home.resolve(number + ".jpg").toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
