package io.nas4j.search;

import io.nas4j.search.Searches.Scripted;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Estimate;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A search in a process of its own: it waits in trial 6 to be killed, or says how it went. */
final class KilledSearch {

    private KilledSearch() {}

    public static void main(String[] args) {
        boolean waits = args.length == 1;
        try {
            RunResult finished = new SearchLoop(search(Path.of(args[0]), waits)).run();
            System.out.println(finished.history().size() + " trials");
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }

    /** Starts one that waits. */
    static Process start(Path journal) throws IOException {
        return java(journal.toString());
    }

    /** What one that does not wait says at its end. */
    static String said(Path journal) throws IOException, InterruptedException {
        Process child = java(journal.toString(), "to the end");
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            return out.readLine();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static Process java(String... args) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledSearch.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    static SearchSpec search(Path journal, boolean waits) {
        return SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 21),
                        new RandomSearch(),
                        new Scripted(
                                "waiting",
                                (candidate, context) -> {
                                    if (waits && candidate.trial() == 6) {
                                        System.out.println("trial 6 is under way");
                                        // until killed; or nobody is left to do so
                                        while (System.in.read() >= 0) {
                                            Thread.onSpinWait();
                                        }
                                    }
                                    return Estimate.of(context.seed() / 1e19);
                                }),
                        Budget.trials(12))
                .journal(journal);
    }
}
