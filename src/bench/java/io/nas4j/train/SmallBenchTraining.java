package io.nas4j.train;

import ai.djl.ndarray.NDManager;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Point;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.TrialContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Trains every network of {@link Spaces#smallBench()}: 12 epochs on 2,000 of the embedded images at
 * 14 pixels, two seeds; 3,000 images validate, 5,000 test.
 *
 * <p>That is what {@code train(12).resolution(14)} does on {@code fashionMnistSample().split(0.2,
 * 0.3)}. Architectures that build one network are trained once. Each training is a line of the
 * file, written when it ends; a line that is there is not done again, and no training depends on
 * another, so several processes may share the work by their turn.
 *
 * <pre>{@code
 * SmallBenchTraining small-bench.csv [turn of]   for example 0 2 and 1 2: two processes
 * SmallBenchTraining times.csv 0 1 1             only what an epoch takes
 * }</pre>
 */
public final class SmallBenchTraining {

    static final int EPOCHS = 12;
    static final int PIXELS = 14;
    static final int SEEDS = 2;

    private final SearchSpace space = Spaces.smallBench();
    private final Data data = Readers.fashionMnistSample().split(0.2, 0.3);
    private final InputShape shape = new InputShape(data.channels(), PIXELS, PIXELS);
    private final Path file;

    private SmallBenchTraining(Path file) {
        this.file = file;
    }

    /**
     * Appends to the file what is not in it yet.
     *
     * @param args the file; optionally which of how many processes this is
     * @throws IOException when the file cannot be read or written
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        SmallBenchTraining bench = new SmallBenchTraining(Path.of(args[0]));
        int turn = args.length > 1 ? Integer.parseInt(args[1]) : 0;
        int of = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        int epochs = args.length > 3 ? Integer.parseInt(args[3]) : EPOCHS;
        if (!Files.exists(bench.file)) {
            Files.writeString(bench.file, header() + "\n");
        }
        List<Architecture> networks = bench.networks();
        System.out.println(networks.size() + " networks");
        try (NDManager manager = NDManager.newBaseManager();
                DeviceData examples = new DeviceData(bench.data, PIXELS, manager)) {
            for (int seed = 1; seed <= (epochs < EPOCHS ? 1 : SEEDS); seed++) {
                for (int i = turn; i < networks.size(); i += of) {
                    bench.train(networks.get(i), seed, epochs, examples, manager);
                }
            }
        }
    }

    /** One architecture a network, the first that builds it. */
    private List<Architecture> networks() {
        Map<String, Architecture> byFingerprint = new LinkedHashMap<>();
        space.stream().forEach(a -> byFingerprint.putIfAbsent(space.fingerprint(a), a));
        return List.copyOf(byFingerprint.values());
    }

    private void train(
            Architecture architecture, int seed, int epochs, DeviceData examples, NDManager manager)
            throws IOException, InterruptedException {
        String key = words(architecture) + "," + seed + ",";
        Set<String> done = Set.copyOf(Files.readAllLines(file));
        if (done.stream().anyMatch(line -> line.startsWith(key))) {
            return;
        }
        SearchSpace network = space.network(architecture);
        int classes = data.classes().size();
        Counts counts = Counts.of(network, shape, classes, 1);
        List<Double> losses = new ArrayList<>();
        TrainingRecord course = TrainingRecord.START;
        double test;
        double seconds;
        try (TrainingLock turn = TrainingLock.take(seed);
                NDManager own = manager.newSubManager()) {
            Network block = Networks.compile(network, shape, classes, 1);
            block.initialize(own, new Seeds(seed).random(0, "weights"));
            try (Training training =
                    new Training(
                            turn,
                            block,
                            examples,
                            data.split().train(),
                            Recipe.DEFAULT,
                            own,
                            seed)) {
                long start = processor();
                for (int epoch = 1; epoch <= epochs; epoch++) {
                    course =
                            training.run(
                                    epoch,
                                    EPOCHS,
                                    data.split().validation(),
                                    TrialContext.silent(seed));
                    losses.add(course.loss());
                }
                seconds = (processor() - start) / 1e9;
                if (epochs < EPOCHS) {
                    time(key, seconds * EPOCHS / epochs);
                    return;
                }
                test =
                        training.quality(data.split().test(), TrialContext.silent(seed))
                                .orElseThrow()
                                .score();
            }
        }
        String line =
                key
                        + String.format(
                                Locale.ROOT,
                                "%d,%d,%.3f,%.4f",
                                counts.parameters(),
                                counts.multiplyAdds(),
                                seconds,
                                test)
                        + scores(course.validation())
                        + losses.stream()
                                .map(loss -> String.format(Locale.ROOT, ",%.4f", loss))
                                .collect(Collectors.joining())
                        + scores(course.training());
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }

    private void time(String key, double seconds) throws IOException {
        String line = key + String.format(Locale.ROOT, "%.3f", seconds);
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }

    /** Of all threads: what else runs on the machine does not count. */
    private static long processor() {
        return ((com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    static String words(Architecture architecture) {
        return architecture.choices().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    private static String scores(List<Point> curve) {
        return curve.stream()
                .map(point -> String.format(Locale.ROOT, ",%.6f", point.score()))
                .collect(Collectors.joining());
    }

    private static String header() {
        StringBuilder text =
                new StringBuilder("architecture,seed,parameters,multiply_adds,seconds,test");
        for (String column : List.of("validation", "train_loss", "train_accuracy")) {
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                text.append(',').append(column).append('_').append(epoch);
            }
        }
        return text.toString();
    }
}
