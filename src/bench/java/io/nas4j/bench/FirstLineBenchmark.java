package io.nas4j.bench;

import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.search.SearchEvent;
import io.nas4j.sharing.SupernetTraining;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Times the README's first line, {@code
 * Nas.space(cells()).strategy(DARTS).estimator(lowFidelity(10)).run()}, trial by trial: the epochs
 * of the supernet, then the training of the found network. Fewer epochs of both take in proportion
 * less, and find another cell.
 *
 * <pre>{@code
 * FirstLineBenchmark        the line as it is
 * FirstLineBenchmark 2 1    epochs of the supernet, epochs of the training
 * }</pre>
 */
public final class FirstLineBenchmark {

    private FirstLineBenchmark() {}

    /**
     * Prints a line a trial, and one for all: wall and processor seconds.
     *
     * @param args nothing, or two numbers of epochs
     * @throws InterruptedException when interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        int searched = args.length > 0 ? Integer.parseInt(args[0]) : Nas.DARTS.training().epochs();
        int trained = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        SupernetTraining training = Nas.DARTS.training().epochs(searched);
        Watch watch = new Watch();
        long start = System.nanoTime();
        SearchResult result =
                Nas.space(Nas.cells())
                        .strategy(Nas.DARTS.training(training))
                        .estimator(Nas.lowFidelity(trained))
                        .listener(watch::on)
                        .quiet()
                        .run();
        System.out.printf(
                Locale.ROOT,
                "all: %.1f s, %.1f s of processors, score %.4f, %s%n",
                (System.nanoTime() - start) / 1e9,
                Watch.processorTime() / 1e9,
                result.bestScore(),
                result.architecture());
    }

    /** Tells what every trial took. */
    private static final class Watch {
        private long wall = System.nanoTime();
        private long cpu = processorTime();

        void on(SearchEvent event) {
            if (event instanceof SearchEvent.TrialFinished done) {
                long nowWall = System.nanoTime();
                long nowCpu = processorTime();
                System.out.printf(
                        Locale.ROOT,
                        "%s: %.1f s, %.1f s of processors%n",
                        done.trial().measure(),
                        (nowWall - wall) / 1e9,
                        (nowCpu - cpu) / 1e9);
                wall = nowWall;
                cpu = nowCpu;
            }
        }

        static long processorTime() {
            return ((com.sun.management.OperatingSystemMXBean)
                            ManagementFactory.getOperatingSystemMXBean())
                    .getProcessCpuTime();
        }
    }
}
