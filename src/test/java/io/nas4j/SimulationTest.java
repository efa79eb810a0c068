package io.nas4j;

import static io.nas4j.Nas.ASHA;
import static io.nas4j.Nas.CIFAR10;
import static io.nas4j.Nas.HYPERBAND;
import static io.nas4j.Nas.RANDOM;
import static io.nas4j.Nas.SMALL_BENCH;
import static io.nas4j.Nas.nasBench201;
import static io.nas4j.Nas.smallBench;
import static io.nas4j.Nas.tabular;
import static io.nas4j.Nas.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.view.Chart;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Search SEARCH =
            Nas.space(nasBench201())
                    .strategy(RANDOM)
                    .estimator(tabular(CIFAR10))
                    .budget(trials(200));

    @Test
    void tenWorkersTryTheSameInATenthOfTheTime() {
        Simulation one = SEARCH.simulate(1);
        Simulation ten = SEARCH.simulate(10);
        assertThat(ten.history().trials()).isEqualTo(one.history().trials());
        assertThat(one.busy()).isGreaterThan(0.99);
        double best = one.history().best().orElseThrow().value();
        assertThat(one.hoursTo(best)).isFinite();
        assertThat(ten.hoursTo(best)).isLessThan(one.hoursTo(best));
        assertThat(ten.hoursTo(best + 0.001)).isInfinite();
        assertThat(last(ten)).isBetween(0.08 * last(one), 0.15 * last(one));
    }

    private static double last(Simulation run) {
        return run.ends().values().stream().mapToDouble(end -> end.toMillis()).max().orElseThrow();
    }

    @Test
    void aStrategyThatWaitsForARungKeepsWorkersIdle() {
        Search search = Nas.space(smallBench()).estimator(tabular(SMALL_BENCH)).budget(trials(100));
        Simulation waiting = search.strategy(HYPERBAND).simulate(10);
        Simulation never = search.strategy(ASHA).simulate(10);
        assertThat(waiting.busy()).isLessThan(0.5 * never.busy());
        Chart busy = Simulation.busy(List.of(waiting, never));
        assertThat(busy.series())
                .extracting(Chart.Series::name)
                .containsExactly("hyperband", "ASHA");
        assertThat(busy.series().get(0).ys()).containsExactly(100 * waiting.busy());
    }

    @Test
    void theChartHasAMedianANumberOfWorkersAndLeavesOutWhatNobodyReached() {
        Simulation fast = SEARCH.seed(1).simulate(20);
        Simulation slow = SEARCH.seed(1).simulate(2);
        double goal = fast.history().best().orElseThrow().value();
        Chart chart = Simulation.hours(goal, List.of(fast, slow, SEARCH.seed(1).simulate(20)));
        assertThat(chart.series()).hasSize(1);
        assertThat(chart.series().get(0).xs()).containsExactly(2.0, 20.0);
        assertThat(chart.series().get(0).ys())
                .containsExactly(slow.hoursTo(goal), fast.hoursTo(goal));
        assertThat(Simulation.hours(2, List.of(fast)).series().get(0).ys()).isEmpty();
    }

    @Test
    void mistakesAreSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SEARCH.simulate(0))
                .withMessageContaining("simulated workers must be in [1, 100000], but were 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Simulation.hours(0.5, List.of()))
                .withMessageContaining("got 0");
    }
}
