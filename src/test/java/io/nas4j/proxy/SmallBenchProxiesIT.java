package io.nas4j.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.data.Readers;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.SmallBench;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmallBenchProxiesIT {

    /**
     * Two processors round alike to within some digits; a rectifier near zero may go either way.
     */
    @ParameterizedTest
    @EnumSource(names = {"SYNFLOW", "NASWOT", "SNIP", "ZEN"})
    void theTableHasWhatTheEstimatorSays(Proxy proxy) throws Exception {
        SearchSpace space = Spaces.smallBench();
        Architecture cell = new Architecture(space.name(), List.of(3, 1, 4));
        Task task =
                new Task(space, Readers.fashionMnistSample().split(0.2, 0.3), new Seeds(0), "cpu");
        double table =
                SmallBench.FASHION_MNIST
                        .find(cell, 12, OptionalLong.of(0))
                        .orElseThrow()
                        .metrics()
                        .get(proxy.metric());
        try (PerformanceEstimator.Session session = ZeroCost.of(proxy).open(task)) {
            Candidate candidate = new Candidate(0, space, cell, Fidelity.NONE, OptionalInt.empty());
            double estimated = session.estimate(candidate, TrialContext.silent(1)).score();
            assertThat(estimated).isCloseTo(table, Percentage.withPercentage(0.5));
            assertThat(session.estimate(candidate, TrialContext.silent(3)).score())
                    .isNotCloseTo(table, Percentage.withPercentage(1e-4));
        }
    }
}
