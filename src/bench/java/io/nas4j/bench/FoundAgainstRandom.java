package io.nas4j.bench;

import static io.nas4j.Nas.DARTS;
import static io.nas4j.Nas.cells;
import static io.nas4j.Nas.lowFidelity;

import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import io.nas4j.train.Retrain;
import io.nas4j.train.Retrained;
import io.nas4j.trial.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Are the cells that the default DARTS search finds better than random ones of as many parameters?
 *
 * <p>Each seed searches once; then the found cell and random cells are trained as the search's
 * estimator trains, all from one seed. A random cell's network is made wider or narrower, all
 * channels by one factor, until it has the found network's parameters. Every finished line goes to
 * the file at once, and a line that is there is not done again. {@link FoundAgainstRandomReport}
 * reads the file.
 *
 * <pre>{@code
 * FoundAgainstRandom found.csv 1 5 5 0   file, first and last seed, random cells, repeats a seed
 * }</pre>
 */
public final class FoundAgainstRandom {

    static final int EPOCHS = 10;
    static final String HEADER =
            "kind,seed,index,training_seed,threads,architecture,skips_normal,skips_reduce,"
                    + "width,parameters,validation,test,seconds,ending";

    /** How finely widths are tried: the last stage has four times the first one's channels. */
    private static final int STEPS = 4 * 8;

    private final SearchSpace space = cells();
    private final Data data = Readers.fashionMnistSample();
    private final Path file;

    private FoundAgainstRandom(Path file) {
        this.file = file;
    }

    /**
     * Appends to the file what is not in it yet.
     *
     * @param args file, first seed, last seed, random cells a seed, how often its found cell is
     *     trained again from other seeds
     * @throws IOException when the file cannot be read or written
     * @throws InterruptedException never
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path file = Path.of(args[0]);
        if (!Files.exists(file)) {
            Files.writeString(file, HEADER + "\n");
        }
        FoundAgainstRandom bench = new FoundAgainstRandom(file);
        int first = Integer.parseInt(args[1]);
        int last = Integer.parseInt(args[2]);
        int randoms = Integer.parseInt(args[3]);
        int repeats = Integer.parseInt(args[4]);
        for (int seed = first; seed <= last; seed++) {
            bench.seed(seed, randoms, repeats);
        }
    }

    private void seed(int seed, int randoms, int repeats) throws IOException, InterruptedException {
        if (line("search", seed, 0).isEmpty()) {
            search(seed);
        }
        if (randoms > 0) {
            train("found", seed, 0, seed, found(seed));
        }
        for (int i = 1; i <= randoms; i++) {
            Architecture random = space.sample(new Seeds(seed).random(i, "random cell"));
            train("random", seed, i, seed, random);
        }
        for (int i = 1; i <= repeats; i++) {
            train("again", seed, i, 100 * i + seed, found(seed));
        }
    }

    private void search(int seed) throws IOException {
        Path journal = file.resolveSibling(file.getFileName() + "." + seed + ".jsonl");
        Files.deleteIfExists(journal); // of a search that was cut off, whose time is unknown
        long start = System.nanoTime();
        SearchResult result =
                Nas.space(space)
                        .strategy(DARTS)
                        .estimator(lowFidelity(EPOCHS))
                        .seed(seed)
                        .journal(journal)
                        .quiet()
                        .run();
        double seconds = (System.nanoTime() - start) / 1e9;
        append(
                new String[] {"search", "" + seed, "0", ""},
                result.architecture(),
                1,
                parameters(result.network()),
                result.bestScore(),
                Double.NaN,
                seconds,
                result.reason());
    }

    private void train(String kind, int seed, int index, int trainingSeed, Architecture cell)
            throws IOException, InterruptedException {
        if (!line(kind, seed, index).isEmpty()) {
            return;
        }
        long wanted = parameters(space.network(found(seed)));
        int width = kind.equals("random") ? nearest(space.network(cell), wanted) : STEPS;
        SearchSpace network = widened(space.network(cell), width);
        Retrained trained = Retrain.of(EPOCHS).onTrainingSplit().run(network, data, trainingSeed);
        append(
                new String[] {kind, "" + seed, "" + index, "" + trainingSeed},
                cell,
                width / (double) STEPS,
                parameters(network),
                trained.course().validation().get(EPOCHS - 1).score(),
                trained.testAccuracy(),
                trained.cost().compute().toMillis() / 1e3,
                "");
    }

    /** The width whose parameters are nearest. */
    private int nearest(SearchSpace network, long wanted) {
        int width = 4;
        while (parameters(widened(network, width + 1)) <= wanted) {
            width++;
        }
        long below = wanted - parameters(widened(network, width));
        long above = parameters(widened(network, width + 1)) - wanted;
        return below <= above ? width : width + 1;
    }

    /** The same network with all channels times a factor, rounded. */
    private static SearchSpace widened(SearchSpace network, int width) {
        List<Node> steps =
                ((Node.Chain) network.root())
                        .steps().stream().map(step -> widened(step, width)).toList();
        return SearchSpace.of(network.name(), new Node.Chain(steps), network.shared());
    }

    private static Node widened(Node step, int width) {
        if (!(step instanceof Node.Op op) || !op.args().containsKey("channels")) {
            return step;
        }
        Map<String, Integer> args = new LinkedHashMap<>(op.args());
        args.computeIfPresent("channels", (name, c) -> Math.round(c * width / (float) STEPS));
        return new Node.Op(op.name(), args);
    }

    private long parameters(SearchSpace network) {
        InputShape shape = new InputShape(data.channels(), data.height(), data.width());
        return Counts.of(network, shape, data.classes().size(), 1).parameters();
    }

    /** Skip connections of one cell, of how many operations. */
    private String skips(Architecture architecture, String cell) {
        Walk walk = space.walk(architecture);
        List<String> operations =
                walk.decisions().stream()
                        .filter(decision -> decision.id().startsWith(cell))
                        .filter(decision -> decision.labels().contains("skip_connect"))
                        .map(decision -> picked(decision, walk))
                        .toList();
        long skips = operations.stream().filter("skip_connect"::equals).count();
        return skips + "/" + operations.size();
    }

    private static String picked(Decision decision, Walk walk) {
        return decision.label(walk.answer(decision.id()));
    }

    private Architecture found(int seed) throws IOException {
        List<String> line = line("search", seed, 0);
        return new Architecture(
                space.name(), Arrays.stream(line.get(5).split(" ")).map(Integer::valueOf).toList());
    }

    /** The fields of a finished line; empty when there is none. */
    private List<String> line(String kind, int seed, int index) throws IOException {
        String start = kind + "," + seed + "," + index + ",";
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> List.of(line.split(",", -1)))
                .findFirst()
                .orElse(List.of());
    }

    private void append(
            String[] key,
            Architecture cell,
            double width,
            long parameters,
            double validation,
            double test,
            double seconds,
            String ending)
            throws IOException {
        String line =
                String.join(
                        ",",
                        String.join(",", key),
                        "" + ai.djl.pytorch.jni.JniUtils.getNumThreads(),
                        cell.choices().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")),
                        skips(cell, "normal"),
                        skips(cell, "reduce"),
                        "" + width,
                        "" + parameters,
                        String.format(
                                java.util.Locale.ROOT, "%.4f,%.4f,%.1f", validation, test, seconds),
                        ending.replace(',', ';'));
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        System.out.println(line);
    }
}
