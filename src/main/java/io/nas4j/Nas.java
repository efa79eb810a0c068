package io.nas4j;

import io.nas4j.analysis.Confirmation;
import io.nas4j.controller.RnnController;
import io.nas4j.curve.Extrapolated;
import io.nas4j.curve.ExtrapolationRule;
import io.nas4j.curve.MedianRule;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.NasBench201;
import io.nas4j.estimate.NasBenchGraph;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.ScoreTable;
import io.nas4j.estimate.SmallBench;
import io.nas4j.estimate.Tabular;
import io.nas4j.execute.Spark;
import io.nas4j.gradient.Darts;
import io.nas4j.gradient.DrNas;
import io.nas4j.gradient.Gdas;
import io.nas4j.gradient.PcDarts;
import io.nas4j.hardware.Demand;
import io.nas4j.hardware.Latency;
import io.nas4j.hardware.Measured;
import io.nas4j.hardware.NetworkSize;
import io.nas4j.hardware.PeakMemory;
import io.nas4j.hardware.Weighted;
import io.nas4j.nn.Blocks;
import io.nas4j.notebook.Notebooks;
import io.nas4j.oneshot.Enas;
import io.nas4j.oneshot.OneShot;
import io.nas4j.oneshot.RandomSharing;
import io.nas4j.oneshot.SharedWeights;
import io.nas4j.operation.Operation;
import io.nas4j.predictor.Predicted;
import io.nas4j.proxy.Proxy;
import io.nas4j.proxy.RankedProxies;
import io.nas4j.proxy.ZeroCost;
import io.nas4j.search.Budget;
import io.nas4j.space.Constraint;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.space.Walk;
import io.nas4j.strategy.Asha;
import io.nas4j.strategy.Bananas;
import io.nas4j.strategy.Bayesian;
import io.nas4j.strategy.Bohb;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.GridSearch;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.LocalSearch;
import io.nas4j.strategy.Nsga2;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Reinforce;
import io.nas4j.strategy.Tpe;
import io.nas4j.train.Inherited;
import io.nas4j.train.TrainingEstimator;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import tech.tablesaw.api.Table;

/**
 * The entry: everything that a notebook cell names, in one static import.
 *
 * <pre>{@code
 * import static io.nas4j.Nas.*;
 *
 * SearchResult result = Nas.space(cells()).strategy(DARTS).estimator(lowFidelity(10)).run();
 * }</pre>
 */
public final class Nas {

    /** Uniform samples: all exploration, and the baseline to beat. */
    public static final RandomSearch RANDOM = new RandomSearch();

    /** Every architecture in order. */
    public static final GridSearch GRID = new GridSearch();

    /** Hill climbing with restarts: all exploitation. */
    public static final LocalSearch LOCAL_SEARCH = new LocalSearch();

    /** Regularized evolution, as AmoebaNet's. */
    public static final Evolution EVOLUTION = new Evolution();

    /** Policy gradient on one softmax per decision. */
    public static final Reinforce REINFORCE = new Reinforce();

    /** Zoph and Le's LSTM: writes an architecture token by token, learns by REINFORCE. */
    public static final RnnController RNN_CONTROLLER = new RnnController();

    /** Tree-structured Parzen estimator. */
    public static final Tpe TPE = new Tpe();

    /** Gaussian process and expected improvement. */
    public static final Bayesian BAYESIAN = new Bayesian();

    /**
     * Ridge regression on random features of a path encoding, Thompson sampling; {@code
     * Bananas.paper()} trains networks instead.
     */
    public static final Bananas BANANAS = new Bananas();

    /** Many briefly, few long: brackets of successive halving. */
    public static final Hyperband HYPERBAND = new Hyperband();

    /** Successive halving without waiting. */
    public static final Asha ASHA = new Asha();

    /** Hyperband whose candidates a Parzen estimator proposes. */
    public static final Bohb BOHB = new Bohb();

    /** Several objectives at once: a Pareto front. */
    public static final Nsga2 NSGA2 = new Nsga2();

