package io.nas4j;

import io.nas4j.data.Readers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Many searches one after the other, and what the process holds after each. */
public final class Soak {

    private final Path folder;

    /** With journals in a folder. */
    public Soak(Path folder) {
        this.folder = folder;
    }

    /**
     * What a process holds once its garbage is collected.
     *
     * @param heap in bytes
     * @param resident in bytes; 0 where the system does not say
     * @param files the open ones by name, in order; none where the system does not say
     * @param threads their names, in order
     */
    public record Sample(long heap, long resident, List<String> files, List<String> threads) {}

    /** As it is now. */
    public static Sample sample() throws IOException {
        System.gc();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Sample(
                heap,
                resident(),
                openFiles(),
                Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .sorted()
                        .toList());
    }

    private static List<String> openFiles() throws IOException {
        Path descriptors = Path.of("/dev/fd");
        List<String> names = new ArrayList<>();
        if (Files.isReadable(descriptors)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
                for (Path one : all) {
                    try {
                        names.add(Files.readSymbolicLink(one).toString());
                    } catch (NotLinkException plain) {
                        names.add(one.toString());
                    } catch (NoSuchFileException closed) {
                        // another thread's, that is not open any more
                    }
                }
            }
        }
        Collections.sort(names);
        return names;
    }

    private static long resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElse(0);
    }

    /** A search of a table, recorded; returns its trials. */
    public int lookups(int trials, int threads, long seed) throws IOException {
        return run(
                Nas.space(Nas.nasBench201())
                        .strategy(Nas.EVOLUTION)
                        .estimator(Nas.tabular(Nas.CIFAR10))
                        .parallel(threads)
                        .allowRepeats()
                        .budget(Nas.trials(trials))
                        .seed(seed));
    }

    /** A search whose networks are really trained, on few small images, recorded. */
    public int trainings(int trials, long seed) throws IOException {
        return run(
                Nas.space(Nas.smallBench())
                        .data(Readers.fashionMnistSample())
                        .estimator(Nas.lowFidelity(1).data(0.02).resolution(7).batch(32))
                        .device("cpu")
                        .allowRepeats()
                        .budget(Nas.trials(trials))
                        .seed(seed));
    }

    private int run(Search search) throws IOException {
        Path journal = folder.resolve("soak.jsonl");
        int size = search.journal(journal).quiet().run().history().size();
        Files.delete(journal);
        Files.delete(folder.resolve("soak.jsonl.lock"));
        try (Stream<Path> left = Files.list(folder)) {
            left.forEach(
                    file -> {
                        throw new IllegalStateException(file + " is left over.");
                    });
        }
        return size;
    }
}
