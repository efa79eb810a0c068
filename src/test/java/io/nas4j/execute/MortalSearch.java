package io.nas4j.execute;

import io.nas4j.Nas;
import io.nas4j.controller.RnnController;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.gradient.Darts;
import io.nas4j.gradient.DrNas;
import io.nas4j.gradient.Gdas;
import io.nas4j.gradient.PcDarts;
import io.nas4j.oneshot.Enas;
import io.nas4j.oneshot.OneShot;
import io.nas4j.oneshot.PathScore;
import io.nas4j.oneshot.RandomSharing;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchListener;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.TrialExecutor;
import io.nas4j.sharing.TinySearch;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Repeated;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A search in a process of its own that is to be killed: {@code family mode journal}. It says which
 * trial begins ({@code p 3}) and which one the search has heard the end of ({@code f 3}).
 */
public final class MortalSearch {

    /** In a process that has a context of Spark. */
    static final String SPARK = "spark";

    /** Of which one trial of the search stays behind the others now and then. */
    private static final int SLOW = 7;

    /** What every family has in common, and what is needed to tell them apart. */
    private static final Map<String, SearchStrategy> LIGHT = new LinkedHashMap<>();

    private static final Map<String, SearchStrategy> SUPERNETS = new LinkedHashMap<>();

    static {
        LIGHT.put("random", Nas.RANDOM);
        LIGHT.put("grid", Nas.GRID);
        LIGHT.put("local", Nas.LOCAL_SEARCH);
        LIGHT.put("evolution", Nas.EVOLUTION);
        LIGHT.put("reinforce", Nas.REINFORCE);
        LIGHT.put("tpe", Nas.TPE);
        LIGHT.put("bayesian", Nas.BAYESIAN);
        LIGHT.put("bananas", Nas.BANANAS);
        LIGHT.put("hyperband", Nas.HYPERBAND);
        LIGHT.put("asha", Nas.ASHA);
        LIGHT.put("bohb", Nas.BOHB);
        LIGHT.put("nsga2", Nas.NSGA2);
        SUPERNETS.put("controller", new RnnController());
        SUPERNETS.put("darts", new Darts().epochs(4).batch(8));
        SUPERNETS.put("darts-seeds", new Repeated(new Darts().epochs(2).batch(8), 2));
        SUPERNETS.put("pc-darts", new PcDarts().epochs(4).batch(8));
        SUPERNETS.put("gdas", new Gdas().epochs(4).batch(8));
        SUPERNETS.put("drnas", new DrNas().epochs(4).batch(8));
        SUPERNETS.put("enas", new Enas().epochs(4).batch(8));
        SUPERNETS.put(
                "one-shot",
                new OneShot()
                        .epochs(4)
                        .batch(8)
                        .evolution(4, 2)
                        .tuning(0)
                        .scoredBy(PathScore.ACCURACY));
        SUPERNETS.put("random-shared", new RandomSharing().epochs(4).batch(8));
    }

    private MortalSearch() {}

    /** Strategies that need no native library. */
    public static List<String> light() {
        return List.copyOf(LIGHT.keySet());
    }

    /** Strategies that train, whose weights are a part of the search's state. */
    public static List<String> supernets() {
        return List.copyOf(SUPERNETS.keySet());
    }

    public static void main(String[] args) {
        PrintStream out = System.out;
        SearchListener tells =
                event -> {
                    if (event instanceof SearchEvent.TrialStarted started) {
                        out.println("p " + started.trial());
                    } else if (event instanceof SearchEvent.TrialFinished finished) {
                        out.println("f " + finished.trial().number());
                    }
                };
        new SearchLoop(search(args[0], args[1], Path.of(args[2])).listener(tells)).run();
        out.println("end");
        out.flush();
        Runtime.getRuntime().halt(0);
    }

    static SearchSpec search(String family, String mode, Path journal) {
        boolean light = LIGHT.containsKey(family);
        return SearchSpec.of(
                        new Task(
                                light ? Spaces.nasBench201() : SMALL,
                                TinySearch.data(),
                                new Seeds(9),
                                "cpu"),
                        light ? LIGHT.get(family) : SUPERNETS.get(family),
                        new Quick(9),
                        Budget.trials(light ? 24 : 12))
                .executor(executor(mode))
                .journal(journal);
    }

    private static final SearchSpace SMALL =
            SearchSpace.of(
                    "small",
                    Grammar.stem(4),
                    Grammar.choice("a", Grammar.skip(), Grammar.norConv(1), Grammar.norConv(3)),
                    Grammar.choice("b", Grammar.skip(), Grammar.norConv(1), Grammar.norConv(3)),
                    Grammar.classifier());

    private static TrialExecutor executor(String mode) {
        return switch (mode) {
            case "serial" -> TrialExecutor.serial();
            case "threads" -> new ThreadExecutor(3);
            case "workers" -> Workers.of(2);
            case SPARK -> Spark.running().patience(Duration.ofMinutes(5)).slots(2);
            default -> throw new IllegalArgumentException(mode);
        };
    }

    /**
     * A made-up score that takes a moment, some of them a longer one.
     *
     * @param epochs of a whole training
     */
    record Quick(int epochs) implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return this::estimate;
        }

        private Estimate estimate(Candidate candidate, TrialContext context) {
            LockSupport.parkNanos((candidate.trial() % SLOW == 0 ? 40 : 1) * 1_000_000L);
            int hash = candidate.architecture().choices().hashCode() * 7919;
            double score = Math.floorMod(hash, 1000) / 1e3 + candidate.fidelity().epochs();
            // of which the strategies of several objectives want one more
            return new Estimate(
                    score, Map.of(Metrics.PARAMETERS, 1.0 + hash % 7), List.of(), Cost.ZERO);
        }

        @Override
        public Fidelity fidelity() {
            return Fidelity.epochs(epochs);
        }

        @Override
        public boolean concurrent() {
            return true;
        }

        @Override
        public String measure() {
            return "quick";
        }
    }
}