    /** Gradient descent on a relaxed space, first order. */
    public static final Darts DARTS = new Darts();

    /** DARTS on a half of the channels, with edge weights. */
    public static final PcDarts PC_DARTS = new PcDarts();

    /** DARTS that draws one path per step, by Gumbel softmax. */
    public static final Gdas GDAS = new Gdas();

    /** DARTS whose mixtures are drawn from Dirichlet distributions that alpha shapes. */
    public static final DrNas DRNAS = new DrNas();

    /** DARTS with alpha at rest: what stays is what the trained network misses most. */
    public static final Darts DARTS_PT = new Darts().perturbation();

    /** A supernet whose paths an LSTM draws, which learns which of them score well. */
    public static final Enas ENAS = new Enas();

    /** A supernet trained on single paths drawn uniformly, then an evolution over its scores. */
    public static final OneShot ONE_SHOT = new OneShot();

    /** How much flows through the network of absolute weights: no data. See {@link Proxy}. */
    public static final ZeroCost SYNFLOW = ZeroCost.of(Proxy.SYNFLOW);

    /** How different the activation codes of different images are. */
    public static final ZeroCost NASWOT = ZeroCost.of(Proxy.NASWOT);

    /** How different the input gradients of different images are. */
    public static final ZeroCost JACOB_COV = ZeroCost.of(Proxy.JACOB_COV);

    /** Weights times their gradient. */
    public static final ZeroCost SNIP = ZeroCost.of(Proxy.SNIP);

    /** Length of the gradient. */
    public static final ZeroCost GRAD_NORM = ZeroCost.of(Proxy.GRAD_NORM);

    /** Activations times their gradient. */
    public static final ZeroCost FISHER = ZeroCost.of(Proxy.FISHER);

    /** How far a small step of the input moves the features: no data. */
    public static final ZeroCost ZEN = ZeroCost.of(Proxy.ZEN);

    /** More parameters are better: what every other proxy must beat. */
    public static final ZeroCost PARAMETERS = ZeroCost.of(Proxy.PARAMETERS);

    /** More multiply-adds are better. */
    public static final ZeroCost MULTIPLY_ADDS = ZeroCost.of(Proxy.MULTIPLY_ADDS);

    /** {@link #ONE_SHOT}, where each step trains every option once (FairNAS). */
    public static final OneShot FAIR_NAS = OneShot.fairNas();

    /** Random search whose architectures share the weights of one supernet. */
    public static final RandomSharing RANDOM_SHARED = new RandomSharing();

    /** NAS-Bench-201's tables. */
    public static final NasBench201 CIFAR10 = NasBench201.CIFAR10;

    /** NAS-Bench-201 on CIFAR-100. */
    public static final NasBench201 CIFAR100 = NasBench201.CIFAR100;

    /** NAS-Bench-201 on ImageNet16-120. */
    public static final NasBench201 IMAGENET16_120 = NasBench201.IMAGENET16_120;

    /** Every network of {@link #smallBench()}, with its learning curve. */
    public static final SmallBench SMALL_BENCH = SmallBench.FASHION_MNIST;

    /** NAS-Bench-Graph's tables, for {@link #nasBenchGraph()}: Cora, papers by who cites whom. */
    public static final NasBenchGraph GRAPH_CORA = NasBenchGraph.CORA;

    /** NAS-Bench-Graph on CiteSeer, papers. */
    public static final NasBenchGraph GRAPH_CITESEER = NasBenchGraph.CITESEER;

    /** NAS-Bench-Graph on PubMed, papers on diabetes. */
    public static final NasBenchGraph GRAPH_PUBMED = NasBenchGraph.PUBMED;

    /** NAS-Bench-Graph on authors of computer science by who wrote with whom. */
    public static final NasBenchGraph GRAPH_CS = NasBenchGraph.CS;

    /** NAS-Bench-Graph on authors of physics. */
    public static final NasBenchGraph GRAPH_PHYSICS = NasBenchGraph.PHYSICS;

