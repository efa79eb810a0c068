package io.nas4j.execute;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * An estimator of a user's own for worker processes: it tells who ran which trial by files, and
 * misbehaves on demand.
 *
 * @param folder where files are left
 * @param conduct of every trial
 */
record Probe(Path folder, Conduct conduct) implements PerformanceEstimator {

    enum Conduct {
        GOOD,
        NOISY,
        NOISY_PAIRS,
        WAITS_TO_BE_KILLED_ONCE,
        DIES_IN_TRIAL_1,
        NEVER_HEEDS,
        REPORTS,
        KEEPS_WEIGHTS,
        TELLS_ITS_DEVICE,
        MEETS_ITS_PAIR,
        REFUSES
    }

    @Override
    public Session open(Task task) {
        if (conduct == Conduct.REFUSES) {
            throw new IllegalArgumentException("the probe refuses " + task.space().name() + ".");
        }
        return (candidate, context) -> estimate(task, candidate, context);
    }

    private Estimate estimate(Task task, Candidate candidate, TrialContext context)
            throws Exception {
        int number = candidate.trial();
        Path first = folder.resolve("trial-" + number);
        boolean again = Files.exists(first);
        Files.writeString(
                folder.resolve("trial-" + number + (again ? "-again" : "")),
                Long.toString(ProcessHandle.current().pid()));
        switch (conduct) {
            case NOISY -> makeNoise();
            case NOISY_PAIRS -> {
                makeNoise();
                await(folder, number ^ 1);
            }
            case WAITS_TO_BE_KILLED_ONCE -> {
                if (number == 1 && !again) {
                    new CountDownLatch(1).await();
                }
            }
            case DIES_IN_TRIAL_1 -> {
                if (number == 1) {
                    Runtime.getRuntime().halt(7);
                }
            }
            case NEVER_HEEDS -> {
                while (true) {
                    Thread.onSpinWait();
                }
            }
            case REPORTS -> {
                for (int epoch = 1; context.report(epoch, 0.1 * epoch); epoch++) {
                    context.progress(epoch / 100.0);
                }
            }
            case KEEPS_WEIGHTS -> {
                return Estimate.of(weights(candidate, context));
            }
            case TELLS_ITS_DEVICE -> {
                Files.writeString(folder.resolve("device-" + number), task.device());
                await(folder, number ^ 1);
            }
            case MEETS_ITS_PAIR -> await(folder, number ^ 1);
            default -> {}
        }
        return Estimate.of(
                candidate.architecture().choices().stream().mapToInt(c -> c).sum() / 24.0
                        + context.seed() / 1e21);
    }

    private static void makeNoise() throws IOException {
        System.out.print("a line without an end");
        // as a native library does; not closed, since that would close the pipe
        OutputStream raw = new FileOutputStream(FileDescriptor.out);
        raw.write("native, also without an end".getBytes(StandardCharsets.UTF_8));
    }

    /** One more than what the continued trial left. */
    private static double weights(Candidate candidate, TrialContext context) throws IOException {
        int before = 0;
        if (candidate.continues().isPresent()) {
            Optional<InputStream> found = context.checkpoints().find();
            if (found.isPresent()) {
                try (InputStream in = found.get()) {
                    before = in.read();
                }
            }
        }
        int now = before + 1;
        context.checkpoints().save(out -> out.write(now));
        return now;
    }

    /** Who ran a trial first. */
    static ProcessHandle worker(Path folder, int trial) throws IOException, InterruptedException {
        return ProcessHandle.of(Long.parseLong(await(folder, trial))).orElseThrow();
    }

    /** Until a trial has begun, somewhere. */
    private static String await(Path folder, int trial) throws IOException, InterruptedException {
        return awaitFile(folder, "trial-" + trial);
    }

    /** Until a file is there and holds something. */
    static String awaitFile(Path folder, String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        try (WatchService changes = folder.getFileSystem().newWatchService()) {
            folder.register(
                    changes,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
            while (!Files.exists(file) || Files.size(file) == 0) {
                WatchKey key = changes.take();
                key.pollEvents();
                key.reset();
            }
        }
        return Files.readString(file);
    }

    /** How many processes have run trials. */
    static long processes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(
                            file -> {
                                try {
                                    return Files.readString(file);
                                } catch (IOException e) {
                                    throw new java.io.UncheckedIOException(e);
                                }
                            })
                    .distinct()
                    .count();
        }
    }

    @Override
    public Fidelity fidelity() {
        return conduct == Conduct.KEEPS_WEIGHTS || conduct == Conduct.MEETS_ITS_PAIR
                ? Fidelity.epochs(9)
                : Fidelity.NONE;
    }

    @Override
    public boolean concurrent() {
        return true; // it loads no engine
    }

    @Override
    public String measure() {
        return "probe";
    }
}
