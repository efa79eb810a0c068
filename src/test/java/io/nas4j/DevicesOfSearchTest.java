package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Which devices a strategy's own network gets, and which a trial; nothing runs on them. */
class DevicesOfSearchTest {

    @Test
    void aNetworkOfTheStrategysOwnIsTrainedByAllOfThem() {
        Told told = told(search -> search.devices("gpu:0", "gpu:1"));
        assertThat(told.strategy()).containsExactly("gpu:0", "gpu:1");
        assertThat(told.trials()).containsExactly("gpu:0");
    }

    @Test
    void eachOfSeveralSearchesHasOne() {
        Told told = told(search -> search.devices("gpu:0", "gpu:1").seeds(2));
        assertThat(told.strategy()).containsExactly("gpu:0");
    }

    @Test
    void aSingleOneIsTheStrategysAndTheTrials() {
        Told told = told(search -> search.devices("gpu:1"));
        assertThat(told.strategy()).containsExactly("gpu:1");
        assertThat(told.trials()).containsExactly("gpu:1");
        assertThat(told(search -> search.device("gpu:1"))).isEqualTo(told);
    }

    @Test
    void theLastSettingCounts() {
        UnaryOperator<Search> two = search -> search.devices("gpu:0", "gpu:1");
        assertThat(told(search -> two.apply(search).device("cpu")).strategy())
                .containsExactly("cpu");
        assertThat(told(search -> two.apply(search).workers(2)).strategy()).containsExactly("auto");
        assertThat(told(search -> search.device("gpu:1").workers(2)).strategy())
                .containsExactly("gpu:1");
        assertThat(told(search -> two.apply(search.device("cpu"))).strategy())
                .containsExactly("gpu:0", "gpu:1");
    }

    @Test
    void aDeviceIsNamedOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.space(Spaces.cells()).devices("gpu:1", "gpu:1"))
                .withMessageContaining("named twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.space(Spaces.cells()).devices())
                .withMessageContaining("Try devices(\"gpu:0\", \"gpu:1\")");
    }

    private record Told(List<String> strategy, List<String> trials) {}

    private static Told told(UnaryOperator<Search> setting) {
        Spy spy = new Spy();
        List<String> trials = new ArrayList<>();
        Search search = Nas.space(Spaces.nasBench201(4, 1)).strategy(spy).quiet();
        var unused = setting.apply(search.estimator(new Listening(trials))).dryRun();
        return new Told(spy.devices, trials);
    }

    /** Trains nothing, but might. */
    private static final class Spy implements SearchStrategy {
        private List<String> devices = List.of();

        @Override
        public Session open(Task task, Fidelity fidelity) {
            throw new IllegalStateException("a dry run opens no session");
        }

        @Override
        public OptionalInt slices() {
            return OptionalInt.of(3);
        }

        @Override
        public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity) {
            devices = task.devices();
            return Optional.empty();
        }
    }

    private record Listening(List<String> devices) implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            devices.addAll(task.devices());
            return new Session() {
                @Override
                public Estimate estimate(Candidate candidate, TrialContext context) {
                    return Estimate.of(0.5);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public String measure() {
            return "listening";
        }
    }
}