    /** NAS-Bench-Graph on goods of Amazon's photo department. */
    public static final NasBenchGraph GRAPH_PHOTO = NasBenchGraph.PHOTO;

    /** NAS-Bench-Graph on goods of Amazon's computer department. */
    public static final NasBenchGraph GRAPH_COMPUTERS = NasBenchGraph.COMPUTERS;

    /** NAS-Bench-Graph on papers of computer science on arXiv. */
    public static final NasBenchGraph GRAPH_ARXIV = NasBenchGraph.ARXIV;

    private static final AtomicReference<SearchResult> LAST = new AtomicReference<>();

    private Nas() {}

    /**
     * Begins a search.
     *
     * @param space which architectures exist
     * @return a search with the defaults: random, 20 trials, 5 epochs each, the embedded images
     */
    public static Search space(SearchSpace space) {
        return Search.of(space);
    }

    /**
     * The result of the latest run of this process, also while it runs and after it was
     * interrupted.
     *
     * @return empty before the first
     */
    public static Optional<SearchResult> last() {
        return Optional.ofNullable(LAST.get());
    }

    /**
     * What there is to write in a cell, a sentence each.
     *
     * @return a table that draws itself
     */
    public static Help help() {
        return Help.all();
    }

    /**
     * What one name is, with its settings and their defaults; or all names of a kind.
     *
     * @param topic for example {@code darts}, {@code "search strategies"}, {@code "budgets"}
     * @return a table that draws itself
     * @throws IllegalArgumentException for another word, with the nearest names
     */
    public static Help help(String topic) {
        return Help.of(topic);
    }

    /** From now on an error in a cell comes with its whole stack trace. */
    public static void fullErrors() {
        Notebooks.fullErrors();
    }

    static void remember(SearchResult result) {
        LAST.set(result);
    }

    // search spaces; see Spaces for what each is and for sizes of your own

    /**
     * {@link Spaces#cells()}.
     *
     * @return a search space
     */
    public static SearchSpace cells() {
        return Spaces.cells();
    }

    /**
     * {@link Spaces#cells(int, int, int)}.
     *
     * @param channels of the first cells, at least 1
     * @param cells how many, at least 1
     * @param vertices inside a cell, at least 1
     * @return a search space
     */
    public static SearchSpace cells(int channels, int cells, int vertices) {
        return Spaces.cells(channels, cells, vertices);
    }

    /**
     * {@link Spaces#darts()}.
     *
     * @return a search space
     */
    public static SearchSpace darts() {
        return Spaces.darts();
    }

    /**
     * {@link Spaces#darts(int, int)}.
     *
     * @param channels of the first cells, at least 1
     * @param cells how many, at least 1
     * @return a search space
     */
    public static SearchSpace darts(int channels, int cells) {
        return Spaces.darts(channels, cells);
    }

    /**
     * {@link Spaces#nasnet()}.
     *
     * @return a search space
     */
    public static SearchSpace nasnet() {
        return Spaces.nasnet();
    }

    /**
     * {@link Spaces#nasnet(int, int, int)}.
     *
     * @param channels of the first cells, at least 1
     * @param cells how many, at least 1
     * @param vertices inside a cell, at least 1
     * @return a search space
     */
    public static SearchSpace nasnet(int channels, int cells, int vertices) {
        return Spaces.nasnet(channels, cells, vertices);
    }

    /**
     * {@link Spaces#nasBench201()}.
     *
     * @return a search space
     */
    public static SearchSpace nasBench201() {
        return Spaces.nasBench201();
    }

    /**
     * {@link Spaces#nasBench201(int, int)}.
     *
     * @param channels of the first stage, at least 1
     * @param cells per stage, at least 1
     * @return a search space
     */
    public static SearchSpace nasBench201(int channels, int cells) {
        return Spaces.nasBench201(channels, cells);
    }

    /**
     * {@link Spaces#smallBench()}.
     *
     * @return a search space
     */
    public static SearchSpace smallBench() {
        return Spaces.smallBench();
    }

