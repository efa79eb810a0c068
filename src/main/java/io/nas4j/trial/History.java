package io.nas4j.trial;

import static io.nas4j.space.Require.require;

import io.nas4j.space.OptionWeights;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.function.Predicate;

/**
 * All trials of a search so far, in order: an immutable view of an append-only array, safe to share
 * between threads. {@link #plus} is O(1) amortised.
 */
public final class History {

    private final Log log;
    private final String measure;
    private final int size;
    private final int scored;
    private final Trial best;

    private History(Log log, String measure, int size, int scored, Trial best) {
        this.log = log;
        this.measure = measure;
        this.size = size;
        this.scored = scored;
        this.best = best;
    }

    /**
     * No trial yet.
     *
     * @param measure the search's own measure: only its trials are ranked
     * @return an empty history
     */
    public static History empty(String measure) {
        return new History(new Log(), measure, 0, 0, null);
    }

    /**
     * This history and one more trial.
     *
     * @param trial its number must be {@link #size()}
     * @return a new view
     */
    public History plus(Trial trial) {
        require(
                trial.number() == size,
                "the next trial must have number %d, but has %d.",
                size,
                trial.number());
        boolean ranked = trial.measure().equals(measure) && trial.score().isPresent();
        Log target = log.append(trial, size, scored, ranked);
        boolean better = ranked && (best == null || outranks(trial, best));
        return new History(
                target, measure, size + 1, scored + (ranked ? 1 : 0), better ? trial : best);
    }

    /** Of two fidelities the larger is nearer to the truth, whatever the scores. */
    private static boolean outranks(Trial trial, Trial other) {
        int epochs = Integer.compare(trial.fidelity().epochs(), other.fidelity().epochs());
        return epochs > 0
                || (epochs == 0 && trial.score().getAsDouble() > other.score().getAsDouble());
    }

    /**
     * The measure that trials are ranked by: the search's own.
     *
     * @return for example {@code train(epochs=10)}
     */
    public String measure() {
        return measure;
    }

    /**
     * How many trials there are, of whatever outcome.
     *
     * @return at least 0
     */
    public int size() {
        return size;
    }

    /**
     * Whether there is no trial yet.
     *
     * @return true before the first
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * All trials.
     *
     * @return oldest first
     */
    public List<Trial> trials() {
        return new View(log.trials, size);
    }

    /**
     * The completed trials of the search's own measure, repeats included.
     *
     * @return oldest first
     */
    public List<Trial> scored() {
        return new View(log.scored, scored);
    }

    /**
     * The best completed trial of the search's own measure, among those of the most epochs; the
     * earliest of equals.
     *
     * @return empty before the first
     */
    public Optional<Trial> best() {
        return Optional.ofNullable(best);
    }

    /**
     * The trials that may be ranked against each other: the scored ones of the search's own
     * measure, of as many epochs as {@link #best()} and as much data, width and resolution.
     *
     * @return oldest first, repeats included
     */
    public List<Trial> comparable() {
        return best == null
                ? List.of()
                : scored().stream()
                        .filter(trial -> trial.fidelity().equals(best.fidelity()))
                        .toList();
    }

    /**
     * The {@link #comparable()} trials in the order of their scores.
     *
     * @return best first; of equals the earlier
     */
    public List<Trial> ranked() {
        return comparable().stream()
                .sorted(Comparator.comparingDouble(trial -> -trial.value()))
                .toList();
    }

    /**
     * The newest trial that has a score, by whatever measure.
     *
     * @return empty where none has
     */
    public Optional<Trial> latestScored() {
        return latest(trial -> trial.score().isPresent());
    }

    /**
     * Why the newest failed trial failed.
     *
     * @return in words; empty where none has failed
     */
    public Optional<String> lastFailure() {
        return latest(trial -> trial.outcome() instanceof Outcome.Failed)
                .map(trial -> ((Outcome.Failed) trial.outcome()).reason());
    }

    /**
     * What the strategy believed last.
     *
     * @return empty where it has told of no weights
     */
    public OptionWeights learned() {
        return latest(
                        trial ->
                                trial.outcome() instanceof Outcome.Completed completed
                                        && !completed.learned().isEmpty())
                .map(trial -> ((Outcome.Completed) trial.outcome()).learned())
                .orElse(OptionWeights.NONE);
    }

    private Optional<Trial> latest(Predicate<Trial> which) {
        for (int i = size - 1; i >= 0; i--) {
            if (which.test(log.trials[i])) {
                return Optional.of(log.trials[i]);
            }
        }
        return Optional.empty();
    }

    /**
     * A part of this history as a history of its own, counted from 0.
     *
     * @param start the number of its first trial, in [0, size]
     * @return this where {@code start} is 0; else a copy of the trials from there on
     */
    public History since(int start) {
        if (start == 0) {
            return this;
        }
        History part = empty(measure);
        for (Trial trial : trials().subList(start, size)) {
            part = part.plus(trial.renumbered(start));
        }
        return part;
    }

    /**
     * How many trials were run, and how many were repeats, whose earlier estimate was served again.
     *
     * @return for example {@code 20 trials and 1 repeat}
     */
    public String counted() {
        int repeats = (int) trials().stream().filter(Trial::reused).count();
        int run = size - repeats;
        return run
                + (run == 1 ? " trial" : " trials")
                + (repeats == 0 ? "" : " and " + repeats + (repeats == 1 ? " repeat" : " repeats"));
    }

    @Override
    public String toString() {
        return counted() + best().map(trial -> ", best " + trial.score().getAsDouble()).orElse("");
    }

    /** Shared storage; only the view that ends where it ends may append, others copy. */
    private static final class Log {
        private Trial[] trials = new Trial[16];
        private Trial[] scored = new Trial[16];
        private int size;

        synchronized Log append(Trial trial, int at, int scoredAt, boolean ranked) {
            if (at != size) {
                Log fork = new Log();
                fork.trials = Arrays.copyOf(trials, Math.max(16, at + 1));
                fork.scored = Arrays.copyOf(scored, Math.max(16, scoredAt + 1));
                fork.size = at;
                return fork.append(trial, at, scoredAt, ranked);
            }
            if (at == trials.length) {
                trials = Arrays.copyOf(trials, 2 * at);
            }
            trials[at] = trial;
            if (ranked) {
                if (scoredAt == scored.length) {
                    scored = Arrays.copyOf(scored, 2 * scoredAt);
                }
                scored[scoredAt] = trial;
            }
            size++;
            return this;
        }
    }

    private static final class View extends AbstractList<Trial> implements RandomAccess {
        private final Trial[] trials;
        private final int size;

        View(Trial[] trials, int size) {
            this.trials = trials;
            this.size = size;
        }

        @Override
        public Trial get(int index) {
            return trials[java.util.Objects.checkIndex(index, size)];
        }

        @Override
        public int size() {
            return size;
        }
    }
}
