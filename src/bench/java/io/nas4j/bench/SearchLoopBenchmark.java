package io.nas4j.bench;

import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.util.List;
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
 * What the search loop itself costs: random search over a look-up, NAS-Bench-201's space, no
 * journal. One operation is one trial, opening and closing the search included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class SearchLoopBenchmark {

    private static final int TRIALS = 10_000;

    /** Whether earlier estimates of equal networks are looked for, as is the default. */
    @Param({"true", "false"})
    public boolean deduplicate;

    /** Whether somebody listens, as a notebook does. */
    @Param({"false", "true"})
    public boolean listener;

    private SearchSpec search;
    private long heard;

    /** Fills the table. */
    @Setup
    public void open() {
        SearchSpace space = Spaces.nasBench201();
        Data data = Data.rows("dots", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("a", "b"));
        search =
                SearchSpec.of(
                                new Task(space, data, new Seeds(1)),
                                new RandomSearch(),
                                new LookUp(),
                                Budget.trials(TRIALS))
                        .repeats(!deduplicate);
        if (listener) {
            search = search.listener(event -> heard++);
        }
    }

    /**
     * One search.
     *
     * @return its history
     */
    @Benchmark
    @OperationsPerInvocation(TRIALS)
    public RunResult search() {
        return new SearchLoop(search).run();
    }

    private static final class LookUp implements PerformanceEstimator {
        private final double[] scores = new double[15_625];

        LookUp() {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (i * 31 % 1000) / 1000.0;
            }
        }

        @Override
        public Session open(Task task) {
            return (candidate, context) -> Estimate.of(scores[index(candidate.architecture())]);
        }

        @Override
        public String measure() {
            return "look-up";
        }

        @Override
        public Object key(SearchSpace space, Architecture architecture) {
            return index(architecture);
        }

        private static int index(Architecture architecture) {
            int index = 0;
            for (int choice : architecture.choices()) {
                index = index * 5 + choice;
            }
            return index;
        }
    }

    /**
     * Runs the benchmark.
     *
     * @param args none
     * @throws RunnerException when JMH fails
     */
    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder().include(SearchLoopBenchmark.class.getName()).build()).run();
    }
}
