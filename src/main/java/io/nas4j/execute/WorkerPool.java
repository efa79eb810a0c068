package io.nas4j.execute;

import io.nas4j.estimate.Candidate;
import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.search.TrialExecutor;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The workers of one search: hands trials out, starts a lost worker again and its trial once more.
 */
final class WorkerPool implements TrialExecutor.Session {

    /** A worker that cannot even start is not started for ever. */
    private static final int FAILED_STARTS = 2;

    private static final long LOOK_MILLIS = 100;
    private static final long GRACE_NANOS = 2_000_000_000L;
    private static final long END_MILLIS = 500;

    /** What the workers have in common. */
    record Setup(
            WorkerCommand command,
            List<Message> jobs,
            SearchSpace space,
            Path folder,
            long silentNanos,
            LongSupplier clock) {}

    private record Event(WorkerProcess worker, Message message) {}

    private final Setup setup;
    private final Runnable release;
    private final WorkerProcess[] workers;
    private final int[] failedStarts;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Deque<WorkerTrial> waiting = new ArrayDeque<>();
    private final Deque<TrialExecutor.Completion> ended = new ArrayDeque<>();
    private final List<Trial> news = new ArrayList<>();
    private int underWay;
    private String lastLoss = "";
    private Optional<SearchesAhead> ahead = Optional.empty();