    /**
     * {@link Spaces#nasBenchGraph()}.
     *
     * @return a search space of graph neural networks, for {@link #GRAPH_CORA} and its neighbours
     */
    public static SearchSpace nasBenchGraph() {
        return Spaces.nasBenchGraph();
    }

    /**
     * {@link Spaces#zophLe()}.
     *
     * @return a search space
     */
    public static SearchSpace zophLe() {
        return Spaces.zophLe();
    }

    /**
     * {@link Spaces#zophLe(int)}.
     *
     * @param layers at least 1
     * @return a search space
     */
    public static SearchSpace zophLe(int layers) {
        return Spaces.zophLe(layers);
    }

    /**
     * {@link Spaces#chain()}.
     *
     * @return a search space
     */
    public static SearchSpace chain() {
        return Spaces.chain();
    }

    /**
     * {@link Spaces#chain(int)}.
     *
     * @param blocks at least 1
     * @return a search space
     */
    public static SearchSpace chain(int blocks) {
        return Spaces.chain(blocks);
    }

    /**
     * {@link Spaces#mlp()}.
     *
     * @return a search space
     */
    public static SearchSpace mlp() {
        return Spaces.mlp();
    }

    /**
     * {@link Spaces#mlp(int)}.
     *
     * @param layers at most, at least 1
     * @return a search space
     */
    public static SearchSpace mlp(int layers) {
        return Spaces.mlp(layers);
    }

    /**
     * {@link Spaces#mobile()}.
     *
     * @return a search space
     */
    public static SearchSpace mobile() {
        return Spaces.mobile();
    }

    /**
     * {@link Spaces#mobile(int, int...)}.
     *
     * @param blocks a stage, at least 1
     * @param channels of each stage
     * @return a search space
     */
    public static SearchSpace mobile(int blocks, int... channels) {
        return Spaces.mobile(blocks, channels);
    }

    /**
     * An operation that is a block of DJL; see {@link Blocks#operation(String, Blocks.Factory)}.
     *
     * @param name as messages and diagrams print it
     * @param factory makes a new block each time
     * @return an operation, for {@code op(..)}
     */
    public static Operation operation(String name, Blocks.Factory factory) {
        return Blocks.operation(name, factory);
    }

    /**
     * {@link Spaces#hierarchical()}.
     *
     * @return a search space
     */
    public static SearchSpace hierarchical() {
        return Spaces.hierarchical();
    }

    // constraints: cells().where(parameters().atMost(100_000))

    /**
     * How many parameters are trained, to be limited in {@link SearchSpace#where}.
     *
     * @return for {@code atMost(100_000)}
     */
    public static NetworkSize parameters() {
        return NetworkSize.PARAMETERS;
    }

    /**
     * How many multiply-adds a sample takes, to be limited in {@link SearchSpace#where}.
     *
     * @return for {@code atMost(10_000_000)}
     */
    public static NetworkSize multiplyAdds() {
        return NetworkSize.MULTIPLY_ADDS;
    }

    /**
     * How long a prediction takes on the search's device, in milliseconds, to be measured with each
     * trial by {@link #measured}, to be minimised, or to be limited in {@link SearchSpace#where}.
     *
     * @return of one sample; {@code latency().batch(32)} for several, {@code .device("cpu")} for
     *     another device than the search's
     */
    public static Latency latency() {
        return new Latency();
    }

    /**
     * The most memory that a prediction holds at once, in bytes, as counted off the network: its
     * weights and its live activations.
     *
     * @return of one sample; {@code peakMemory().batch(32)} for several
     */
    public static PeakMemory peakMemory() {
        return new PeakMemory();
    }

    /**
     * A constraint of your own, for {@link SearchSpace#where}; see {@link Constraint#of}.
     *
     * @param name what it is called; change it when the test changes
     * @param test whether an architecture meets it
     * @return a constraint
     */
    public static Constraint constraint(String name, Predicate<Walk> test) {
        return Constraint.of(name, test);
    }

    // performance estimation strategies

