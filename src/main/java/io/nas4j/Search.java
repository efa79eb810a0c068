package io.nas4j;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Confirmation;
import io.nas4j.curve.StoppingRule;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.execute.ThreadExecutor;
import io.nas4j.execute.Workers;
import io.nas4j.journal.JournalContent;
import io.nas4j.notebook.LiveBoxes;
import io.nas4j.notebook.LiveDryRun;
import io.nas4j.notebook.LiveListener;
import io.nas4j.operation.Operation;
import io.nas4j.screen.Screened;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchListener;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.TrialExecutor;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Earlier;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Repeated;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.WarmStarted;
import io.nas4j.train.Devices;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.view.ThreeBoxes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

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

    private final SearchSpec spec;
    private final boolean budgeted;
    private final int seeds;
    private final boolean live;
    private final Optional<Screen> screen;
    private final Warm warm;
    private final AtomicReference<SearchResult> latest = new AtomicReference<>();

    /** What is looked at before the strategy begins. */
    private record Screen(PerformanceEstimator by, int draws) {}

    /** What the strategy begins with, besides nothing. */
    private record Warm(List<Architecture> first, Optional<History> earlier) {
        private static final Warm COLD = new Warm(List.of(), Optional.empty());
    }

    private Search(
            SearchSpec spec,
            boolean budgeted,
            int seeds,
            boolean live,
            Optional<Screen> screen,
            Warm warm) {
        this.spec = spec;
        this.budgeted = budgeted;
        this.seeds = seeds;
        this.live = live;
        this.screen = screen;
        this.warm = warm;
    }

    /** The embedded images, read once, and not before a search is written down. */
    private static final class Sample {
        static final Data DATA = Readers.fashionMnistSample();
    }

    static Search of(SearchSpace space) {
        SearchStrategy random = new RandomSearch();
        return new Search(
                SearchSpec.of(
                        new Task(space, Sample.DATA, new Seeds(0)),
                        random,
                        Nas.lowFidelity(5),
                        defaultBudget(random)),
                false,
                1,
                true,
                Optional.empty(),
                Warm.COLD);
    }

    private Search with(SearchSpec other) {
        return new Search(other, budgeted, seeds, live, screen, warm);
    }

    /**
     * What networks learn; unless said, the embedded sample of Fashion-MNIST.
     *
     * @param data images or rows
     * @return a copy
     */
    public Search data(Data data) {
        return with(spec.task(spec.task().data(data)));
    }

    /**
     * What to try next; unless said, {@code RANDOM}.
     *
     * @param strategy one of this library, or your own
     * @return a copy
     */
    public Search strategy(SearchStrategy strategy) {
        return with(spec.strategy(strategy));
    }

    /**
     * How good a candidate is; unless said, {@code lowFidelity(5)}.
     *
     * @param estimator one of this library, or your own
     * @return a copy
     */
    public Search estimator(PerformanceEstimator estimator) {
        return with(spec.estimator(estimator));
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
        return new Search(spec.budget(budget), true, seeds, live, screen, warm);
    }

    /**
     * Where all randomness comes from; unless said, 0. The same seed gives the same trials.
     *
     * @param seed any number
     * @return a copy
     */
    public Search seed(long seed) {
        return with(spec.task(spec.task().seeds(new Seeds(seed))));
    }

    /**
     * Searches several times, each time from a seed of its own, and lets the estimator choose
     * between the answers: for {@code DARTS} and its kin, whose answers differ from seed to seed.
     * With {@link #workers} of 2 or more, these train one search each, ahead of their turn; with
     * {@link #parallel} or on Spark the searches train one after the other in this JVM, since it
     * has one gradient collector, and only what they propose is estimated there.
     *
     * @param times for example 4, as DARTS' authors do; {@link SearchAnalysis#spread} tells how
     *     much the answers differ
     * @return a copy
     */
    public Search seeds(int times) {
        return new Search(spec, budgeted, times, live, screen, warm);
    }

    /**
     * Looks at many architectures by a cheap estimator first, and lets the best of them stand in
     * for the random ones that the strategy would begin with: {@code RANDOM} estimates the best,
     * one after the other, {@code EVOLUTION} has them as its first population. Each look is a trial
     * of the cheap estimator's measure, which a budget of trials does not count.
     *
     * @param draws how many are looked at, at least 2, for example 1,000
     * @param by a zero-cost proxy, or any other estimator than the search's
     * @return a copy
     */
    public Search screen(int draws, PerformanceEstimator by) {
        return new Search(spec, budgeted, seeds, live, Optional.of(new Screen(by, draws)), warm);
    }

    /**
     * Estimates some architectures before the strategy is asked for any: one that is known to be
     * good, a published cell, the best of another search. They are ordinary trials, count in the
     * budget, and the strategy learns from them.
     *
     * @param architectures of this space, in this order; those of earlier calls come first
     * @return a copy
     */
    public Search tryFirst(Architecture... architectures) {
        List<Architecture> all = new ArrayList<>(warm.first());
        all.addAll(List.of(architectures));
        return new Search(
                spec, budgeted, seeds, live, screen, new Warm(List.copyOf(all), warm.earlier()));
    }

    /**
     * Lets the strategy know the scored trials of an earlier search of the same space by the same
     * measure, as if this search had begun with them: they count as its random beginning, and are
     * not proposed again. They are no trials of this search: its budget, its history, its journal
     * and its answer are its own ({@code tryFirst(earlier.architecture())} brings the best of them
     * in). A journal remembers which trials these were, and goes on with the same only.
     *
     * @param earlier what was tried there
     * @return a copy
     */
    public Search startFrom(History earlier) {
        return new Search(
                spec, budgeted, seeds, live, screen, new Warm(warm.first(), Optional.of(earlier)));
    }

    /**
     * Lets the strategy know the trials in the journal of an earlier search, as {@link
     * #startFrom(History)}.
     *
     * @param journal its file
     * @return a copy
     * @throws IllegalArgumentException when it cannot be read
     */
    public Search startFrom(Path journal) {
        try {
            return startFrom(
                    JournalContent.read(journal, space().ownOperations().toArray(Operation[]::new))
                            .history());
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "journal "
                            + journal
                            + " must be a file that can be read: "
                            + Outcome.Failed.reason(e)
                            + ". Try another file.",
                    e);
        }
    }

    /**
     * Where networks train; unless said, the GPU when DJL sees one, else the CPU.
     *
     * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:1}
     * @return a copy
     */
    public Search device(String device) {
        return with(spec.task(spec.task().device(device)));
    }

    /**
     * Runs several trials at once in threads of this JVM: look-ups, proxies of your own, functions.
     * What trains is refused; {@link #workers} runs it.
     *
     * @param threads how many trials at once, at least 1; default 1
     * @return a copy
     */
    public Search parallel(int threads) {
        return with(spec.executor(new ThreadExecutor(threads)));
    }

    /**
     * Runs several trials at once in processes of their own on this machine, each with its share of
     * the cores; they end with the search. Small networks train fastest by a worker a core; {@link
     * Workers#threads} takes fewer cores a worker. A worker that dies is started again, and its
     * trial is run once more. The estimator must be one of this library, or a record of your own.
     *
     * @param count how many trials at once, at least 1
     * @return a copy
     */
    public Search workers(int count) {
        Task task = spec.task();
        // which device is whose was another executor's matter
        Task shared = task.devices().size() == 1 ? task : task.device(Devices.AUTO);
        return with(spec.task(shared).executor(Workers.of(count)));
    }

    /**
     * Runs on several devices at once.
     *
     * <ul>
     *   <li>A trial runs on one device, in a process of its own, as {@link #workers} does; there
     *       are as many at once as devices.
     *   <li>A supernet that the strategy itself trains ({@code DARTS} and its kin, {@code ONE_SHOT}
     *       and its kin) is trained by all devices together: each has a replica of the weights and
     *       its part of every batch, and each step is that of the whole batch, but for the
     *       normalisation: a device normalises by its own part. So a larger {@code batch} than on
     *       one device suits several. Data and optimizer are on the first device. A batch need not
     *       be divisible, but is refused with fewer than two images a device. A search that was
     *       stopped may go on with other devices, or with one.
     *   <li>With {@link #seeds} each device trains one such search alone.
     * </ul>
     *
     * <p>For one supernet on one device, name that device alone.
     *
     * @param names for example {@code gpu:0} and {@code gpu:1}
     * @return a copy
     */
    public Search devices(String... names) {
        TrialExecutor executor = Workers.on(names);
        return with(spec.task(spec.task().devices(List.of(names))).executor(executor));
    }

    /**
     * Runs trials where this says; unless said, one after the other in this thread.
     *
     * @param executor for example {@code spark("spark://host:7077")}
     * @return a copy
     */
    public Search executor(TrialExecutor executor) {
        return with(spec.executor(executor));
    }

    /**
     * Runs the search as if it had many workers, on a virtual clock: what more of them would be
     * worth, and which strategies would keep them waiting. A trial takes what its estimate says
     * that it cost, times a random factor (log-normal, of mean 1 and a deviation of 0.5 in the
     * logarithm), and one in a hundred loses its worker; so this is for tables.
     *
     * @param workers from 1 to 100,000
     * @return the history and its times; nothing is shown or remembered
     */
    public Simulation simulate(int workers) {
        return Simulation.of(settled(), workers);
    }

    /**
     * Records every trial, and goes on where the file already holds some: a killed search resumes
     * exactly.
     *
     * @param file JSON lines; created when absent
     * @return a copy
     */
    public Search journal(Path file) {
        return with(spec.journal(file));
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
        return with(spec.repeats(true));
    }

    /**
     * Ends trainings that are not worth going on with; unless said, every one comes to its end. A
     * trial that is stopped early is shown as such, with how far it came; it has no score and is
     * not ranked.
     *
     * @param rule for example {@code medianRule()} or {@code extrapolation()}
     * @return a copy
     */
    public Search stopEarly(StoppingRule rule) {
        return with(spec.stopping(rule));
    }

    /**
     * Estimates the best again with new seeds when the budget is spent, and answers with the best
     * by the mean of these new scores: of many noisy scores the highest is lucky. The new trials
     * come on top of the budget, are in the history and the journal under a measure of their own,
     * and their cost is theirs; {@link SearchResult#confirmed()} shows them.
     *
     * @param top how many of the best, at least 1
     * @param seeds how often each: {@code seeds(3)}
     * @return a copy
     */
    public Search confirm(int top, Confirmation.NewSeeds seeds) {
        return with(spec.confirmation(new Confirmation(top, seeds.count())));
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
        return with(spec.objectives(objectives));
    }

    /**
     * Adds a listener.
     *
     * @param listener hears every event
     * @return a copy
     */
    public Search listener(SearchListener listener) {
        return with(spec.listener(listener));
    }

    /**
     * Runs without the live view.
     *
     * @return a copy
     */
    public Search quiet() {
        return new Search(spec, budgeted, seeds, false, screen, warm);
    }

    /**
     * Asks how far an estimator can be trusted on this space and data, instead of searching.
     *
     * @param estimator what is to be judged
     * @param reference what judges it: a longer training, or a table
     * @return a comparison with the defaults: 30 random networks, this search's seed
     */
    public TrustMeter trust(PerformanceEstimator estimator, PerformanceEstimator reference) {
        return TrustMeter.of(spec, live, estimator, reference);
    }

    /**
     * Asks how far an estimator can be trusted, judged by the trials of an earlier search.
     *
     * @param estimator what is to be judged
     * @param reference whose architectures are scored
     * @return a comparison with the defaults
     * @throws IllegalArgumentException when none of its architectures is of this space
     */
    public TrustMeter trust(PerformanceEstimator estimator, History reference) {
        return trust(estimator, TrustReference.of(space(), reference, "the reference"));
    }

    /**
     * Asks how far an estimator can be trusted, judged by the journal of an earlier search.
     *
     * @param estimator what is to be judged
     * @param journal whose architectures are scored
     * @return a comparison with the defaults
     * @throws IllegalArgumentException when it cannot be read, or none of its architectures is of
     *     this space
     */
    public TrustMeter trust(PerformanceEstimator estimator, Path journal) {
        return trust(estimator, TrustReference.of(space(), journal));
    }

    /**
     * The three components that this search is put together from, before it runs.
     *
     * @return a picture
     */
    public ThreeBoxes components() {
        return LiveBoxes.summary(spec, History.empty(spec.estimator().measure()));
    }

    /**
     * Which architectures exist.
     *
     * @return the space that the search was begun with
     */
    public SearchSpace space() {
        return spec.task().space();
    }

    /**
     * Runs; blocks until the end. Interrupting (the notebook's Stop button) ends it at the next
     * batch; what was found until then is in {@link #result()} and {@link Nas#last()}.
     *
     * @return what was found
     * @throws IllegalArgumentException before anything trains, when the parts do not fit each other
     */
    public SearchResult run() {
        SearchSpec whole = spec();
        SearchLoop loop = new SearchLoop(whole);
        SearchResult running = new SearchResult(whole, loop, live);
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
     * @throws CancellationException when interrupted meanwhile
     */
    public ResourceEstimate dryRun() {
        SearchSpec whole = settled();
        try {
            return live
                    ? SearchDryRun.shown(whole, LiveDryRun.here(whole.title(), components()))
                    : SearchDryRun.of(whole);
        } catch (InterruptedException e) {
            throw Interruption.of(e);
        }
    }

    private SearchSpec spec() {
        SearchSpec whole = settled();
        return live ? whole.listener(LiveListener.here()) : whole;
    }

    private SearchSpec settled() {
        SearchStrategy begun = warm.equals(Warm.COLD) ? spec.strategy() : warmed();
        SearchStrategy strategy = seeds == 1 ? begun : new Repeated(begun, seeds);
        SearchSpec searched = spec.strategy(strategy);
        SearchSpec whole = budgeted ? searched : searched.budget(defaultBudget(strategy));
        return screen.map(before -> screened(whole, before)).orElse(whole);
    }

    private SearchStrategy warmed() {
        String measure = spec.estimator().measure();
        warm.earlier()
                .ifPresent(
                        history ->
                                require(
                                        history.measure().equals(measure),
                                        "scores of different measures are not learnt from together:"
                                                + " the earlier search has %s, this one %s. Try the"
                                                + " same estimator.",
                                        history.measure(),
                                        measure));
        Earlier earlier =
                warm.earlier().map(history -> Earlier.of(space(), history)).orElse(Earlier.NONE);
        return new WarmStarted(spec.strategy(), warm.first(), earlier);
    }

    private static SearchSpec screened(SearchSpec search, Screen before) {
        Screened screened = new Screened(search.strategy(), before.by(), before.draws());
        require(
                !before.by().measure().equals(search.estimator().measure()),
                "a screen needs a cheaper estimator than the search's, but both are %s. Try"
                        + " SYNFLOW.",
                before.by().measure());
        int looks = screened.looks(search.task().space());
        return search.strategy(screened).budget(new Budget.After(looks, search.budget()));
    }

    /** A strategy's slices are trials too; the one that scores its answer comes on top. */
    private static Budget defaultBudget(SearchStrategy strategy) {
        return Budget.trials(strategy.slices().orElse(DEFAULT_TRIALS));
    }

    @Override
    public String toString() {
        return space()
                + "\nstrategy "
                + spec.strategy()
                + "\nestimator "
                + spec.estimator()
                + "\nbudget "
                + settled().budget()
                + ", seed "
                + spec.task().seeds().master()
                + (seeds == 1 ? "" : " and " + (seeds - 1) + " more");
    }
}
