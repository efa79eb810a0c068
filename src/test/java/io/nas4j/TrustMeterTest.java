package io.nas4j;

import static io.nas4j.Nas.CIFAR10;
import static io.nas4j.Nas.nasBench201;
import static io.nas4j.Nas.tabular;
import static io.nas4j.Nas.trials;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.analysis.Trust;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.Tabular;
import io.nas4j.search.SearchEvent;
import io.nas4j.space.Architecture;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Trial;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustMeterTest {

    private static final Tabular TABLE = tabular(CIFAR10);
    private static final PerformanceEstimator INVERSE =
            PerformanceEstimator.of("inverse", candidate -> -truth(candidate));

    private static double truth(Candidate candidate) {
        return CIFAR10.find(candidate.architecture(), 200, OptionalLong.empty())
                .orElseThrow()
                .score();
    }

    private static TrustMeter meter(PerformanceEstimator estimator) {
        return Nas.space(nasBench201()).quiet().trust(estimator, TABLE).architectures(20);
    }

    @Test
    void theReferenceAgreesWithItselfAndItsInverseDoesNot() {
        TrustReport report = meter(TABLE.oneSeed()).and(TABLE).and(INVERSE).run();
        assertThat(report.of(TABLE.measure()).agreement().orElseThrow().kendall().value())
                .isEqualTo(1);
        assertThat(report.of("inverse").agreement().orElseThrow().kendall().value()).isEqualTo(-1);
        double noisy =
                report.of(TABLE.oneSeed().measure()).agreement().orElseThrow().kendall().value();
        // one training of two or three ranks nearly as their mean does
        assertThat(noisy).isBetween(0.6, 0.9999);
        assertThat(report.of(TABLE.measure()).costRatio()).hasValue(1);
        assertThat(report.warnings()).isEmpty();
    }

    @Test
    void theFreeCountsAreAlwaysThereAndOthersAreComparedWithTheBest() {
        TrustReport report = meter(INVERSE).run();
        assertThat(report.estimators().stream().map(Trust::estimator))
                .containsExactly(Metrics.PARAMETERS, Metrics.MULTIPLY_ADDS, "inverse");
        assertThat(report.estimators().stream().map(Trust::free))
                .containsExactly(true, true, false);
        Trust inverse = report.of("inverse");
        assertThat(inverse.gain().orElseThrow().high()).isNegative();
        assertThat(inverse.warnings()).anyMatch(w -> w.contains("not shown to rank better than"));
        assertThat(report.of(Metrics.PARAMETERS).gain()).isEmpty();
    }

    @Test
    void allScoreTheSameDifferentNetworks() {
        TrustReport report = meter(INVERSE).and(TABLE).run();
        List<List<Architecture>> networks =
                report.histories().values().stream()
                        .map(h -> h.trials().stream().map(Trial::architecture).toList())
                        .distinct()
                        .toList();
        assertThat(networks).hasSize(1);
        Set<Object> prints = new HashSet<>();
        networks.get(0).forEach(network -> prints.add(nasBench201().fingerprint(network)));
        assertThat(prints).hasSize(20);
    }

    @Test
    void theSeedDecidesWhichNetworksAreScored() {
        TrustReport report = meter(INVERSE).seed(3).run();
        assertThat(meter(INVERSE).seed(3).run().of("inverse").agreement())
                .isEqualTo(report.of("inverse").agreement());
        assertThat(meter(INVERSE).seed(4).run().histories().get("inverse").trials().get(0))
                .isNotEqualTo(report.histories().get("inverse").trials().get(0));
    }

    @Test
    void aFailedEstimateLosesNothing() {
        AtomicInteger asked = new AtomicInteger();
        PerformanceEstimator fragile =
                PerformanceEstimator.of(
                        "fragile",
                        candidate -> {
                            if (asked.incrementAndGet() % 4 == 0) {
                                throw new IllegalStateException("loss became NaN");
                            }
                            return truth(candidate);
                        });
        TrustReport report = meter(fragile).and(TABLE).run();
        Trust trust = report.of("fragile");
        assertThat(trust.failed()).isEqualTo(5);
        assertThat(trust.agreement().orElseThrow().sample()).isEqualTo(15);
        assertThat(trust.agreement().orElseThrow().kendall().value()).isEqualTo(1);
        assertThat(trust.warnings())
                .anyMatch(w -> w.contains("5 networks have no score") && w.contains("loss became"));
        assertThat(report.of(TABLE.measure()).agreement().orElseThrow().sample()).isEqualTo(20);
    }

    @Test
    void anEstimatorThatAlwaysFailsCostsTheOthersNothing() {
        PerformanceEstimator broken =
                PerformanceEstimator.of(
                        "broken",
                        candidate -> {
                            throw new IllegalStateException("no device");
                        });
        TrustReport report = meter(broken).and(TABLE).run();
        assertThat(report.of("broken").agreement()).isEmpty();
        assertThat(report.of("broken").warnings()).anyMatch(w -> w.contains("there are 0"));
        assertThat(report.warnings()).anyMatch(w -> w.contains("broken: 10 trials failed"));
        assertThat(report.of(TABLE.measure()).agreement()).isPresent();
        assertThat(report.toString()).contains("no device");
    }

    @Test
    void tiesAndConstantScoresAreTold() {
        PerformanceEstimator coarse =
                PerformanceEstimator.of("coarse", c -> Math.floor(2 * truth(c)));
        PerformanceEstimator constant = PerformanceEstimator.of("constant", c -> 1);
        TrustReport report = meter(coarse).and(constant).run();
        assertThat(report.of("coarse").warnings())
                .anyMatch(w -> w.contains("gives one score to") && w.contains("of all pairs"));
        assertThat(report.of("constant").agreement()).isEmpty();
        assertThat(report.of("constant").warnings()).anyMatch(w -> w.contains("nothing is ranked"));
    }

    @Test
    void aStopKeepsWhatWasScored() {
        AtomicInteger asked = new AtomicInteger();
        PerformanceEstimator stopped =
                PerformanceEstimator.of(
                        "stopped",
                        candidate -> {
                            if (asked.incrementAndGet() == 9) {
                                Thread.currentThread().interrupt();
                            }
                            return truth(candidate);
                        });
        TrustMeter meter = meter(INVERSE).and(stopped).and(TABLE);
        TrustReport report = meter.run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(meter.report()).contains(report);
        assertThat(report.of("inverse").agreement().orElseThrow().sample()).isEqualTo(20);
        assertThat(report.of("stopped").agreement().orElseThrow().sample()).isBetween(8, 9);
        assertThat(report.warnings()).anyMatch(w -> w.contains("interrupted while stopped scored"));
    }

    @Test
    void aJournalGivesItsOwnNetworksAndJudgesThem(@TempDir Path folder) {
        Path journal = folder.resolve("search.jsonl");
        SearchResult search =
                Nas.space(nasBench201())
                        .quiet()
                        .estimator(TABLE)
                        .budget(trials(12))
                        .journal(journal)
                        .run();
        Set<Architecture> tried = new HashSet<>();
        search.history().trials().forEach(trial -> tried.add(trial.architecture()));
        TrustReport report =
                Nas.space(nasBench201()).quiet().trust(INVERSE, journal).architectures(30).run();
        assertThat(report.histories().get("inverse").trials())
                .hasSize(tried.size())
                .allMatch(trial -> tried.contains(trial.architecture()));
        assertThat(report.of("inverse").agreement().orElseThrow().kendall().value()).isEqualTo(-1);
        assertThat(report.warnings()).anyMatch(w -> w.contains("there are only 12 networks"));
        assertThat(
                        Nas.space(nasBench201())
                                .quiet()
                                .trust(INVERSE, search.history())
                                .architectures(5)
                                .run()
                                .of("inverse")
                                .agreement()
                                .orElseThrow()
                                .sample())
                .isEqualTo(5);
    }

    @Test
    void aJournalOfAnotherSpaceIsRefused(@TempDir Path folder) {
        Path journal = folder.resolve("search.jsonl");
        SearchResult other =
                Nas.space(nasBench201())
                        .quiet()
                        .estimator(TABLE)
                        .budget(trials(4))
                        .journal(journal)
                        .run();
        Search search = Nas.space(Nas.chain());
        assertThatThrownBy(() -> search.trust(INVERSE, journal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must share an architecture with space \"chain")
                .hasMessageContaining("Try");
        assertThatThrownBy(() -> search.trust(INVERSE, other.history()))
                .hasMessageContaining("must share an architecture");
        assertThatThrownBy(() -> search.trust(INVERSE, folder.resolve("none")))
                .hasMessageContaining("must be a file that can be read");
    }

    @Test
    void badSettingsAreRefusedBeforeAnythingRuns() {
        assertThatThrownBy(() -> meter(INVERSE).architectures(0))
                .hasMessageContaining("architectures must be at least 3")
                .hasMessageContaining("were 0. Try architectures(30)");
        assertThatThrownBy(() -> meter(INVERSE).top(0))
                .hasMessageContaining("top must be at least 1");
        assertThatThrownBy(() -> meter(INVERSE).top(20))
                .hasMessageContaining("top (20) must be smaller than architectures (20)");
        AtomicInteger events = new AtomicInteger();
        assertThatThrownBy(
                        () ->
                                Nas.space(Nas.chain())
                                        .quiet()
                                        .trust(INVERSE, TABLE)
                                        .listener(event -> events.incrementAndGet())
                                        .run())
                .hasMessageContaining("needs space \"nas-bench-201\"");
        assertThat(events).hasValue(0);
    }

    @Test
    void aSearchsJournalAndObjectivesAreNotTouched(@TempDir Path folder) {
        Path journal = folder.resolve("search.jsonl");
        TrustReport report =
                Nas.space(nasBench201())
                        .quiet()
                        .journal(journal)
                        .objectives(Nas.minimize(Metrics.LATENCY))
                        .trust(INVERSE, TABLE)
                        .architectures(4)
                        .run();
        assertThat(journal).doesNotExist();
        assertThat(report.of("inverse").agreement()).isPresent();
    }

    @Test
    void listenersHearOfEveryEstimator() {
        Set<String> heard = new HashSet<>();
        meter(INVERSE)
                .architectures(4)
                .listener(
                        event -> {
                            if (event instanceof SearchEvent.Started started) {
                                heard.add(started.search().estimator().measure());
                            }
                        })
                .run();
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        Metrics.PARAMETERS, Metrics.MULTIPLY_ADDS, "inverse", TABLE.measure());
    }
}
