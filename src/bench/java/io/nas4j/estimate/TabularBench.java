package io.nas4j.estimate;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Estimate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Look-ups a second; the aim is 1,000,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
public class TabularBench {

    private List<Architecture> architectures;
    private ScoreTable listed;
    private int next;

    @Setup
    public void load() {
        architectures = new java.util.ArrayList<>(NasBench201.CIFAR100.architectures().toList());
        Collections.shuffle(architectures, new Random(1));
        listed =
                ScoreTable.of(
                        "listed",
                        architectures.stream().map(a -> TableRow.of(a, a.hashCode())).toList());
    }

    @Benchmark
    public Optional<Estimate> nasBench201() {
        return NasBench201.CIFAR100.find(architecture(), 200, OptionalLong.empty());
    }

    @Benchmark
    public Optional<Estimate> listed() {
        return listed.find(architecture(), 0, OptionalLong.empty());
    }

    private Architecture architecture() {
        next = next + 1 == architectures.size() ? 0 : next + 1;
        return architectures.get(next);
    }
}
