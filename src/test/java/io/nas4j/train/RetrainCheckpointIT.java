package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RetrainCheckpointIT {

    private static final Data DATA = Squares.data(160);
    private static final SearchSpace NETWORK = cells(4);

    /** All that draws random numbers: order, movement, dropped paths. */
    private static final Retrain THREE =
            Retrain.of(3)
                    .batch(32)
                    .augmentation(Augmentation.NONE.shift(1).flip(true))
                    .dropPath(0.3)
                    .auxiliary(0.4);

    @TempDir private Path folder;

    /** In a process of its own: waits within epoch 3 to be killed. */
    static final class Killed {
        private Killed() {}

        public static void main(String[] args) throws InterruptedException {
            THREE.checkpoint(Path.of(args[0]))
                    .listener(
                            progress -> {
                                if (progress.fraction() > 0.7) {
                                    System.out.println("epoch 3 is under way");
                                    waitForTheEnd();
                                }
                            })
                    .run(NETWORK, DATA, 5);
        }

        private static void waitForTheEnd() {
            try {
                // until killed; or nobody is left to do so
                while (System.in.read() >= 0) {
                    Thread.onSpinWait();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aKilledTrainingGoesOnToTheSameResult() throws Exception {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-Dai.djl.pytorch.graph_optimizer=false",
                                Killed.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("epoch 3 is under way");
        } finally {
            child.destroyForcibly().waitFor();
        }
        List<Double> fractions = new ArrayList<>();
        Retrained resumed =
                THREE.checkpoint(folder)
                        .listener(progress -> fractions.add(progress.fraction()))
                        .run(NETWORK, DATA, 5);
        assertThat(fractions.get(0)).as("two epochs were kept").isCloseTo(2 / 3.0, within(1e-9));
        Retrained whole = THREE.run(NETWORK, DATA, 5);
        assertSame(resumed, whole);
        // the negative twin: another seed ends elsewhere
        assertThat(distance(THREE.run(NETWORK, DATA, 6), whole)).isGreaterThan(0.05);
        fractions.clear();
        Retrained again =
                THREE.checkpoint(folder)
                        .listener(progress -> fractions.add(progress.fraction()))
                        .run(NETWORK, DATA, 5);
        assertThat(fractions).as("nothing is left to train").isEmpty();
        assertSame(again, whole);
    }

    /** Two processes may round otherwise, and three epochs of small steps hardly enlarge that. */
    private static void assertSame(Retrained resumed, Retrained whole) {
        assertThat(distance(resumed, whole)).isLessThan(1e-2);
        assertThat(resumed.testAccuracy()).isCloseTo(whole.testAccuracy(), within(0.1));
        assertThat(resumed.course().epochs()).isEqualTo(3);
        assertThat(resumed.course().whole()).isTrue();
        assertThat(resumed.course().training()).hasSameSizeAs(whole.course().training());
    }

    private static double distance(Retrained one, Retrained other) {
        double most = 0;
        for (int i = 0; i < one.weights().size(); i++) {
            float[] a = one.weights().get(i).values();
            float[] b = other.weights().get(i).values();
            for (int k = 0; k < a.length; k++) {
                most = Math.max(most, Math.abs(a[k] - b[k]));
            }
        }
        return most;
    }

    @Test
    void aFullDiskKeepsTheCheckpointBefore() throws Exception {
        Retrain kept = THREE.checkpoint(folder);
        Squares.Recorder untilEpochTwo = new Squares.Recorder(5, asked -> asked < 6);
        assertThat(kept.run(NETWORK, DATA, untilEpochTwo).course().epochs()).isEqualTo(1);
        Path file = folder.resolve("seed-1.training");
        byte[] before = Files.readAllBytes(file);
        // what cannot be opened cannot be written, as on a full disk
        Files.createDirectories(folder.resolve("seed-1.training.nas4j-part").resolve("inside"));
        Retrained trained = kept.run(NETWORK, DATA, 5);
        assertThat(trained.course().whole()).isTrue();
        assertThat(trained.notes())
                .singleElement()
                .asString()
                .startsWith("a checkpoint could not be written 2 times")
                .contains("the last time after epoch 3");
        assertThat(trained.toString()).contains("a checkpoint could not be written");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aCheckpointOfAnotherTrainingIsRefusedWithTheReason() throws Exception {
        Retrain kept = THREE.epochs(1).checkpoint(folder, 5);
        kept.run(NETWORK, DATA, 5);
        assertThatThrownBy(() -> kept.run(cells(5), DATA, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is of another training: its architecture is \"cells-2")
                .hasMessageContaining("Try another folder");
        assertThatThrownBy(() -> kept.run(NETWORK, Squares.data(164), 5))
                .hasMessageContaining("its data is");
        assertThatThrownBy(() -> kept.dropPath(0.2).run(NETWORK, DATA, 5))
                .hasMessageContaining("its drop path is \"0.3\", but here it is \"0.2\"");
        assertThatThrownBy(() -> kept.run(NETWORK, DATA, 6))
                .hasMessageContaining("its seed is \"5\", but here it is \"6\"");
        Path file = folder.resolve("seed-1.training");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> kept.run(NETWORK, DATA, 5)).hasMessageContaining("is damaged");
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 3));
        assertThatThrownBy(() -> kept.run(NETWORK, DATA, 5)).hasMessageContaining("is damaged");
        Files.writeString(file, "a text of somebody's");
        assertThatThrownBy(() -> kept.run(NETWORK, DATA, 5))
                .hasMessageContaining("no checkpoint of a retraining");
        assertThatThrownBy(() -> THREE.checkpoint(file).run(NETWORK, DATA, 5))
                .hasMessageContaining("but", "is a file");
    }

    private static SearchSpace cells(int seed) {
        SearchSpace space = Spaces.cells(2, 3, 2);
        return space.network(space.sample(new SplittableRandom(seed)));
    }
}
