package io.nas4j.bench;

import io.nas4j.fuzz.Target;
import io.nas4j.fuzz.Targets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Readers under attack; prints the rows of {@code src/bench/results/fuzz.md}. */
public final class FuzzReport {

    private FuzzReport() {}

    /**
     * Attacks.
     *
     * @param args inputs a reader and a seed; then beginnings of readers' names, else all
     * @throws IOException when no file can be written
     */
    public static void main(String[] args) throws IOException {
        long inputs = Long.parseLong(args[0]);
        long seed = Long.parseLong(args[1]);
        List<String> names = List.of(args).subList(2, args.length);
        Path memory = Path.of("/dev/shm");
        Path folder =
                Files.isWritable(memory)
                        ? Files.createTempDirectory(memory, "fuzz")
                        : Files.createTempDirectory("fuzz");
        System.out.println("| reader | inputs | read nevertheless | findings | slowest (ms) |");
        System.out.println("|---|---|---|---|---|");
        for (Target target : new Targets(folder).all()) {
            if (!names.isEmpty() && names.stream().noneMatch(target.name()::startsWith)) {
                continue;
            }
            Target.Result result = target.attack(0, inputs, seed, System::nanoTime);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %d | %.0f |%n",
                    target.name(),
                    result.inputs(),
                    result.accepted(),
                    result.findings().size(),
                    result.slowest());
            result.findings()
                    .forEach(
                            (what, number) ->
                                    System.err.println(target.name() + " " + number + ": " + what));
            if (result.slowest() > 1_000) {
                System.err.println(target.name() + " " + result.slow() + " is slow");
            }
        }
    }
}
