package io.nas4j.execute;

import io.nas4j.journal.JournalContent;
import io.nas4j.json.JournalJson.Entry;
import io.nas4j.search.EndReason;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Interrupts a search again and again, at random moments, as a notebook's Stop does, goes on with
 * it, and looks at what went wrong.
 *
 * @param folder where journals are written
 * @param family of the strategy
 * @param mode of execution
 * @param clock in nanoseconds, for how long a stop takes
 */
public record Interrupter(Path folder, String family, String mode, LongSupplier clock) {

    /** A search that has not ended so long after its stop has not heard it, on any machine. */
    private static final int HANG_SECONDS = 300;

    /**
     * What became of it.
     *
     * @param stops how often it was interrupted before it had ended
     * @param slowest the longest time from an interrupt to the end, in milliseconds
     * @param wrong what must not be: stops that were not heard, failed trials, trials that are gone
     * @param equal whether the history is that of a search that was never stopped
     */
    public record Result(int stops, long slowest, List<String> wrong, boolean equal) {}

    /** Runs a search that nobody stops, in this mode; gives its journal. */
    public Path whole(String name) throws InterruptedException, ExecutionException {
        Path journal = folder.resolve(family + "-" + mode + "-" + name + ".jsonl");
        life(MortalSearch.search(family, mode, journal), Long.MAX_VALUE, new ArrayList<>());
        return journal;
    }

    /**
     * Runs it.
     *
     * @param stops how often, at least
     * @param seed of the moments
     * @param duration in which they lie, in nanoseconds from the start or the resumption
     */
    public Result run(int stops, long seed, long duration)
            throws IOException, InterruptedException, ExecutionException {
        SplittableRandom random =
                new SplittableRandom(31 * (31 * seed + family.hashCode()) + mode.hashCode());
        List<String> wrong = new ArrayList<>();
        List<Trial> reference =
                ended(new Interrupter(folder, family, "serial", clock).whole("reference"));
        int done = 0;
        long slowest = 0;
        boolean equal = true;
        for (int search = 0; done < stops && wrong.isEmpty(); search++) {
            Path journal = folder.resolve(family + "-" + mode + search + ".jsonl");
            List<Trial> before = List.of();
            boolean ended = false;
            while (!ended && wrong.isEmpty()) {
                // half of them early in a life, where a search resumes and its workers begin
                long most = random.nextBoolean() ? duration : duration / 10;
                Life life =
                        life(
                                MortalSearch.search(family, mode, journal),
                                done < stops ? random.nextLong(most) : Long.MAX_VALUE,
                                wrong);
                ended = life.ended();
                done += life.stopped() ? 1 : 0;
                slowest = Math.max(slowest, life.millis());
                List<Trial> now = Files.exists(journal) ? ended(journal) : List.of();
                Set<Trial> kept = new HashSet<>(now);
                note("recorded before", before, kept, wrong);
                note("in the history", life.whole(), kept, wrong);
                before = now;
            }
            equal &= facts(before).equals(facts(reference));
        }
        return new Result(done, slowest, wrong, equal);
    }

    private record Life(boolean ended, boolean stopped, long millis, List<Trial> whole) {}

    private Life life(SearchSpec search, long nanos, List<String> wrong)
            throws InterruptedException, ExecutionException {
        Callable<RunResult> run = () -> new SearchLoop(search).run();
        FutureTask<RunResult> task = new FutureTask<>(run);
        Thread searching = new Thread(task, "searching");
        searching.start();
        boolean stopped = false;
        long stop = 0;
        RunResult result;
        try {
            try {
                result = task.get(nanos, TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                stopped = true;
                stop = clock.getAsLong();
                searching.interrupt();
                result = task.get(HANG_SECONDS, TimeUnit.SECONDS);
            }
        } catch (TimeoutException e) {
            wrong.add(
                    "a stop was not heard; the search was in "
                            + Arrays.toString(searching.getStackTrace()));
            return new Life(false, true, HANG_SECONDS * 1000L, List.of());
        } catch (ExecutionException e) {
            wrong.add("a stop ended in " + e.getCause());
            e.getCause().printStackTrace();
            return new Life(false, true, 0, List.of());
        }
        for (Trial trial : result.history().trials()) {
            if (trial.outcome() instanceof Outcome.Failed failed) {
                wrong.add("trial " + trial.number() + " failed: " + failed.reason());
            }
        }
        if (!result.end().isNatural() && result.end() != EndReason.INTERRUPTED) {
            wrong.add("the search ended as " + result.end() + ": " + result.reason());
        }
        return new Life(
                result.end().isNatural(),
                stopped && result.end() == EndReason.INTERRUPTED,
                stopped ? (clock.getAsLong() - stop) / 1_000_000 : 0,
                result.history().trials().stream()
                        .filter(trial -> trial.outcome() instanceof Outcome.Completed)
                        .toList());
    }

    private static void note(String what, List<Trial> these, Set<Trial> kept, List<String> wrong) {
        for (Trial trial : these) {
            if (!kept.contains(trial)) {
                wrong.add("trial " + trial.number() + ", " + what + ", is not in the journal");
            }
        }
    }

    private static List<Trial> ended(Path journal) throws IOException {
        return JournalContent.read(journal).entries().stream().map(Entry::trial).toList();
    }

    private static List<String> facts(List<Trial> trials) {
        return Reaper.facts(trials);
    }
}