    /**
     * Trains each candidate briefly; cheaper still with {@code
     * .data(0.2).width(0.5).resolution(14)}.
     *
     * @param epochs at least 1
     * @return scores are accuracies on the validation split
     */
    public static TrainingEstimator lowFidelity(int epochs) {
        return TrainingEstimator.lowFidelity(epochs);
    }

    /**
     * {@link Extrapolated}: trains the first epochs and predicts the end.
     *
     * @param whole the training whose end is predicted, of at least 2 epochs
     * @return from a third of its epochs; see {@link Extrapolated#from}
     */
    public static Extrapolated extrapolated(PerformanceEstimator whole) {
        return new Extrapolated(whole);
    }

    /**
     * {@link Inherited}: trains a candidate on from the weights of the trial that is most like it.
     *
     * @param training what every candidate gets, for example {@code lowFidelity(2)}
     * @return with {@code EVOLUTION}, Lamarckian evolution
     */
    public static Inherited inherited(TrainingEstimator training) {
        return new Inherited(training);
    }

    /**
     * Trains each candidate to the end: the expensive truth.
     *
     * @param epochs at least 1
     * @return scores are accuracies on the validation split
     */
    public static TrainingEstimator train(int epochs) {
        return TrainingEstimator.train(epochs);
    }

    /**
     * Estimates the first candidates really and predicts the others by a model of their scores;
     * what may be better than the best is really estimated.
     *
     * @param real what is predicted, for example {@code lowFidelity(10)}
     * @return predicts after 20 candidates
     */
    public static Predicted predicted(PerformanceEstimator real) {
        return Predicted.of(real);
    }

    /**
     * Several zero-cost proxies as one: the mean of a candidate's ranks by each of them.
     *
     * @param proxies at least 1, for example {@link #SYNFLOW} and {@link #NASWOT}
     * @return scores are shares of the architectures that are worse
     */
    public static RankedProxies proxies(ZeroCost... proxies) {
        return RankedProxies.of(List.of(proxies));
    }

    /**
     * Scores each candidate by its path through one supernet, which the first trial trains.
     *
     * @param supernet {@link #ONE_SHOT}, {@link #FAIR_NAS}, or one of these with other settings
     * @return scores by shared weights, in [0, 1]: by default no accuracies, see {@link
     *     SharedWeights}
     */
    public static SharedWeights shared(OneShot supernet) {
        return SharedWeights.of(supernet);
    }

    /**
     * Looks up what somebody has trained already: milliseconds for a whole search.
     *
     * @param table {@link #CIFAR10}, {@link #CIFAR100}, {@link #IMAGENET16_120} of NAS-Bench-201,
     *     {@link #SMALL_BENCH} with curves, {@link #GRAPH_CORA} and its neighbours, or your own
     * @return scores are accuracies on the validation split
     */
    public static Tabular tabular(ScoreTable table) {
        return Tabular.of(table);
    }

    /**
     * Looks up a table of your own.
     *
     * @param file CSV with the columns {@code architecture, score, cost}
     * @param space what the architectures mean
     * @return an estimator
     */
    public static Tabular tabular(Path file, SearchSpace space) {
        return Tabular.csv(file, space);
    }

    /**
     * Looks up what an earlier search has estimated.
     *
     * @param history of that search
     * @return an estimator that fails for architectures that the search did not try
     */
    public static Tabular replay(History history) {
        return Tabular.replay(history);
    }

    /**
     * {@link Weighted#soft}: accuracy against latency or size in one number, for any strategy.
     *
     * @param estimator that reports the metric
     * @param metric less of it is better, for example {@code latency}
     * @param target above 0
     * @return an estimator
     */
    public static Weighted weighted(PerformanceEstimator estimator, String metric, double target) {
        return Weighted.soft(estimator, metric, target);
    }

    /**
     * The same, of what is counted or measured with each trial: {@code weighted(lowFidelity(3),
     * latency().batch(32), 20)}.
     *
     * @param estimator what scores
     * @param demand for example {@link #latency()}
     * @param target above 0, in milliseconds or bytes or whatever the demand's unit is
     * @return an estimator
     */
    public static Weighted weighted(PerformanceEstimator estimator, Demand demand, double target) {
        return Weighted.soft(measured(estimator, demand), demand.metric(), target);
    }

