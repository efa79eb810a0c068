package io.nas4j.estimate;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Metrics;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * NAS-Bench-201: all 15,625 cells trained for 200 epochs on three data sets, two or three times
 * each.
 *
 * <p>Scores are accuracies on the validation images in [0, 1] after the last epoch; the cost is one
 * training's time; the metric {@code latency} is one forward pass in milliseconds.
 *
 * @see <a href="https://arxiv.org/abs/2001.00326">Dong and Yang, 2020</a>
 */
public enum NasBench201 implements ScoreTable {
    /** CIFAR-10 with 25,000 images for training and 25,000 for validation. */
    CIFAR10("cifar10"),

    /** CIFAR-100, trained on 50,000 images; half of the test images validate. */
    CIFAR100("cifar100"),

    /** The first 120 classes of ImageNet at 16×16 pixels. */
    IMAGENET16_120("imagenet16-120");

    private static final String SPACE = "nas-bench-201";
    private static final int EDGES = 6;
    private static final int OPERATIONS = 5;
    private static final int ABSENT = 0xffff;

    private final String dataSet;

    NasBench201(String dataSet) {
        this.dataSet = dataSet;
    }

    @Override
    public String title() {
        return SPACE + "/" + dataSet;
    }

    @Override
    public int size() {
        return columns().means.length;
    }

    @Override
    public Stream<Architecture> architectures() {
        return IntStream.range(0, size()).mapToObj(NasBench201::architecture);
    }

    @Override
    public List<Integer> rungs() {
        return List.of(200);
    }

    @Override
    public Architecture best() {
        return architecture(columns().best);
    }

    @Override
    public Optional<Estimate> find(Architecture architecture, int rung, OptionalLong seed) {
        int index = index(architecture);
        if (index < 0 || rung != 200) {
            return Optional.empty();
        }
        Columns columns = columns();
        double score =
                seed.isEmpty()
                        ? columns.means[index]
                        : columns.score(
                                index,
                                (int)
                                        Long.remainderUnsigned(
                                                seed.getAsLong(), columns.seeds(index)));
        return Optional.of(
                new Estimate(
                        score,
                        Map.of(Metrics.LATENCY, columns.micros[index] / 1e3),
                        List.of(),
                        new Cost(
                                Duration.ofMillis(columns.millis[index]),
                                columns.parameters[index],
                                0)));
    }

    /**
     * How often an architecture was trained.
     *
     * @param architecture of the space
     * @return 2 or 3
     */
    public int seeds(Architecture architecture) {
        int index = index(architecture);
        require(
                index >= 0,
                "an architecture of \"%s\" was expected, but got %s.",
                SPACE,
                architecture);
        return columns().seeds(index);
    }

    @Override
    public void requireWithin(SearchSpace space) {
        require(
                space.name().equals(SPACE) && space.size().equals(BigInteger.valueOf(size())),
                "table \"%s\" needs space \"%s\", but the search's is \"%s\". Try"
                        + " Nas.space(nasBench201()).",
                title(),
                SPACE,
                space.name());
    }

    private static int index(Architecture architecture) {
        List<Integer> choices = architecture.choices();
        if (choices.size() != EDGES || !architecture.space().equals(SPACE)) {
            return -1;
        }
        int index = 0;
        for (int edge = 0; edge < EDGES; edge++) {
            int choice = choices.get(edge);
            if (choice < 0 || choice >= OPERATIONS) {
                return -1;
            }
            index = OPERATIONS * index + choice;
        }
        return index;
    }

    private static Architecture architecture(int index) {
        Integer[] choices = new Integer[EDGES];
        int rest = index;
        for (int edge = EDGES - 1; edge >= 0; edge--) {
            choices[edge] = rest % OPERATIONS;
            rest /= OPERATIONS;
        }
        return new Architecture(SPACE, List.of(choices));
    }

    private Columns columns() {
        return Archive.TABLES.get(ordinal());
    }

    /** Read on first use; its layout is described in src/bench/python/convert_nas_bench_201.py. */
    private static final class Archive {
        static final List<Columns> TABLES = read();

        private static List<Columns> read() {
            try (InputStream raw = NasBench201.class.getResourceAsStream("nas-bench-201.bin.gz");
                    DataInputStream in = new DataInputStream(new GZIPInputStream(raw, 1 << 16))) {
                return read(ByteBuffer.wrap(in.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static List<Columns> read(ByteBuffer in) {
            require(
                    in.getInt() == 0x4E323031 && in.getInt() == 1,
                    "the embedded NAS-Bench-201 is torn. Try the published jar.");
            int size = in.getInt();
            int seeds = in.getInt();
            int tables = values().length;
            int[] images = new int[tables];
            double[] slower = new double[tables];
            int[] larger = new int[tables];
            for (int i = 0; i < tables; i++) {
                images[i] = in.getInt();
                slower[i] = in.getDouble();
                larger[i] = in.getInt();
            }
            int[] parameters = ints(in, size);
            int[] millis = ints(in, size);
            List<Columns> result = new ArrayList<>();
            for (int i = 0; i < tables; i++) {
                int table = i;
                char[] micros = chars(in, size);
                char[][] correct = new char[seeds][];
                for (int seed = 0; seed < seeds; seed++) {
                    correct[seed] = chars(in, size);
                }
                result.add(
                        new Columns(
                                images[i],
                                IntStream.of(parameters).map(p -> p + larger[table]).toArray(),
                                IntStream.of(millis)
                                        .mapToLong(m -> Math.round(m * slower[table]))
                                        .toArray(),
                                micros,
                                correct));
            }
            return result;
        }

        private static int[] ints(ByteBuffer in, int size) {
            int[] column = new int[size];
            in.asIntBuffer().get(column);
            in.position(in.position() + 4 * size);
            return column;
        }

        private static char[] chars(ByteBuffer in, int size) {
            char[] column = new char[size];
            in.asCharBuffer().get(column);
            in.position(in.position() + 2 * size);
            return column;
        }
    }

    private static final class Columns {
        final int images;
        final int[] parameters;
        final long[] millis;
        final char[] micros;
        final char[][] correct;
        final double[] means;
        final int best;

        Columns(int images, int[] parameters, long[] millis, char[] micros, char[][] correct) {
            this.images = images;
            this.parameters = parameters;
            this.millis = millis;
            this.micros = micros;
            this.correct = correct;
            this.means = new double[parameters.length];
            int first = 0;
            for (int i = 0; i < means.length; i++) {
                int index = i;
                means[i] =
                        IntStream.range(0, seeds(i))
                                .mapToDouble(seed -> score(index, seed))
                                .average()
                                .orElseThrow();
                first = means[i] > means[first] ? i : first;
            }
            this.best = first;
        }

        double score(int index, int seed) {
            return correct[seed][index] / (double) images;
        }

        int seeds(int index) {
            int count = correct.length;
            while (correct[count - 1][index] == ABSENT) {
                count--;
            }
            return count;
        }
    }
}
