package io.nas4j.execute;

import io.nas4j.journal.JournalContent;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Kills a search with SIGKILL again and again, at random moments, lets it come to its end, and
 * looks at what was lost.
 *
 * @param folder where journals are written
 * @param family of the strategy
 * @param mode of execution
 * @param cluster where the mode is Spark's
 */
public record Reaper(Path folder, String family, String mode, Optional<SparkHome> cluster) {

    /** Kills searches that need no cluster. */
    public Reaper(Path folder, String family, String mode) {
        this(folder, family, mode, Optional.empty());
    }

    /** Kills searches whose trials run in executors of a cluster. */
    public static Reaper spark(Path folder, String family, SparkHome cluster) {
        return new Reaper(folder, family, MortalSearch.SPARK, Optional.of(cluster));
    }

    /**
     * What became of it.
     *
     * @param kills how often it was killed
     * @param torn how often a line was broken by it
     * @param behind how many trials had ended behind one that was still under way
     * @param recorded how many trials the last journal before the end held
     * @param lost trials that the search had heard the end of, or an earlier journal had, and a
     *     later one had not
     * @param orphans workers that were alive a minute after their search
     * @param left temporary folders at the end
     * @param equal whether the history is that of a search that was never killed
     */
    public record Result(
            int kills,
            int torn,
            int behind,
            int recorded,
            List<String> lost,
            int orphans,
            long left,
            boolean equal) {}

    /** Of a life that is ended at a moment of the search, counted by what it says. */
    private static final int EVENTS = 9;

    /** Of a life that is ended at a moment of the clock: perhaps before the search begins. */
    private static final int MILLIS = 2_000;

    /** One that is just starting ends late where a machine has much else to do. */
    private static final int ORPHAN_SECONDS = 60;

    private static final Pattern WORD = Pattern.compile("[pf] \\d+|end");

    /** Runs it. */
    public Result run(int kills, long seed)
            throws IOException, InterruptedException, ExecutionException {
        SplittableRandom random =
                new SplittableRandom(31 * (31 * seed + family.hashCode()) + mode.hashCode());
        Path journal = folder.resolve(family + "-" + mode + ".jsonl");
        Path temporary = Files.createDirectories(folder.resolve("temporary-" + family + mode));
        List<String> lost = new ArrayList<>();
        List<Trial> before = List.of();
        int done = 0;
        int torn = 0;
        int behind = 0;
        int orphans = 0;
        while (done < kills) {
            boolean byClock = random.nextInt(4) == 0;
            Life life =
                    live(
                            journal,
                            temporary,
                            byClock ? -1 : random.nextInt(EVENTS),
                            random.nextInt(byClock ? MILLIS : 4));
            if (life.ended()) {
                // it was too quick: another one from the start
                clear(journal);
                before = List.of();
                continue;
            }
            done++;
            orphans += life.orphans();
            Optional<JournalContent> content = read(journal);
            List<Trial> now = ended(content);
            torn += content.isPresent() && content.get().torn() > 0 ? 1 : 0;
            behind += content.map(c -> behind(c)).orElse(0);
            note(lost, "recorded before", before, now);
            Set<Integer> numbers = new HashSet<>();
            now.forEach(trial -> numbers.add(trial.number()));
            for (int heard : life.heard()) {
                if (!numbers.contains(heard)) {
                    lost.add("trial " + heard + " had been heard of, in life " + done);
                }
            }
            before = now;
        }
        Life last = live(journal, temporary, Integer.MAX_VALUE, 0);
        if (!last.ended()) {
            lost.add("the search did not come to its end: " + last.said());
        }
        List<Trial> end = ended(read(journal));
        note(lost, "recorded before the end", before, end);
        Path whole = folder.resolve(family + "-whole.jsonl");
        if (!Files.exists(whole)) {
            new Reaper(folder, family, "serial").live(whole, temporary, Integer.MAX_VALUE, 0);
        }
        boolean equal = facts(end).equals(facts(ended(read(whole))));
        try (Stream<Path> left = Files.list(temporary)) {
            long folders =
                    left.filter(file -> file.getFileName().toString().startsWith("nas4j")).count();
            return new Result(done, torn, behind, before.size(), lost, orphans, folders, equal);
        }
    }

