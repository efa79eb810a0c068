package io.nas4j.bench;

import io.nas4j.execute.MortalSearch;
import io.nas4j.execute.Reaper;
import io.nas4j.execute.SparkHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/** Searches killed with SIGKILL; prints the rows of {@code src/bench/results/kills.md}. */
public final class KillsReport {

    private KillsReport() {}

    /**
     * Kills.
     *
     * @param args see {@link MortalArguments}
     * @throws IOException when no file can be written
     * @throws InterruptedException never
     * @throws ExecutionException never
     */
    public static void main(String[] args)
            throws IOException, InterruptedException, ExecutionException {
        MortalArguments given = MortalArguments.of(args);
        int light = given.light();
        long seed = given.seed();
        boolean spark = given.families().contains("spark");
        Path folder = Files.createTempDirectory("kills");
        System.out.println(
                "| strategy | run | kills | torn lines | ended behind one under way | lost | orphans |"
                        + " folders left | as if never killed |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        int kills = 0;
        List<String> lost = new ArrayList<>();
        for (String family : MortalSearch.light()) {
            if (!given.wants(family)) {
                continue;
            }
            List<String> modes = List.of("serial", "threads", "workers");
            for (String mode : spark ? List.<String>of() : modes) {
                kills += row(new Reaper(folder, family, mode), light, seed, lost);
            }
        }
        if (spark) {
            try (SparkHome cluster = new SparkHome(folder)) {
                cluster.worker(0);
                cluster.worker(1);
                for (String family : MortalSearch.light()) {
                    if (given.families().contains(family)) {
                        kills += row(Reaper.spark(folder, family, cluster), light, seed, lost);
                    }
                }
            }
        }
        for (String family : MortalSearch.supernets()) {
            if (given.wants(family)) {
                kills += row(new Reaper(folder, family, "serial"), given.heavy(), seed, lost);
            }
        }
        System.out.println(kills + " kills, lost: " + lost);
    }

    private static int row(Reaper reaper, int kills, long seed, List<String> lost)
            throws IOException, InterruptedException, ExecutionException {
        if (kills == 0) {
            return 0;
        }
        Reaper.Result result = reaper.run(kills, seed);
        result.lost().forEach(one -> lost.add(reaper.family() + " " + reaper.mode() + ": " + one));
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %d | %d | %d | %d | %d | %s |%n",
                reaper.family(),
                reaper.mode(),
                result.kills(),
                result.torn(),
                result.behind(),
                result.lost().size(),
                result.orphans(),
                result.left(),
                result.equal() ? "yes" : reaper.mode().equals("serial") ? "NO" : "by timing");
        return result.kills();
    }
}
