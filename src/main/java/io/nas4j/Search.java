package io.nas4j;

import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.notebook.LiveListener;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchListener;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Repeated;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Objective;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A search as it is written down: an immutable fluent value, so a notebook cell can branch from one
 * base. Every setting returns a copy; {@link #run} runs it.
 *
 * <pre>{@code
 * SearchResult result = Nas.space(cells()).strategy(DARTS).estimator(lowFidelity(10)).run();
 * }</pre>
 */
public final class Search {

    private static final int DEFAULT_TRIALS = 20;

    /** The fields of a copy under way; never shared, so that {@link Search} stays a value. */
    private static final class Draft implements Cloneable {
        private SearchSpace space;
        private Optional<Data> data = Optional.empty();
        private SearchStrategy strategy = new RandomSearch();
        private PerformanceEstimator estimator = Nas.lowFidelity(5);
        private Optional<Budget> budget = Optional.empty();
        private long seed;
        private int seeds = 1;
        private String device = "auto";
        private Optional<Path> journal = Optional.empty();
        private boolean repeats;
        private boolean live = true;
        private List<Objective> objectives = List.of();
        private List<SearchListener> listeners = List.of();

        @Override
        public Draft clone() {
            try {
                return (Draft) super.clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("a draft can be cloned", e);
            }
        }
    }

    private final Draft draft;
    private final AtomicReference<SearchResult> latest = new AtomicReference<>();

    private Search(Draft draft) {
        this.draft = draft;
    }

    static Search of(SearchSpace space) {
        Draft draft = new Draft();
        draft.space = space;
        return new Search(draft);
    }

    private Search with(Consumer<Draft> change) {
        Draft copy = draft.clone();
        change.accept(copy);
        return new Search(copy);
    }

    /**
     * What networks learn; unless said, the embedded sample of Fashion-MNIST.
     *
     * @param data images or rows
     * @return a copy
     */
    public Search data(Data data) {
        return with(d -> d.data = Optional.of(data));
    }

    /**
     * What to try next; unless said, {@code RANDOM}.
     *
     * @param strategy one of this library, or your own
     * @return a copy
     */
    public Search strategy(SearchStrategy strategy) {
        return with(d -> d.strategy = strategy);
    }

    /**
     * How good a candidate is; unless said, {@code lowFidelity(5)}.
     *
     * @param estimator one of this library, or your own
     * @return a copy
     */
    public Search estimator(PerformanceEstimator estimator) {
        return with(d -> d.estimator = estimator);
    }

    /**
     * An estimator of your own, as a function of the candidate.
     *
     * @param name what its scores are called
     * @param score higher is better
     * @return a copy
     */
    public Search estimator(String name, PerformanceEstimator.Score score) {
        return estimator(PerformanceEstimator.of(name, score));
    }

    /**
     * When to end; unless said, after 20 trials, and a strategy that trains by itself when that
     * training is over.
     *
     * @param budget for example {@code trials(50).or(minutes(10))}
     * @return a copy
     */
    public Search budget(Budget budget) {
        return with(d -> d.budget = Optional.of(budget));
    }

    /**
     * Where all randomness comes from; unless said, 0. The same seed gives the same trials.
     *
     * @param seed any number
     * @return a copy
     */
    public Search seed(long seed) {
        return with(d -> d.seed = seed);
    }

    /**
     * Searches several times, each time from a seed of its own, and lets the estimator choose
     * between the answers: for {@code DARTS} and its kin, whose answers differ from seed to seed.
     *
     * @param times for example 4, as DARTS' authors do; {@link SearchResult#spread} tells how much
     *     the answers differ
     * @return a copy
     */
    public Search seeds(int times) {
        return with(d -> d.seeds = times);
    }

    /**
     * Where networks train; unless said, the GPU when DJL sees one, else the CPU.
     *
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:1}
     * @return a copy
     */
    public Search device(String device) {
        return with(d -> d.device = device);
    }

    /**
     * Records every trial, and goes on where the file already holds some: a killed search resumes
     * exactly.
     *
     * @param file JSON lines; created when absent
     * @return a copy
     */
    public Search journal(Path file) {
        return with(d -> d.journal = Optional.of(file));
    }

    /**
     * As {@link #journal(Path)}.
     *
     * @param file its path
     * @return a copy
     */
    public Search journal(String file) {
        return journal(Path.of(file));
    }

    /**
     * Estimates equal networks again, for a noisy estimator; unless said, the earlier estimate is
     * served and costs nothing.
     *
     * @return a copy
     */
    public Search allowRepeats() {
        return with(d -> d.repeats = true);
    }

    /**
     * What the search wants, stated once: {@code NSGA2} optimises it, and {@link
     * SearchResult#pareto()} ranks by it. Other strategies optimise the score alone, and {@link
     * #run} says so in a warning. Unless stated, the score; of {@code NSGA2}, the score against the
     * parameters.
     *
     * @param objectives at least one, each reported by the estimator
     * @return a copy
     */
    public Search objectives(Objective... objectives) {
        return with(d -> d.objectives = List.of(objectives));
    }

    /**
     * Adds a listener.
     *
     * @param listener hears every event
     * @return a copy
     */
    public Search listener(SearchListener listener) {
        return with(
                d ->
                        d.listeners =
                                Stream.concat(d.listeners.stream(), Stream.of(listener)).toList());
    }

    /**
     * Runs without the live view.
     *
     * @return a copy
     */
    public Search quiet() {
        return with(d -> d.live = false);
    }

    public SearchSpace space() {
        return draft.space;
    }

    /**
     * Runs; blocks until the end. Interrupting (the notebook's Stop button) ends it at the next
     * batch; what was found until then is in {@link #result()} and {@link Nas#last()}.
     *
     * @return what was found
     * @throws IllegalArgumentException before anything trains, when the parts do not fit each other
     */
    public SearchResult run() {
        SearchSpec spec = spec();
        SearchLoop loop = new SearchLoop(spec);
        SearchResult running = new SearchResult(spec, loop);
        latest.set(running);
        Nas.remember(running);
        RunResult finished = loop.run();
        return running.ended(finished);
    }

    /**
     * The result of this search's latest run, also while it runs and after it was interrupted.
     *
     * @return empty before the first run
     */
    public Optional<SearchResult> result() {
        return Optional.ofNullable(latest.get());
    }

    /**
     * Runs a few steps of the search's parts, which takes some seconds, and estimates the memory
     * and the time of the whole from them; nothing is kept of the steps. {@link #run} refuses by
     * itself what would not fit into the memory.
     *
     * @return prints as a sentence
     * @throws IllegalArgumentException when the parts do not fit each other
     * @throws InterruptedException when interrupted meanwhile
     */
    public ResourceEstimate dryRun() throws InterruptedException {
        return SearchDryRun.of(spec());
    }

    private SearchSpec spec() {
        Data data = draft.data.orElseGet(Readers::fashionMnistSample);
        Task task =
                new Task(draft.space, data, draft.objectives, new Seeds(draft.seed), draft.device);
        SearchStrategy strategy = strategy();
        SearchSpec spec =
                SearchSpec.of(
                                task,
                                strategy,
                                draft.estimator,
                                draft.budget.orElseGet(() -> defaultBudget(strategy)))
                        .repeats(draft.repeats);
        if (draft.journal.isPresent()) {
            spec = spec.journal(draft.journal.get());
        }
        for (SearchListener listener : draft.listeners) {
            spec = spec.listener(listener);
        }
        return draft.live ? spec.listener(LiveListener.here()) : spec;
    }

    private SearchStrategy strategy() {
        return draft.seeds == 1 ? draft.strategy : new Repeated(draft.strategy, draft.seeds);
    }

    /** A strategy's slices are trials too; the one that scores its answer comes on top. */
    private static Budget defaultBudget(SearchStrategy strategy) {
        return Budget.trials(strategy.slices().orElse(DEFAULT_TRIALS));
    }

    @Override
    public String toString() {
        return draft.space
                + "\nstrategy "
                + draft.strategy
                + "\nestimator "
                + draft.estimator
                + "\nbudget "
                + draft.budget.orElseGet(() -> defaultBudget(strategy()))
                + ", seed "
                + draft.seed
                + (draft.seeds == 1 ? "" : " and " + (draft.seeds - 1) + " more");
    }
}