    /**
     * {@link Measured}: every estimate also says what the network takes, for {@code
     * objectives(SCORE, minimize(latency()))}.
     *
     * @param estimator what scores, for example {@code lowFidelity(3)}
     * @param demands for example {@link #latency()} and {@link #peakMemory()}
     * @return an estimator of the same scores
     */
    public static Measured measured(PerformanceEstimator estimator, Demand... demands) {
        return new Measured(estimator, List.of(demands));
    }

    // objectives

    /**
     * {@link Objective#maximize}.
     *
     * @param metric a metric's name
     * @return an objective
     */
    public static Objective maximize(String metric) {
        return Objective.maximize(metric);
    }

    /**
     * {@link Objective#minimize}.
     *
     * @param metric a metric's name
     * @return an objective
     */
    public static Objective minimize(String metric) {
        return Objective.minimize(metric);
    }

    /**
     * Less of it is better.
     *
     * @param demand what {@link #measured} reports, of the same batch
     * @return an objective
     */
    public static Objective minimize(Demand demand) {
        return Objective.minimize(demand.metric());
    }

    // budgets

    /**
     * {@link Budget#trials}.
     *
     * @param count of trials, at least 1
     * @return a budget
     */
    public static Budget trials(int count) {
        return Budget.trials(count);
    }

    /**
     * {@link Budget#minutes}.
     *
     * @param minutes on the clock, above 0
     * @return a budget
     */
    public static Budget minutes(double minutes) {
        return Budget.minutes(minutes);
    }

    /**
     * {@link Budget#compute}.
     *
     * @param time the trials' own, summed
     * @return a budget
     */
    public static Budget compute(Duration time) {
        return Budget.compute(time);
    }

    /**
     * {@link Budget#steady}.
     *
     * @param scored trials without a better one, at least 1
     * @return a budget
     */
    public static Budget steady(int scored) {
        return Budget.steady(scored);
    }

    // where trials run

    /**
     * {@link Spark#on}: a cluster of Apache Spark, for {@link Search#executor}.
     *
     * @param master for example {@code spark://host:7077}
     * @return with as many slots as the cluster has; {@code .slots(8).set("spark.executor.memory",
     *     "4g")}
     */
    public static Spark spark(String master) {
        return Spark.on(master);
    }

    /**
     * {@link Spark#running}: the cluster that this process is connected with already.
     *
     * @return for {@link Search#executor}
     */
    public static Spark spark() {
        return Spark.running();
    }

    // rules that end a training early

    /**
     * {@link ExtrapolationRule}.
     *
     * @return ends a training whose chance of a better end than the best is below 5 %
     */
    public static ExtrapolationRule extrapolation() {
        return new ExtrapolationRule();
    }

    /**
     * {@link MedianRule}.
     *
     * @return without grace, after 5 earlier trials
     */
    public static MedianRule medianRule() {
        return new MedianRule();
    }

    /**
     * How many new seeds, for {@link Search#confirm}.
     *
     * @param count at least 1
     * @return the number, to be read aloud
     */
    public static Confirmation.NewSeeds seeds(int count) {
        return new Confirmation.NewSeeds(count);
    }

    // data

    /**
     * A table's rows to learn from; for a folder of images see {@link Readers}. Numbers,
     * categories, dates and sentences become features, missing cells are filled, and {@link
     * Data#encoding()} tells what was done with each column.
     *
     * @param table of tablesaw
     * @param targets the column to be predicted, as a class or as a number; or several
     * @return split 70 / 15 / 15
     */
    public static Data rows(Table table, String... targets) {
        return Tables.data(table, targets);
    }

    /**
     * {@link Readers#fashionMnistSample()}.
     *
     * @return 10,000 images, split 7,000 / 1,500 / 1,500
     */
    public static Data fashionMnistSample() {
        return Readers.fashionMnistSample();
    }
}
