package io.nas4j.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nas4j.Nas;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Searches;
import io.nas4j.space.Architecture;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What can be told without a cluster; {@link SparkIT} has one. */
class SparkTest {

    private static final Task TASK = Searches.task(Spaces.nasBench201(), 1);

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.spark(" "))
                .withMessageContaining("Try \"spark://host:7077\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.spark().slots(0))
                .withMessage("slots must be at least 1, but were 0. Try 2.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.spark().patience(Duration.ZERO))
                .withMessageContaining("patience must be above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nas.spark().set("spark.executor.memory", "4g"))
                .withMessageContaining("but more were set: [spark.executor.memory]. Try them as");
        Spark spark = Nas.spark("spark://host:7077").set("spark.executor.memory", "4g").slots(3);
        assertThat(spark).hasToString("3 slots on Spark at spark://host:7077");
        assertThat(spark.patience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Nas.spark().set("spark.nas4j.port", "7099").settings()).hasSize(1);
    }

    @Test
    void aMasterThatIsNotThereIsTold() throws Exception {
        // a port that is taken, so that nobody else can answer there, and that nobody listens on
        try (Socket silent = new Socket()) {
            silent.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            Spark nobody = Nas.spark("spark://127.0.0.1:" + silent.getLocalPort());
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> nobody.open(TASK, Nas.tabular(Nas.CIFAR10)))
                    .withMessageMatching(
                            "Spark's master spark://127\\.0\\.0\\.1:\\d+ does not answer: .*refused.*"
                                    + "Try the address that its own page shows.*\\(4\\.0\\.1\\)\\.");
        }
    }

    @Test
    void aFunctionIsSentAsItsObjectAndWhatItCaptures() throws Exception {
        int captured = 7;
        PerformanceEstimator mine =
                PerformanceEstimator.of("mine", candidate -> captured + candidate.trial());
        PerformanceEstimator form = Shipment.form(mine);
        assertThat(form).isInstanceOf(Serialized.class).hasToString("mine");
        assertThat(form.concurrent()).isTrue();
        Candidate third =
                new Candidate(
                        3,
                        TASK.space(),
                        new Architecture(TASK.space().name(), Collections.nCopies(6, 0)),
                        Fidelity.NONE,
                        OptionalInt.empty());
        assertThat(form.open(TASK).estimate(third, TrialContext.silent(1)).score()).isEqualTo(10);
        PerformanceEstimator data = Nas.tabular(Nas.CIFAR10);
        assertThat(Shipment.form(data)).isSameAs(data);
    }

    @Test
    void codeThatCannotBeSentIsRefusedWithTheReason() {
        Object held = new Object();
        PerformanceEstimator holds = PerformanceEstimator.of("holds", candidate -> held.hashCode());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shipment.form(holds))
                .withMessageStartingWith("estimator holds runs in this process only: ")
                .withMessageContaining("because of java.lang.Object. Try .parallel(2)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Shipment.form(PerformanceEstimator.of("cell", REPL.Cell.score())))
                .withMessageContaining("it is of a notebook's cell, which no executor has.");
    }

    /** As in a kernel whose class path has nas4j and nothing of Spark. */
    @Test
    void withoutSparkASearchIsWrittenDownAndTellsWhereItComesFrom() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("spark-core") && !entry.contains("scala-library")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader kernel =
                new URLClassLoader(
                        urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> cell = kernel.loadClass(Cell.class.getName());
            assertThat(cell.getClassLoader()).isSameAs(kernel);
            assertThat(
                            org.assertj.core.api.Assertions.catchThrowable(
                                    () -> cell.getMethod("run").invoke(null)))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageStartingWith("Spark is not on the class path. Try spark-submit, or");
        }
    }

    /** What a user writes. */
    public static final class Cell {
        private Cell() {}

        public static void run() {
            Nas.space(Nas.nasBench201())
                    .estimator(Nas.tabular(Nas.CIFAR10))
                    .executor(Nas.spark("spark://host:7077"))
                    .quiet()
                    .run();
        }
    }
}