    /**
     * Starts all and waits until they can run trials.
     *
     * @param release when the pool is closed
     * @throws IllegalArgumentException when one cannot
     */
    WorkerPool(Setup setup, Runnable release) {
        this.setup = setup;
        this.release = release;
        this.workers = new WorkerProcess[setup.jobs().size()];
        this.failedStarts = new int[workers.length];
        boolean ready = false;
        boolean interrupted = false;
        try {
            for (int i = 0; i < workers.length; i++) {
                start(i);
            }
            while (!interrupted && !allOpened()) {
                try {
                    await(true);
                } catch (InterruptedException e) {
                    interrupted = true; // the search ends at once
                }
            }
            ready = true;
        } finally {
            if (!ready) {
                close();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean allOpened() {
        for (WorkerProcess worker : workers) {
            if (!worker.isOpened()) {
                return false;
            }
        }
        return true;
    }

    private void start(int index) {
        try {
            workers[index] =
                    WorkerProcess.of(
                            index,
                            setup.command().start(),
                            setup.clock(),
                            setup.folder(),
                            (worker, message) -> events.add(new Event(worker, message)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "worker "
                            + index
                            + " cannot be started: "
                            + e.getMessage()
                            + ". Try fewer workers, or none.",
                    e);
        }
    }

    @Override
    public int slots() {
        return workers.length;
    }

    @Override
    public int window() {
        return ThreadExecutor.WINDOW * workers.length;
    }

    @Override
    public void submit(Candidate candidate, TrialContext context) {
        if (underWay == workers.length) {
            throw new IllegalStateException("all " + underWay + " workers have a trial.");
        }
        underWay++;
        waiting.add(new WorkerTrial(candidate, context, setup.clock().getAsLong()));
        handOut();
    }

    @Override
    public TrialExecutor.Completion next() throws InterruptedException {
        if (underWay == 0) {
            throw new IllegalStateException("no trial is under way. Try submit first.");
        }
        while (ended.isEmpty()) {
            await(false);
        }
        underWay--;
        return ended.remove();
    }

    @Override
    public void tell(Trial trial) {
        news.add(trial);
    }

    @Override
    public SearchStrategy.Session strategy(SearchStrategy strategy, Task task, Fidelity fidelity) {
        ahead = SearchesAhead.of(strategy, task, fidelity, setup);
        return ahead.map(SearchesAhead::session).orElseGet(() -> strategy.open(task, fidelity));
    }

    private void await(boolean opening) throws InterruptedException {
        Event event = events.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        while (event != null) {
            if (workers[event.worker.index()] == event.worker) {
                hear(event.worker, event.message, opening);
            }
            event = events.poll();
        }
        watch(opening);
        handOut();
    }

    private void hear(WorkerProcess worker, Message message, boolean opening)
            throws InterruptedException {
        switch (message.kind()) {
            case "ready" -> {
                Build.requireSame(
                        worker.name(),
                        message,
                        "starting the kernel again: a jar on its class path has changed.");
                worker.send(setup.jobs().get(worker.index()));
            }
            case "opened" -> {
                worker.opened(message);
                failedStarts[worker.index()] = 0;
            }
            case "refused" -> {
                if (opening) {
                    throw refusal(worker, message);
                }
                lose(worker, message.text("reason"), false);
            }
            case "ended" -> end(worker, message);
            case WorkerLine.GONE -> {
                String why = message.text("why");
                lose(worker, why.isEmpty() ? worker.ending() : why, opening);
            }
            default -> {} // of a trial that has ended
        }
    }

    private static RuntimeException refusal(WorkerProcess worker, Message message) {
        return message.text("argument").equals("true")
                ? new IllegalArgumentException(message.text("message"))
                : new IllegalStateException(
                        worker.name() + " cannot run trials: " + message.text("reason"));
    }

    private void end(WorkerProcess worker, Message message) {
        if (worker.trial().isEmpty()) {
            return; // it was given up while its last words were on the way
        }
        Trial trial = Json.trial(setup.space(), message.text("ended"));
        worker.ended();
        ended.add(
                new TrialExecutor.Completion(
                        trial.number(), trial.outcome(), message.text("fatal").equals("true")));
    }

    /** Looks after those that say nothing, or do not stop. */
    private void watch(boolean opening) throws InterruptedException {
        for (WorkerProcess worker : workers) {
            boolean busy = !worker.isOpened() || worker.trial().isPresent();
            worker.heedStop();
            if (worker.stoppingNanos() > GRACE_NANOS) {
                lose(worker, "it did not stop", opening);
            } else if (busy && worker.silentNanos() > setup.silentNanos()) {
                lose(
                        worker,
                        String.format(
                                Locale.ROOT,
                                "no sign of life for %.0f s",
                                worker.silentNanos() / 1e9),
                        opening);
            }
        }
    }

    private void lose(WorkerProcess worker, String why, boolean opening) {
        worker.kill();
        lastLoss = worker.name() + " (process " + worker.pid() + ") was lost: " + why;
        if (opening) {
            throw new IllegalStateException(
                    lastLoss + " while it started. It said: " + worker.lastWords());
        }
        worker.trial().ifPresent(trial -> lose(worker, trial));
        worker.ended();
        boolean begun = worker.isOpened();
        failedStarts[worker.index()] += begun ? 0 : 1;
        if (failedStarts[worker.index()] < FAILED_STARTS) {
            start(worker.index());
        }
    }

    private void lose(WorkerProcess worker, WorkerTrial trial) {
        long now = setup.clock().getAsLong();
        int number = trial.candidate().trial();
        if (!trial.context().proceed()) {
            ended.add(new TrialExecutor.Completion(number, trial.stopped(now), false));
        } else if (trial.lost() > 1) {
            ended.add(
                    new TrialExecutor.Completion(
                            number,
                            trial.failed(
                                    lastLoss + "; it was the second one lost with this trial",
                                    worker.lastWords(),
                                    now),
                            false));
        } else {
            waiting.addFirst(trial);
        }
    }

    private void handOut() {
        for (WorkerProcess worker : workers) {
            if (worker.isIdle() && !waiting.isEmpty()) {
                worker.begin(waiting.remove(), news);
            }
        }
        long now = setup.clock().getAsLong();
        boolean none = isWithoutWorkers();
        for (int i = waiting.size(); i > 0; i--) {
            WorkerTrial trial = waiting.remove();
            int number = trial.candidate().trial();
            if (none) {
                ended.add(
                        new TrialExecutor.Completion(
                                number, trial.failed(lastLoss, "", now), true));
            } else if (!trial.context().proceed()) {
                ended.add(new TrialExecutor.Completion(number, trial.stopped(now), false));
            } else {
                waiting.add(trial);
            }
        }
    }

    private boolean isWithoutWorkers() {
        for (int failed : failedStarts) {
            if (failed < FAILED_STARTS) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        ahead.ifPresent(SearchesAhead::close);
        for (WorkerProcess worker : workers) {
            if (worker != null) {
                worker.release();
            }
        }
        boolean interrupted = false;
        for (WorkerProcess worker : workers) {
            if (worker == null) {
                continue;
            }
            try {
                if (!interrupted && worker.hasEnded(END_MILLIS)) {
                    continue;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
            worker.kill();
        }
        release.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
