package io.nas4j.execute;

import static io.nas4j.Nas.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.nas4j.curve.Extrapolated;
import io.nas4j.data.DataReference;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.estimate.SmallBench;
import io.nas4j.estimate.Tabular;
import io.nas4j.hardware.Measured;
import io.nas4j.hardware.NetworkSize;
import io.nas4j.hardware.Weighted;
import io.nas4j.json.Job;
import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.json.Vocabulary;
import io.nas4j.oneshot.SharedWeights;
import io.nas4j.predictor.Predicted;
import io.nas4j.proxy.RankedProxies;
import io.nas4j.screen.Screened;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Repeated;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.WarmStarted;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextFormTest {

    private static final Vocabulary KNOWN = KnownTypes.vocabulary();

    private static final List<PerformanceEstimator> ESTIMATORS =
            List.of(
                    lowFidelity(5).data(0.25).batch(32).smoothing(0.1),
                    new io.nas4j.train.Inherited(lowFidelity(2)),
                    SYNFLOW.batch(8),
                    new RankedProxies(List.of(SYNFLOW, NASWOT), 7),
                    Predicted.of(lowFidelity(3)).by(BANANAS),
                    new Extrapolated(lowFidelity(9)),
                    new Measured(lowFidelity(1), List.of(NetworkSize.PARAMETERS, latency())),
                    Weighted.soft(lowFidelity(1), "parameters", 1e4),
                    SharedWeights.of(FAIR_NAS.epochs(3)).file(Path.of("shared.bin")),
                    Tabular.of(SmallBench.FASHION_MNIST).oneSeed());

    private static final List<SearchStrategy> STRATEGIES =
            List.of(
                    RANDOM,
                    GRID,
                    LOCAL_SEARCH,
                    EVOLUTION,
                    NSGA2,
                    REINFORCE,
                    RNN_CONTROLLER,
                    TPE,
                    BAYESIAN,
                    BANANAS,
                    HYPERBAND,
                    ASHA,
                    BOHB,
                    DARTS,
                    PC_DARTS,
                    GDAS,
                    DRNAS,
                    ENAS,
                    ONE_SHOT,
                    RANDOM_SHARED,
                    new Repeated(DARTS, 3),
                    new Screened(EVOLUTION, SYNFLOW, 50));

    @Test
    void everyEstimatorIsReadAsItWasWritten() {
        for (PerformanceEstimator estimator : ESTIMATORS) {
            String text = Json.write(estimator, KNOWN);
            assertThat(Json.estimator(text, KNOWN)).as(text).isEqualTo(estimator);
        }
        assertThat(ESTIMATORS)
                .extracting(Object::getClass)
                .containsAll(records(PerformanceEstimator.class));
    }

    @Test
    void everyStrategyIsReadAsItWasWritten() {
        for (SearchStrategy strategy : STRATEGIES) {
            String text = Json.write(strategy, KNOWN);
            assertThat(Json.strategy(text, KNOWN)).as(text).isEqualTo(strategy);
        }
        Set<Class<?>> all = new HashSet<>(records(SearchStrategy.class));
        // it holds the trials of an earlier search, whose form is the journal's
        all.remove(WarmStarted.class);
        assertThat(STRATEGIES).extracting(Object::getClass).containsAll(all);
    }

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(location -> location.contains("/target/classes/"))
                    .importPackages("io.nas4j");

    /** So that none is forgotten. */
    private static Set<Class<?>> records(Class<?> kind) {
        return CLASSES.stream()
                .filter(found -> found.isAssignableTo(kind) && found.isRecord())
                .filter(found -> found.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::reflect)
                .collect(Collectors.toSet());
    }

    /** A user's own. */
    record Mine(PerformanceEstimator inner, double bonus) implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            return (candidate, context) -> Estimate.of(bonus);
        }

        @Override
        public String measure() {
            return "mine";
        }
    }

    @Test
    void aRecordOfAUsersOwnTakesPartOnceItIsHandedOver() {
        Mine mine = new Mine(lowFidelity(2), 0.1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.write(mine, KNOWN))
                .withMessageContaining("Mine is not among those that a text may name");
        Vocabulary own = KNOWN.with(List.of(Mine.class));
        String text = Json.write(mine, own);
        assertThat(Json.estimator(text, own)).isEqualTo(mine);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.estimator(text, KNOWN))
                .withMessageContaining("unknown type \"TextFormTest.Mine\"");
    }

    @Test
    void noTextMakesAClassThatNobodyHandedOver() {
        for (String name : List.of("java.lang.ProcessBuilder", "java.io.File", "Proxy$X")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () ->
                                    Json.estimator(
                                            "{\"nas4j\":1,\"kind\":\"estimator\",\"estimator\":{\"type\":\""
                                                    + name
                                                    + "\"}}",
                                            KNOWN))
                    .withMessageContaining("unknown type");
        }
        String strategy = Json.write(RANDOM, KNOWN).replace("\"strategy\"", "\"estimator\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.estimator(strategy, KNOWN))
                .withMessageContaining("a PerformanceEstimator was expected");
    }

    @Test
    void aFunctionHasNoTextForm() {
        PerformanceEstimator function = PerformanceEstimator.of("sum", candidate -> 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.write(function, KNOWN))
                .withMessageStartingWith("sum has no text form: it is code");
    }

    @Test
    void whatAConstructorRefusesNoTextGetsPast() {
        String text = Json.write(SYNFLOW, KNOWN).replace("\"batch\":32", "\"batch\":1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.estimator(text, KNOWN))
                .withMessageContaining("batch must be at least 2");
    }

    @Test
    void aJobIsReadAsItWasWritten() {
        Job job =
                new Job(
                        Spaces.cells(),
                        new DataReference(Optional.of(Path.of("/x/data.bin")), "d", "12", "34"),
                        new Seeds(7),
                        "cpu",
                        lowFidelity(2));
        assertThat(Json.job(Json.write(job, KNOWN), KNOWN)).isEqualTo(job);
    }

    @Test
    void aMessageIsOneLineWhateverItSays() {
        Message message =
                Message.of("report").with("step", 3).with("score", 0.5).with("text", "a\n\"b\"");
        assertThat(Json.write(message)).doesNotContain("\n");
        assertThat(Json.message(Json.write(message))).isEqualTo(message);
    }
}
