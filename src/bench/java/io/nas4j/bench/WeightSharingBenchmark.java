package io.nas4j.bench;

import static io.nas4j.Nas.CIFAR10;
import static io.nas4j.Nas.nasBench201;
import static io.nas4j.Nas.tabular;

import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.data.Split;
import io.nas4j.search.Budget;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How good is what a search by weight sharing finds, judged by networks that others trained to the
 * end? Each search trains its supernet on small images; its answer is looked up in NAS-Bench-201's
 * table of CIFAR-10.
 *
 * <p>The percentile of an answer is the share of all 15,625 cells that are worse, ties counting
 * half: a random draw has 50 on average. Every finished search is a line of the file at once, and a
 * line that is there is not done again. {@link WeightSharingReport} reads the file.
 *
 * <pre>{@code
 * WeightSharingBenchmark sharing.csv 8,1 sample 1-5 RANDOM DARTS DARTS:secondOrder GDAS:epochs=30:alphaRate=0.01
 * }</pre>
 *
 * <p>Arguments: the file; channels and cells a stage of the space; the data; first and last seed;
 * the strategies. Data are {@code sample} (the embedded images), {@code first} or {@code second}
 * (one half of them, for choosing settings), {@code small} (the small benchmark's), or a folder in
 * MNIST's or CIFAR-10's format ({@code folder:5000}: its first images; {@code folder:0.15}: this
 * share of the training images, drawn). A strategy is a constant of {@link Nas}, followed by calls
 * of its methods. A random draw costs no training.
 */
public final class WeightSharingBenchmark {

    static final String HEADER =
            "strategy,settings,channels,cells,data,seed,seconds,cpu_seconds,threads,answer,"
                    + "accuracy,percentile,course,ending";

    private final Path file;
    private final int channels;
    private final int cells;
    private final String dataName;
    private final Data data;
    private final double[] sorted = accuracies();

    private WeightSharingBenchmark(Path file, String space, String dataName) {
        this.file = file;
        String[] sizes = space.split(",");
        channels = Integer.parseInt(sizes[0]);
        cells = Integer.parseInt(sizes[1]);
        data = data(dataName);
        this.dataName =
                dataName.contains("/")
                        ? data.name() + dataName.replaceFirst("^[^:]*", "")
                        : dataName;
    }

    /**
     * Appends to the file what is not in it yet.
     *
     * @param args file, channels and cells, data, seeds, strategies
     * @throws IOException when the file cannot be read or written
     * @throws ReflectiveOperationException for a strategy that does not exist
     */
    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        WeightSharingBenchmark bench =
                new WeightSharingBenchmark(Path.of(args[0]), args[1], args[2]);
        if (!Files.exists(bench.file)) {
            Files.writeString(bench.file, HEADER + "\n");
        }
        ai.djl.engine.Engine.getInstance(); // a random draw loads no library by itself
        String[] seeds = args[3].split("-");
        int last = Integer.parseInt(seeds[seeds.length - 1]);
        for (int seed = Integer.parseInt(seeds[0]); seed <= last; seed++) {
            for (String name : List.of(args).subList(4, args.length)) {
                bench.search(name, seed);
            }
        }
    }

    static Data data(String name) {
        if (name.contains("/")) {
            String[] parts = name.split(":");
            Path folder = Path.of(parts[0]);
            boolean cifar = Files.exists(folder.resolve("data_batch_1.bin"));
            Data whole = cifar ? Readers.cifar10(folder) : Readers.idx(folder);
            if (parts.length == 1) {
                return whole;
            }
            return parts[1].contains(".")
                    ? whole.fraction(Double.parseDouble(parts[1]), new SplittableRandom(1))
                    : few(
                            whole,
                            Integer.parseInt(parts[1]),
                            parts.length == 2 ? 1 : Integer.parseInt(parts[2]));
        }
        Data sample = Readers.fashionMnistSample();
        if (name.equals("sample")) {
            return sample;
        }
        if (name.equals("small")) {
            return sample.split(0.2, 0.3);
        }
        Split all = sample.split();
        boolean first = name.equals("first");
        return sample.split(
                new Split(half(all.train(), first), half(all.validation(), first), all.test()));
    }

    /** A slice of the images: seven tenths to train, the others in equal parts. */
    private static Data few(Data whole, int count, int slice) {
        int from = (slice - 1) * count;
        int train = from + count * 7 / 10;
        int validation = train + (from + count - train) / 2;
        return whole.split(
                new Split(
                        IntStream.range(from, train).toArray(),
                        IntStream.range(train, validation).toArray(),
                        IntStream.range(validation, from + count).toArray()));
    }

    private static int[] half(int[] indices, boolean first) {
        int middle = indices.length / 2;
        return first
                ? Arrays.copyOf(indices, middle)
                : Arrays.copyOfRange(indices, middle, indices.length);
    }

    private static double[] accuracies() {
        return CIFAR10.architectures()
                .mapToDouble(WeightSharingBenchmark::accuracy)
                .sorted()
                .toArray();
    }

    private static double accuracy(Architecture cell) {
        return CIFAR10.find(cell, 200, OptionalLong.empty()).orElseThrow().score();
    }

    /** Of all cells, how many in 100 are worse; equals count half. */
    private double percentile(Architecture cell) {
        double accuracy = accuracy(cell);
        long worse = Arrays.stream(sorted).filter(other -> other < accuracy).count();
        long equal = Arrays.stream(sorted).filter(other -> other == accuracy).count();
        return 100 * (worse + equal / 2.0) / sorted.length;
    }

    private void search(String name, int seed) throws IOException, ReflectiveOperationException {
        SearchStrategy strategy = strategy(name);
        String settings = strategy.toString().replace(',', ';');
        String key = String.join(",", name, settings, "" + channels, "" + cells, dataName);
        String start = key + "," + seed + ",";
        if (Files.readAllLines(file).stream().anyMatch(line -> line.startsWith(start))) {
            return;
        }
        SearchSpace space = nasBench201(channels, cells);
        long from = System.nanoTime();
        long cpuFrom = cpuTime();
        SearchResult result =
                Nas.space(space)
                        .data(data)
                        .strategy(strategy)
                        .estimator(tabular(CIFAR10))
                        .budget(budget(strategy))
                        .seed(seed)
                        .quiet()
                        .run();
        double seconds = (System.nanoTime() - from) / 1e9;
        double cpu = (cpuTime() - cpuFrom) / 1e9;
        Architecture answer = result.architecture();
        String line =
                String.format(
                        Locale.ROOT,
                        "%s%.1f,%.1f,%d,%s,%.5f,%.2f,%s,%s",
                        start,
                        seconds,
                        cpu,
                        ai.djl.pytorch.jni.JniUtils.getNumThreads(),
                        answer.choices().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")),
                        accuracy(answer),
                        percentile(answer),
                        course(result),
                        result.reason().replace(',', ';'));
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
        System.out.println(line);
    }

    private static Budget budget(SearchStrategy strategy) {
        return strategy instanceof RandomSearch
                ? Budget.trials(1)
                : Budget.trials(strategy.slices().orElseThrow());
    }

    /** What would have been answered after each epoch: percentiles, without decimals. */
    private String course(SearchResult result) {
        return result.history().trials().stream()
                .filter(trial -> trial.measure().equals("supernet"))
                .map(Trial::architecture)
                .map(cell -> "" + Math.round(percentile(cell)))
                .collect(Collectors.joining(" "));
    }

    private static long cpuTime() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** A constant of {@code Nas} and calls of its methods: {@code DARTS:epochs=9:secondOrder}. */
    static SearchStrategy strategy(String text) throws ReflectiveOperationException {
        String[] parts = text.split(":");
        Object strategy = Nas.class.getField(parts[0]).get(null);
        for (String call : Arrays.asList(parts).subList(1, parts.length)) {
            String[] both = call.split("=");
            String[] values = both.length == 1 ? new String[0] : both[1].split("/");
            strategy = call(strategy, both[0], values);
        }
        return (SearchStrategy) strategy;
    }

    private static Object call(Object strategy, String name, String[] values)
            throws ReflectiveOperationException {
        for (var method : strategy.getClass().getMethods()) {
            Object[] arguments = arguments(method.getParameterTypes(), values);
            if (method.getName().equals(name)
                    && arguments != null
                    && SearchStrategy.class.isAssignableFrom(method.getReturnType())) {
                return method.invoke(strategy, arguments);
            }
        }
        throw new NoSuchMethodException(
                strategy + " has no " + name + " of " + Arrays.toString(values));
    }

    /** Null where the values do not fit. */
    private static Object[] arguments(Class<?>[] types, String[] values) {
        if (types.length == 1 && types[0].isArray()) {
            return constants(types[0].getComponentType(), values);
        }
        if (types.length != values.length) {
            return null;
        }
        Object[] result = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (types[i] == int.class && values[i].matches("\\d+")) {
                result[i] = Integer.valueOf(values[i]);
            } else if (types[i] == double.class) {
                result[i] = Double.valueOf(values[i]);
            } else if (types[i] == boolean.class) {
                result[i] = Boolean.valueOf(values[i]);
            } else {
                result[i] = constant(types[i], values[i]);
                if (result[i] == null) {
                    return null;
                }
            }
        }
        return result;
    }

    /** Null where one does not exist. */
    private static Object[] constants(Class<?> type, String[] names) {
        Object all = java.lang.reflect.Array.newInstance(type, names.length);
        for (int i = 0; i < names.length; i++) {
            Object value = constant(type, names[i]);
            if (value == null) {
                return null;
            }
            java.lang.reflect.Array.set(all, i, value);
        }
        return new Object[] {all};
    }

    /** A public constant of a settings' type, such as {@code Guards.NONE}. */
    private static Object constant(Class<?> type, String name) {
        try {
            Object value = type.getField(name).get(null);
            return type.isInstance(value) ? value : null;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
