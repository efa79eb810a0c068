package io.nas4j.execute;

import io.nas4j.Nas;
import io.nas4j.Search;
import io.nas4j.curve.StoppingRule;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.execute.Probe.Conduct;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.search.TrialExecutor;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Asha;
import io.nas4j.strategy.Bayesian;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.Hyperband;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Place;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What {@link SparkIT} starts with Spark on its class path: runs searches one after the other, and
 * prints a line for each, {@code >>> name: what came of it}.
 */
final class SparkDriver {

    /** That of a machine with much else to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final String master;

    private SparkDriver(Path folder, String master) {
        this.folder = folder;
        this.master = master;
    }

    /** Folder, master, names of what is to be run. */
    public static void main(String[] arguments) throws IOException {
        SparkDriver driver = new SparkDriver(Path.of(arguments[0]), arguments[1]);
        for (String name : List.of(arguments).subList(2, arguments.length)) {
            String result;
            try {
                result = driver.run(name);
            } catch (IllegalArgumentException | IllegalStateException e) {
                result = e.getClass().getSimpleName() + " " + e.getMessage();
            }
            System.out.println(">>> " + name + ": " + result.replace('\n', ' '));
        }
        System.out.println(">>> end:");
        // with its context, as spark-submit does
        System.exit(0);
    }

