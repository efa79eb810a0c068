package io.nas4j.oneshot;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.nn.Counts;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** One search's supernet, trained when the first candidate asks. */
final class SharedSession implements PerformanceEstimator.Session {

    private final SharedWeights estimator;
    private final Task task;
    private final OneShotSession supernet;
    private boolean closed;

    private SharedSession(SharedWeights estimator, Task task, OneShotSession supernet) {
        this.estimator = estimator;
        this.task = task;
        this.supernet = supernet;
    }

    /** Reads what the file keeps; closes the supernet where that is another's. */
    static SharedSession open(SharedWeights estimator, Task task, OneShotSession supernet) {
        SharedSession session = new SharedSession(estimator, task, supernet);
        try {
            if (estimator.file().filter(Files::exists).isPresent()) {
                session.read(estimator.file().get());
            }
            return session;
        } catch (RuntimeException | Error e) {
            supernet.close();
            throw e;
        }
    }

    @Override
    @SuppressWarnings("try") // the turn is held, not used
    public Estimate estimate(Candidate candidate, TrialContext context) throws Exception {
        long start = System.nanoTime();
        if (!supernet.supernet().isTrained()) {
            context.phase("the supernet is trained");
            supernet.train(context);
            if (estimator.file().isPresent()) {
                write(estimator.file().get());
            }
        }
        PathSession.PathEstimate scored;
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(0, "shared weights"))) {
            scored = supernet.estimate(candidate.architecture(), context);
        }
        Counts counts = supernet.counts(candidate.architecture());
        Duration compute = Duration.ofNanos(System.nanoTime() - start);
        return new Estimate(
                scored.score(),
                scored.metrics(),
                List.of(),
                new Cost(compute, counts.parameters(), counts.multiplyAdds()));
    }

    /** Whose weights these are. */
    private List<String> identity() {
        Data data = task.data();
        return List.of(
                "space " + task.space().name() + " " + supernet.supernet().net.places(),
                "data " + data.name() + " " + data.contentHash(),
                "seed " + task.seeds().master(),
                "settings " + estimator.settings().training() + " " + estimator.settings().paths());
    }

    private void read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            DataInputStream data = new DataInputStream(in);
            for (String ours : identity()) {
                byte[] theirs = new byte[data.readInt()];
                data.readFully(theirs);
                String told = new String(theirs, StandardCharsets.UTF_8);
                require(
                        told.equals(ours),
                        "%s keeps a supernet of other %s: its %s, but this search's %s. Try another"
                                + " file.",
                        file,
                        ours.substring(0, ours.indexOf(' ')),
                        shortened(told),
                        shortened(ours));
            }
            supernet.restore(data);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " is no kept supernet, or only a part of one. Try another file.", e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    /** Whole or not at all. */
    private void write(Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            DataOutputStream data = new DataOutputStream(out);
            for (String line : identity()) {
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                data.writeInt(bytes.length);
                data.write(bytes);
            }
            data.flush();
            supernet.save(out);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            supernet.close();
        }
    }
}
