package io.nas4j.bench;

import io.nas4j.execute.Interrupter;
import io.nas4j.execute.MortalSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** Searches stopped by an interrupt; prints the rows of {@code src/bench/results/stops.md}. */
public final class StopsReport {

    private StopsReport() {}

    /**
     * Stops.
     *
     * @param args see {@link MortalArguments}
     * @throws IOException when no file can be written
     * @throws InterruptedException never
     * @throws ExecutionException never
     */
    public static void main(String[] args)
            throws IOException, InterruptedException, ExecutionException {
        MortalArguments given = MortalArguments.of(args);
        Path folder = Files.createTempDirectory("stops");
        System.out.println(
                "| strategy | run | stops | slowest, ms | wrong | as if never stopped |");
        System.out.println("|---|---|---|---|---|---|");
        int stops = 0;
        List<String> wrong = new ArrayList<>();
        List<Kind> kinds =
                List.of(
                        new Kind(
                                MortalSearch.light(),
                                List.of("serial", "threads", "workers"),
                                given.light()),
                        new Kind(
                                MortalSearch.supernets(),
                                List.of("serial", "workers"),
                                given.heavy()));
        for (Kind kind : kinds) {
            for (String family : kind.families()) {
                for (String mode : kind.modes()) {
                    if (kind.stops() > 0 && given.wants(family)) {
                        Interrupter stopper =
                                new Interrupter(folder, family, mode, System::nanoTime);
                        stops += row(stopper, kind.stops(), given.seed(), wrong);
                    }
                }
            }
        }
        System.out.println(stops + " stops, wrong: " + wrong);
    }

    /** Strategies that are run in the same modes, and how often each is stopped. */
    private record Kind(List<String> families, List<String> modes, int stops) {}

    private static int row(Interrupter stopper, int stops, long seed, List<String> wrong)
            throws IOException, InterruptedException, ExecutionException {
        var unused = stopper.whole("warm"); // classes are loaded
        long start = System.nanoTime();
        unused = stopper.whole("timed");
        Interrupter.Result result = stopper.run(stops, seed, System.nanoTime() - start);
        result.wrong().forEach(w -> wrong.add(stopper.family() + " " + stopper.mode() + ": " + w));
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %s |%n",
                stopper.family(),
                stopper.mode(),
                result.stops(),
                result.slowest(),
                result.wrong().size(),
                result.equal() ? "yes" : stopper.mode().equals("serial") ? "NO" : "by timing");
        return result.stops();
    }
}