    private String run(String name) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        Spark running = Nas.spark().patience(PATIENCE);
        return switch (name) {
            // one executor alone comes to no end: the other may be late
            case "good" -> scores(run(running.slots(2), probe(own, Conduct.NOISY_PAIRS), 12));
            case "serial" -> scores(run(TrialExecutor.serial(), probe(own, Conduct.GOOD), 12));
            case "devices" -> {
                run(running, probe(own, Conduct.TELLS_ITS_DEVICE), 6);
                yield files(own, "device-");
            }
            case "reports" -> curves(own, running.slots(1));
            case "weights" -> weights(own, running.slots(2));
            case "evolution" -> pairs(own, new Evolution(4, 2, 0));
            case "asha" -> pairs(own, new Asha());
            case "bayesian" -> pairs(own, new Bayesian());
            case "function" -> {
                int twenty = 20; // what it captures goes with it
                yield scores(
                        run(
                                running.slots(2),
                                PerformanceEstimator.of("mine", c -> c.trial() + twenty),
                                4));
            }
            case "unserialisable" -> {
                Object held = new Object();
                yield scores(
                        run(running, PerformanceEstimator.of("mine", c -> held.hashCode()), 1));
            }
            case "refused" -> scores(run(running, probe(own, Conduct.REFUSES), 1));
            case "dies" -> outcomes(run(running.slots(1), probe(own, Conduct.DIES_IN_TRIAL_1), 3));
            case "killed" ->
                    scores(run(running.slots(2), probe(own, Conduct.WAITS_TO_BE_KILLED_ONCE), 6));
            case "journal" -> journal(own);
            case "training" -> training();
            case "other" ->
                    scores(
                            run(
                                    own().set(
                                                    "spark.executor.extraClassPath",
                                                    folder.resolve("other.jar")
                                                            + java.io.File.pathSeparator
                                                            + System.getProperty(
                                                                    "java.class.path")),
                                    probe(own, Conduct.GOOD),
                                    1));
            case "lacking" ->
                    scores(
                            run(
                                    own().set("spark.executor.extraClassPath", "/nowhere"),
                                    probe(own, Conduct.GOOD),
                                    1));
            case "nobody" -> nobody(own);
            case "shared" -> scores(run(Nas.spark("local[2]"), Nas.lowFidelity(1), 1));
            case "silent" -> {
                try (ServerSocket deaf = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
                    String url = "spark://127.0.0.1:" + deaf.getLocalPort();
                    yield scores(
                            run(
                                    Nas.spark(url).patience(Duration.ofSeconds(1)),
                                    probe(own, Conduct.GOOD),
                                    1));
                }
            }
            default -> throw new IllegalStateException("no " + name);
        };
    }

    private static Probe probe(Path folder, Conduct conduct) {
        return new Probe(folder, conduct);
    }

    private Spark own() {
        return Nas.spark(master)
                .set("spark.executor.memory", "512m")
                .set("spark.executor.extraJavaOptions", SparkHome.QUICK)
                .patience(PATIENCE)
                .slots(1);
    }

    private static SearchSpec search(
            TrialExecutor executor, PerformanceEstimator estimator, int trials) {
        return SearchSpec.of(
                        Searches.task(Spaces.nasBench201(), 3),
                        new RandomSearch(),
                        estimator,
                        Budget.trials(trials))
                .executor(executor);
    }

    private static RunResult run(
            TrialExecutor executor, PerformanceEstimator estimator, int trials) {
        return new SearchLoop(search(executor, estimator, trials)).run();
    }

    private static String scores(RunResult result) {
        return result.history().trials().stream()
                        .map(trial -> trial.score().orElse(Double.NaN))
                        .toList()
                + " "
                + result.places().values().stream().map(Place::worker).distinct().sorted().toList();
    }

    private static String outcomes(RunResult result) {
        return result.history().trials().stream()
                .map(
                        trial ->
                                trial.outcome() instanceof Outcome.Failed failed
                                        ? failed.reason()
                                        : "scored")
                .collect(Collectors.joining("; "));
    }

    private static String files(Path folder, String prefix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .map(SparkDriver::read)
                    .distinct()
                    .sorted()
                    .toList()
                    .toString();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String curves(Path folder, Spark spark) {
        StoppingRule third =
                underWay -> underWay.curve().size() == 3 ? Optional.of("enough") : Optional.empty();
        SearchSpec search =
                search(spark, new WorkersIT.Epochs(probe(folder, Conduct.REPORTS)), 2)
                        .stopping(third);
        return new SearchLoop(search)
                .run().history().trials().stream()
                        .map(trial -> (Outcome.Stopped) trial.outcome())
                        .map(stopped -> stopped.isEarly() + " " + stopped.curve().size())
                        .toList()
                        .toString();
    }

    /** How many trials went on from an earlier one, and whether each had the weights of that. */
    private static String weights(Path folder, Spark spark) {
        SearchSpec search =
                SearchSpec.of(
                                Searches.task(Spaces.nasBench201(), 3),
                                new Hyperband(),
                                probe(folder, Conduct.KEEPS_WEIGHTS),
                                Budget.trials(14))
                        .executor(spark);
        RunResult result = new SearchLoop(search).run();
        List<Trial> trials = result.history().trials();
        int more = 0;
        boolean right = true;
        for (Trial trial : trials) {
            double before = 0;
            if (trial.continues().isPresent()) {
                more++;
                before = trials.get(trial.continues().getAsInt()).score().orElseThrow();
            }
            right &= trial.score().orElseThrow() == before + 1;
        }
        return more + " went on, right " + right + " " + result.warnings();
    }

    /** Comes to no end unless both slots always have a trial. */
    private String pairs(Path folder, SearchStrategy strategy) {
        SearchSpec search =
                SearchSpec.of(
                                Searches.task(Spaces.nasBench201(), 3),
                                strategy,
                                probe(folder, Conduct.MEETS_ITS_PAIR),
                                Budget.trials(12))
                        .repeats(true)
                        .executor(Nas.spark().patience(PATIENCE).slots(2));
        long scored =
                new SearchLoop(search)
                        .run().history().trials().stream()
                                .filter(trial -> trial.score().isPresent())
                                .count();
        return scored + " scored";
    }

    /** Its driver is killed the first time. */
    private String journal(Path folder) {
        Task task = Searches.task(Spaces.nasBench201(), 3);
        SearchSpec search =
                SearchSpec.of(
                                task,
                                new RandomSearch(),
                                probe(folder, Conduct.WAITS_TO_BE_KILLED_ONCE),
                                Budget.trials(4))
                        .journal(folder.resolve("trials.jsonl"))
                        .executor(System.getProperty("spark.master") == null ? own() : Nas.spark());
        return scores(new SearchLoop(search).run());
    }

    /** In a context that is there already: that begins may take longer than the patience. */
    private String nobody(Path folder) {
        SparkConf greedy =
                new SparkConf()
                        .setMaster(master)
                        .setAppName("nobody")
                        .set("spark.executor.memory", "100g");
        try (JavaSparkContext context = new JavaSparkContext(greedy)) {
            Spark impatient = Nas.spark().patience(Duration.ofSeconds(1)).slots(1);
            return context.master() + " " + scores(run(impatient, probe(folder, Conduct.GOOD), 1));
        }
    }

    private String training() {
        Search search =
                Nas.space(Spaces.smallBench())
                        .estimator(Nas.lowFidelity(1).data(0.03).resolution(14))
                        .budget(Nas.trials(2))
                        .device("cpu")
                        .quiet();
        List<Trial> there =
                search.executor(Nas.spark().patience(PATIENCE).slots(1)).run().history().trials();
        List<Trial> here = search.run().history().trials();
        double apart = 0;
        for (int i = 0; i < 2; i++) {
            double difference =
                    there.get(i).score().orElseThrow() - here.get(i).score().orElseThrow();
            apart = Math.max(apart, Math.abs(difference));
        }
        return apart < 0.05 ? "alike" : "apart by " + apart;
    }
}
