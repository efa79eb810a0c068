package io.nas4j.oneshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.gradient.Darts;
import io.nas4j.gradient.DrNas;
import io.nas4j.gradient.Gdas;
import io.nas4j.gradient.PcDarts;
import io.nas4j.search.Budget;
import io.nas4j.search.EndReason;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchEvent;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetStrategy;
import io.nas4j.sharing.TinySearch;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every strategy that trains a supernet, with two replicas of it on the CPU. Nothing normalises
 * here, so a search is to be that of one device but for rounding.
 */
@Tag("slow")
class SeveralDevicesIT {

    private static final SearchSpace PLAIN = TinySearch.plain(8);

    @TempDir Path folder;

    static List<SupernetStrategy<?>> strategies() {
        return List.<SupernetStrategy<?>>of(
                        new Darts(),
                        new Darts().secondOrder(),
                        new PcDarts(),
                        new Gdas(),
                        new DrNas(),
                        new OneShot(),
                        OneShot.fairNas(),
                        new RandomSharing(),
                        new Enas().updates(2).samples(2))
                .stream()
                .<SupernetStrategy<?>>map(s -> small(s))
                .toList();
    }

    private static <S extends SupernetStrategy<S>> S small(SupernetStrategy<S> strategy) {
        return strategy.training(strategy.training().epochs(2).batch(10).warmUp(0));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void twoDevicesMakeTheEpochsOfOne(SupernetStrategy<?> strategy) {
        List<Trial> one = epochs(run(spec(strategy, 1)));
        List<Trial> two = epochs(run(spec(strategy, 2)));
        assertThat(two).hasSize(2);
        assertAlike(two, one);
        // the twin: what another seed makes is not alike
        SearchSpec other = spec(strategy, 1);
        List<Trial> seed = epochs(run(other.task(other.task().seeds(new Seeds(8)))));
        assertThat(loss(seed.get(1))).isNotCloseTo(loss(one.get(1)), within(ROUNDING));
    }

    @Test
    void aSearchStoppedOnTwoDevicesGoesOnWithOne() {
        SearchSpec one = spec(small(new Darts()), 1);
        Path journal = folder.resolve("journal");
        SearchSpec begun =
                spec(small(new Darts()), 2)
                        .journal(journal)
                        .listener(
                                event -> {
                                    if (event instanceof SearchEvent.TrialStarted started
                                            && started.trial() == 1) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        assertThat(run(begun).end()).isEqualTo(EndReason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        RunResult whole = run(one.journal(journal));
        assertAlike(epochs(whole), epochs(run(one)));
        assertThat(whole.places().get(0)).isEqualTo(new Place("supernet", "cpu, cpu"));
        assertThat(whole.places()).doesNotContainKey(1);
    }

    @Test
    void theDryRunSaysWhatEachDeviceNeeds() throws InterruptedException {
        Darts darts = small(new Darts());
        ResourceEstimate two = darts.dryRun(task(2), Fidelity.epochs(1)).orElseThrow();
        assertThat(two.devices()).isEqualTo(2);
        assertThat(two.toString()).contains("on each of 2 devices");
        ResourceEstimate one = darts.dryRun(task(1), Fidelity.epochs(1)).orElseThrow();
        assertThat(one.toString()).doesNotContain("devices");
    }

    @Test
    void aBatchThatIsTooSmallToShareIsRefusedBeforeTraining() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small(new Darts()).batch(5).open(task(3), Fidelity.epochs(1)))
                .withMessageContaining("5 images are to be shared by 3 (cpu, cpu, cpu)")
                .withMessageContaining("Try batch(6), or fewer devices.");
    }

    private static final double ROUNDING = 1e-4;

    /** Adam makes whole steps of the smallest gradients, rounding included: up to 2e-5 here. */
    private static final double SHARES = 1e-3;

    private static void assertAlike(List<Trial> some, List<Trial> others) {
        assertThat(some).hasSameSizeAs(others);
        for (int i = 0; i < some.size(); i++) {
            assertThat(loss(some.get(i))).isCloseTo(loss(others.get(i)), within(ROUNDING));
            List<List<Double>> shares = List.copyOf(learned(others.get(i)));
            List<List<Double>> own = List.copyOf(learned(some.get(i)));
            assertThat(own).hasSameSizeAs(shares);
            for (int d = 0; d < shares.size(); d++) {
                for (int o = 0; o < shares.get(d).size(); o++) {
                    assertThat(own.get(d).get(o)).isCloseTo(shares.get(d).get(o), within(SHARES));
                }
            }
        }
    }

    private static Collection<List<Double>> learned(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).learned().byDecision().values();
    }

    private static double loss(Trial trial) {
        return ((Outcome.Completed) trial.outcome()).estimate().metrics().get(Metrics.TRAIN_LOSS);
    }

    private static List<Trial> epochs(RunResult finished) {
        return finished.history().trials().stream()
                .filter(trial -> trial.measure().equals(SupernetSession.MEASURE))
                .toList();
    }

    private static RunResult run(SearchSpec spec) {
        return new SearchLoop(spec).run();
    }

    private static Task task(int devices) {
        return new Task(PLAIN, TinySearch.data(), new Seeds(7))
                .devices(Collections.nCopies(devices, "cpu"));
    }

    private static SearchSpec spec(SearchStrategy strategy, int devices) {
        return SearchSpec.of(
                task(devices),
                strategy,
                PerformanceEstimator.of("constant", candidate -> 0.5),
                Budget.trials(strategy.slices().orElseThrow()));
    }
}
