package io.nas4j.bench;

import io.nas4j.Soak;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/**
 * What a process holds after many searches; prints the rows of {@code src/bench/results/soak.md}.
 */
public final class SoakReport {

    private SoakReport() {}

    /**
     * Searches.
     *
     * @param args {@code lookups} or {@code trainings}, how many searches, how many trials each
     * @throws IOException when no file can be written
     */
    public static void main(String[] args) throws IOException {
        boolean trains = args[0].equals("trainings");
        int searches = Integer.parseInt(args[1]);
        int each = Integer.parseInt(args[2]);
        Soak soak = new Soak(Files.createTempDirectory("soak"));
        List<String> threads = List.of();
        int trials = 0;
        System.out.println("| trials | heap (MB) | resident (MB) | open files | threads |");
        System.out.println("|---|---|---|---|---|");
        for (int i = 0; i < searches; i++) {
            trials += trains ? soak.trainings(each, i) : soak.lookups(each, i % 2 == 0 ? 1 : 3, i);
            Soak.Sample sample = Soak.sample();
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %.1f | %.1f | %d | %d |%n",
                    trials,
                    sample.heap() / 1e6,
                    sample.resident() / 1e6,
                    sample.files().size(),
                    sample.threads().size());
            if (i > 1 && !sample.threads().equals(threads)) {
                System.out.println("other threads: " + String.join(", ", sample.threads()));
            }
            threads = sample.threads();
        }
    }
}