    private static int behind(JournalContent content) {
        int open = 0;
        while (open < content.trials().size() && content.trials().get(open) instanceof Entry) {
            open++;
        }
        return content.entries().size() - open;
    }

    private record Life(boolean ended, List<Integer> heard, int orphans, String said) {}

    /**
     * One process, until so many events have come and then so many milliseconds; where there are to
     * be -1 events, so many milliseconds from its start.
     */
    private Life live(Path journal, Path temporary, int events, int millis)
            throws IOException, InterruptedException, ExecutionException {
        Process child =
                cluster.isPresent() ? driver(journal, temporary) : child(journal, temporary);
        List<Integer> heard = new ArrayList<>();
        List<ProcessHandle> workers = List.of();
        String last = "";
        if (events < 0 && !child.waitFor(millis, TimeUnit.MILLISECONDS)) {
            workers = child.descendants().toList();
            child.toHandle().destroyForcibly();
        }
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            int count = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (!WORD.matcher(line).matches()) {
                    continue; // of Spark
                }
                last = line;
                if (line.startsWith("f ")) {
                    heard.add(Integer.valueOf(line.substring(2)));
                }
                if (count++ == events && !child.waitFor(millis, TimeUnit.MILLISECONDS)) {
                    workers = child.descendants().toList();
                    child.toHandle().destroyForcibly();
                }
            }
        }
        child.waitFor();
        int orphans = 0;
        for (ProcessHandle worker : workers) {
            if (!Ended.within(worker, ORPHAN_SECONDS)) {
                orphans++;
                worker.destroyForcibly();
            }
        }
        return new Life(last.equals("end"), heard, orphans, last);
    }

    private Process child(Path journal, Path temporary) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options(temporary));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(MortalSearch.class.getName(), family, mode, journal.toString()));
        return new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(temporary.resolve("errors").toFile()))
                .start();
    }

    private Process driver(Path journal, Path temporary) throws IOException {
        List<String> options = new ArrayList<>(options(temporary));
        Map.of(
                        "spark.master", cluster.orElseThrow().master(),
                        "spark.app.name", "mortal",
                        "spark.ui.enabled", "false",
                        "spark.log.level", "ERROR",
                        "spark.executor.memory", "512m",
                        "spark.executor.cores", "1",
                        "spark.executor.extraJavaOptions", SparkHome.QUICK,
                        "spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .forEach((name, value) -> options.add("-D" + name + "=" + value));
        return cluster.orElseThrow()
                .driver(options, MortalSearch.class.getName(), family, mode, journal.toString());
    }

    private static List<String> options(Path temporary) {
        return List.of(
                "-Xmx512m", "-Djava.io.tmpdir=" + temporary, "-Dai.djl.pytorch.num_threads=1");
    }

    private static Optional<JournalContent> read(Path journal) throws IOException {
        try {
            return Files.exists(journal)
                    ? Optional.of(JournalContent.read(journal))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            // killed while the header was written
            if (e.getMessage().contains("it has no complete line")) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static List<Trial> ended(Optional<JournalContent> content) {
        return content.map(c -> c.entries().stream().map(Entry::trial).toList()).orElse(List.of());
    }

    private static void note(List<String> lost, String what, List<Trial> before, List<Trial> now) {
        for (Trial trial : before) {
            if (!now.contains(trial)) {
                lost.add("trial " + trial.number() + ", " + what);
            }
        }
    }

    /** All but the time that it took, in the order of proposals. */
    static List<String> facts(List<Trial> trials) {
        return trials.stream()
                .sorted(java.util.Comparator.comparingInt(Trial::number))
                .map(
                        trial ->
                                trial.number()
                                        + " "
                                        + trial.architecture()
                                        + " "
                                        + trial.measure()
                                        + " "
                                        + trial.fidelity()
                                        + " "
                                        + trial.seed()
                                        + " "
                                        + trial.continues()
                                        + " "
                                        + trial.score()
                                        + " "
                                        + trial.repeats()
                                        + " "
                                        + (trial.outcome() instanceof Outcome.Completed completed
                                                ? completed.learned()
                                                : trial.outcome().getClass()))
                .toList();
    }

    private static void clear(Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal.getParent())) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(journal.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }
}
