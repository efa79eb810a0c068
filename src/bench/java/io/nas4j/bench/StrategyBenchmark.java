package io.nas4j.bench;

import io.nas4j.data.Data;
import io.nas4j.estimate.NasBench201;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Bananas;
import io.nas4j.strategy.Bayesian;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.LocalSearch;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.Reinforce;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Tpe;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What asking costs on NAS-Bench-201: proposals a second between trial 200 and trial 300, and
 * seconds for the whole of 200 trials where a surrogate is fitted. Looking the score up in the
 * table and recording the trial are included.
 */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class StrategyBenchmark {

    private static final int BEFORE = 200;
    private static final int ASKED = 100;

    private final Task task =
            new Task(
                    Spaces.nasBench201(),
                    Data.rows("none", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b")),
                    new Seeds(1));

    /** The history that the cheap strategies go on from. */
    @State(Scope.Benchmark)
    public static class Cheap {
        /** Which strategy. */
        @Param({"random", "evolution", "local-search", "tpe", "reinforce"})
        public String strategy;

        private History history;
        private SearchStrategy.Session session;

        @Setup
        public void search(StrategyBenchmark benchmark) {
            session =
                    switch (strategy) {
                        case "random" -> new RandomSearch().open(benchmark.task, Fidelity.NONE);
                        case "evolution" -> new Evolution().open(benchmark.task, Fidelity.NONE);
                        case "local-search" ->
                                new LocalSearch().open(benchmark.task, Fidelity.NONE);
                        case "tpe" -> new Tpe().open(benchmark.task, Fidelity.NONE);
                        default -> new Reinforce().open(benchmark.task, Fidelity.NONE);
                    };
            history = benchmark.search(session, History.empty("table"), BEFORE);
        }
    }

    /** Replaying the first 200 trials is part of it: a session starts over on each invocation. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @OperationsPerInvocation(ASKED)
    public History proposals(Cheap cheap) {
        return search(cheap.session, cheap.history, BEFORE + ASKED);
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @Warmup(iterations = 1)
    public History bayesianOf200Trials() {
        return whole(new Bayesian());
    }

    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.SECONDS)
    @Warmup(iterations = 1)
    public History bananasOf200Trials() {
        return whole(new Bananas());
    }

    private History whole(SearchStrategy strategy) {
        try (SearchStrategy.Session session = strategy.open(task, Fidelity.NONE)) {
            return search(session, History.empty("table"), BEFORE);
        }
    }

    private History search(SearchStrategy.Session session, History from, int trials) {
        History history = from;
        while (history.size() < trials) {
            Proposal.Evaluate next =
                    (Proposal.Evaluate)
                            session.ask(history, task.seeds().random(history.size(), "ask"))
                                    .orElseThrow();
            history =
                    history.plus(
                            new Trial(
                                    history.size(),
                                    next.architecture(),
                                    "table",
                                    Fidelity.NONE,
                                    0,
                                    OptionalInt.empty(),
                                    new Outcome.Completed(
                                            NasBench201.CIFAR100
                                                    .find(
                                                            next.architecture(),
                                                            200,
                                                            OptionalLong.empty())
                                                    .orElseThrow())));
        }
        return history;
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(
                        new OptionsBuilder()
                                .include(StrategyBenchmark.class.getSimpleName())
                                .shouldFailOnError(true)
                                .build())
                .run();
    }
}
