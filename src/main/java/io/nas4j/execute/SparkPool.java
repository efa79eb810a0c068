package io.nas4j.execute;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.search.TrialExecutor;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The trials of one search that are jobs of Spark. Spark itself runs the task of a lost executor
 * again; here it is counted how often.
 */
final class SparkPool implements TrialExecutor.Session {

    private static final long LOOK_MILLIS = 100;
    private static final long GRACE_NANOS = 2_000_000_000L;

    private final SparkSearch search;
    private final int slots;
    private final Map<Integer, SparkTrial> underWay = new LinkedHashMap<>();
    private final Deque<TrialExecutor.Completion> ended = new ArrayDeque<>();
    private final List<Trial> news = new ArrayList<>();
    private String fatal = "";
    private String lastLoss = "";
    private long alone = Long.MAX_VALUE;

    private SparkPool(SparkSearch search) {
        this.search = search;
        this.slots = search.slots();
    }

    static SparkPool open(Spark spark, Task task, PerformanceEstimator form) {
        return new SparkPool(SparkSearch.open(spark, task, form));
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public int window() {
        return ThreadExecutor.WINDOW * slots;
    }

    @Override
    public void submit(Candidate candidate, TrialContext context) {
        if (underWay.size() + ended.size() == slots) {
            throw new IllegalStateException("all " + slots + " slots have a trial.");
        }
        SparkTrial next = new SparkTrial(new WorkerTrial(candidate, context, System.nanoTime()));
        underWay.put(next.number(), next);
        start(next);
    }

    private void start(SparkTrial trial) {
        try {
            trial.started(search.start(trial.number()));
        } catch (IllegalStateException e) {
            fatal = e.getMessage();
        }
    }

    @Override
    public TrialExecutor.Completion next() throws InterruptedException {
        if (underWay.isEmpty() && ended.isEmpty()) {
            throw new IllegalStateException("no trial is under way. Try submit first.");
        }
        while (ended.isEmpty()) {
            SparkSearch.Event event = search.events().poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            while (event != null) {
                hear(event.line(), event.message());
                event = search.events().poll();
            }
            watch();
        }
        return ended.remove();
    }

    @Override
    public void tell(Trial trial) {
        news.add(trial);
    }

    private void hear(SparkLine line, Message message) {
        switch (message.kind()) {
            case "ready" -> ready(line, message);
            case "opened" -> line.opened(message);
            case "begin" -> begin(line, (int) message.whole("begins"));
            case "refused" -> lastLoss = line.name() + ": " + message.text("reason");
            case "ended" -> end(line, message);
            case WorkerLine.GONE -> gone(line, message.text("why"));
            default -> {} // of a trial that has ended
        }
    }

    private void ready(SparkLine line, Message message) {
        try {
            search.welcome(line, message);
        } catch (IllegalArgumentException | IllegalStateException e) {
            fatal = e.getMessage();
        }
    }

    private void begin(SparkLine line, int number) {
        SparkTrial next = underWay.get(number);
        if (next == null) {
            line.send(Message.of("forget"));
            return;
        }
        if (next.line().isPresent()) {
            lose(next, "Spark has given its task to another executor");
            if (!underWay.containsKey(number)) {
                line.send(Message.of("forget"));
                return;
            }
        }
        next.begun(line);
        line.begin(next.trial(), news);
    }

    private void end(SparkLine line, Message message) {
        SparkTrial its = underWay.get((int) message.whole("trial"));
        if (its == null || its.line().filter(line::equals).isEmpty()) {
            return; // it was given up while its last words were on the way
        }
        line.ended();
        Trial trial = Json.trial(search.space(), message.text("ended"));
        end(
                its,
                new TrialExecutor.Completion(
                        trial.number(), trial.outcome(), message.text("fatal").equals("true")));
    }

    private void end(SparkTrial trial, TrialExecutor.Completion completion) {
        underWay.remove(trial.number());
        ended.add(completion);
    }

    private void gone(SparkLine line, String why) {
        for (SparkTrial trial : List.copyOf(underWay.values())) {
            if (trial.line().filter(line::equals).isPresent()) {
                lose(trial, why.isEmpty() ? "its connection ended" : why);
            }
        }
    }

    /** Once: Spark runs its task again by itself. */
    private void lose(SparkTrial trial, String why) {
        lastLoss = trial.line().map(SparkLine::name).orElse("its executor") + " was lost: " + why;
        trial.line().ifPresent(SparkLine::close);
        trial.lost();
        if (!trial.trial().context().proceed()) {
            stop(trial);
        } else if (trial.trial().lost() > 1) {
            fail(trial, lastLoss + "; it was the second one lost with this trial", false);
        }
    }

    private void fail(SparkTrial trial, String reason, boolean isFatal) {
        trial.cancel();
        end(
                trial,
                new TrialExecutor.Completion(
                        trial.number(),
                        trial.trial().failed(reason, "", System.nanoTime()),
                        isFatal));
    }

    private void stop(SparkTrial trial) {
        trial.cancel();
        end(
                trial,
                new TrialExecutor.Completion(
                        trial.number(), trial.trial().stopped(System.nanoTime()), false));
    }

    /** Looks after those that do not stop, and those that Spark has given up. */
    private void watch() throws InterruptedException {
        boolean none = isAlone();
        for (SparkTrial trial : List.copyOf(underWay.values())) {
            if (!fatal.isEmpty() || none) {
                fail(trial, fatal.isEmpty() ? "no executor is left; " + lastLoss : fatal, true);
            } else if (trial.line().isEmpty() && !trial.trial().context().proceed()) {
                stop(trial);
            } else if (trial.line().isEmpty() && trial.isGivenUp()) {
                restart(trial);
            } else if (trial.line().isPresent()) {
                SparkLine line = trial.line().get();
                line.heedStop();
                if (line.stoppingNanos() > GRACE_NANOS) {
                    line.close();
                    stop(trial);
                }
            }
        }
    }

    private void restart(SparkTrial trial) throws InterruptedException {
        String why = trial.failure();
        if (trial.trial().lost() > 1) {
            fail(trial, "Spark gave it up: " + why + "; " + lastLoss, true);
        } else {
            start(trial);
        }
    }

    /** A cluster that has lost all its executors for longer than it may take to get one. */
    private boolean isAlone() {
        if (search.executors() > 0) {
            alone = Long.MAX_VALUE;
            return false;
        }
        long now = System.nanoTime();
        alone = Math.min(alone, now);
        return now - alone > search.patience().toNanos();
    }

    @Override
    public void close() {
        underWay.values().forEach(SparkTrial::cancel);
        search.close();
    }
}
