package io.nas4j.search;

import io.nas4j.space.Architecture;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The strategy of a run: what it does wrong is said with its name and the proposal's number. */
final class AskedStrategy {

    private final SearchSpec search;
    private final Task task;
    private final SearchStrategy.Session session;
    private final TrialLog log;
    private final TrialExecutor.Session executor;

    AskedStrategy(
            SearchSpec search,
            SearchStrategy.Session session,
            TrialLog log,
            TrialExecutor.Session executor) {
        this.search = search;
        this.task = search.task();
        this.session = session;
        this.log = log;
        this.executor = executor;
    }

    SearchStrategy.Session session() {
        return session;
    }

    Optional<Proposal> ask() {
        return blame(() -> session.ask(log.view(), task.seeds().random(log.next(), "ask")));
    }

    /** Tells it, and the estimator, the next trial that they have not heard of. */
    Trial tell() {
        Trial trial = log.hear();
        executor.tell(trial);
        return blame(
                () -> {
                    session.tell(trial);
                    return trial;
                });
    }

    Optional<Proposal.Evaluate> conclude() {
        return blame(() -> session.conclude(log.history()));
    }

    String ending() {
        return session.ending();
    }

    /** The trials whose weights it may still want, by where they lie; the most wanted first. */
    List<Integer> continuable() {
        return blame(
                () ->
                        session.continuable(log.view()).stream()
                                .map(trial -> log.origin(trial).number())
                                .toList());
    }

    void check(Architecture architecture) {
        try {
            task.space().check(architecture);
        } catch (IllegalArgumentException e) {
            throw mistake(e.getMessage(), e);
        }
    }

    IllegalStateException mistake(String what, Throwable cause) {
        return new IllegalStateException(
                "strategy " + search.strategy() + " failed at proposal " + log.next() + ": " + what,
                cause);
    }

    private <T> T blame(Supplier<T> step) {
        try {
            return step.get();
        } catch (RuntimeException e) {
            throw mistake(Outcome.Failed.reason(e), e);
        }
    }
}
