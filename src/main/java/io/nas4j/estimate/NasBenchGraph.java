package io.nas4j.estimate;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * NAS-Bench-Graph: 26,206 graph neural networks trained with three seeds on data sets of vertices
 * to classify, of which this table has the means.
 *
 * <p>Its space is {@link Spaces#nasBenchGraph()}, which writes most networks down in several ways:
 * {@link #key} tells whether two are one. Scores are accuracies on the validation vertices in [0,
 * 1]; the metrics are the accuracy on the test vertices and the {@code latency} of one forward pass
 * in milliseconds, to 0.2 percent. The source has neither times of trainings nor single seeds: all
 * trials are free, and {@code oneSeed()} changes nothing.
 *
 * @see <a href="https://arxiv.org/abs/2206.09166">Qin et al., 2022</a>
 */
public enum NasBenchGraph implements ScoreTable {
    /** Cora: 2,708 papers of 7 fields, and who cites whom. */
    CORA,

    /** CiteSeer: 3,327 papers of 6 fields. */
    CITESEER,

    /** PubMed: 19,717 papers on 3 kinds of diabetes. */
    PUBMED,

    /** 18,333 authors of computer science, and who wrote with whom; 15 fields. */
    CS,

    /** 34,493 authors of physics; 5 fields. */
    PHYSICS,

    /** 7,650 goods of Amazon's photo department, and what is bought together; 8 kinds. */
    PHOTO,

    /** 13,752 goods of Amazon's computer department; 10 kinds. */
    COMPUTERS,

    /** 169,343 papers of computer science on arXiv; 40 fields. */
    ARXIV;

    private static final String SPACE = "nas-bench-graph";

    /** Operation 1; input and operation 2, 3 and 4. */
    private static final int[] RADIX = {9, 2, 9, 3, 9, 4, 9};

    private static final int SKIP = 8;

    /** How many architectures have nothing but skips, and no row. */
    private static final int SKIPS = 2 * 3 * 4;

    @Override
    public String title() {
        return SPACE + "/" + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int size() {
        return Archive.ROWS.length - SKIPS;
    }

    /**
     * How many different networks there are.
     *
     * @return 26,206
     */
    public int networks() {
        return columns().validation.length;
    }

    @Override
    public Stream<Architecture> architectures() {
        return IntStream.range(0, Archive.ROWS.length)
                .mapToObj(NasBenchGraph::architecture)
                .filter(architecture -> !isSkips(architecture.choices()));
    }

    @Override
    public List<Integer> rungs() {
        return List.of(0);
    }

    @Override
    public Object key(Architecture architecture) {
        int index = index(architecture);
        return index < 0 ? architecture : Archive.ROWS[index];
    }

    @Override
    public Optional<Estimate> find(Architecture architecture, int rung, OptionalLong seed) {
        int index = index(architecture);
        return index < 0 || rung != 0
                ? Optional.empty()
                : Optional.of(columns().estimate(Archive.ROWS[index]));
    }

    @Override
    public Architecture best() {
        int best = columns().best();
        return architecture(
                IntStream.range(0, Archive.ROWS.length)
                        .filter(index -> Archive.ROWS[index] == best)
                        .filter(index -> !isSkips(architecture(index).choices()))
                        .findFirst()
                        .orElseThrow());
    }

    @Override
    public void requireWithin(SearchSpace space) {
        require(
                space.name().equals(SPACE),
                "table \"%s\" needs space \"%s\", but the search's is \"%s\". Try"
                        + " Nas.space(nasBenchGraph()).",
                title(),
                SPACE,
                space.name());
    }

    /** All that the space's own constraint admits is there. */
    @Override
    public void requireWhole(SearchSpace space) {
        requireWithin(space);
    }

    /** Negative for what is no architecture of the space. */
    private static int index(Architecture architecture) {
        List<Integer> choices = architecture.choices();
        if (choices.size() != RADIX.length || !architecture.space().equals(SPACE)) {
            return -1;
        }
        int index = 0;
        for (int i = 0; i < RADIX.length; i++) {
            int choice = choices.get(i);
            if (choice < 0 || choice >= RADIX[i]) {
                return -1;
            }
            index = RADIX[i] * index + choice;
        }
        return isSkips(choices) ? -1 : index;
    }

    private static boolean isSkips(List<Integer> choices) {
        return IntStream.of(0, 2, 4, 6).allMatch(operation -> choices.get(operation) == SKIP);
    }

    private static Architecture architecture(int index) {
        Integer[] choices = new Integer[RADIX.length];
        int rest = index;
        for (int i = RADIX.length - 1; i >= 0; i--) {
            choices[i] = rest % RADIX[i];
            rest /= RADIX[i];
        }
        return new Architecture(SPACE, List.of(choices));
    }

    private Columns columns() {
        return Archive.TABLES.get(ordinal());
    }

    /**
     * Read on first use; its layout is described in src/bench/python/convert_nas_bench_graph.py.
     */
    private static final class Archive {
        static final int[] ROWS;
        static final List<Columns> TABLES = new ArrayList<>();

        static {
            ByteBuffer in = read();
            require(
                    in.getInt() == 0x4E415347 && in.getInt() == 1,
                    "the embedded NAS-Bench-Graph is torn. Try the published jar.");
            int size = in.getInt();
            int rows = in.getInt();
            int tables = in.getInt();
            ROWS = planes(in, size, 2);
            for (int i = 1; i < size; i++) {
                ROWS[i] += ROWS[i - 1];
            }
            for (int i = 0; i < tables; i++) {
                TABLES.add(
                        new Columns(
                                in.getInt(),
                                in.getInt(),
                                planes(in, rows, 4),
                                planes(in, rows, 4),
                                planes(in, rows, 4),
                                planes(in, rows, 2)));
            }
        }

        private static ByteBuffer read() {
            try (InputStream raw =
                            NasBenchGraph.class.getResourceAsStream("nas-bench-graph.bin.gz");
                    InputStream in = new GZIPInputStream(raw, 1 << 16)) {
                return ByteBuffer.wrap(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Signed numbers of so many bytes: all first bytes, then all second ones. */
        private static int[] planes(ByteBuffer in, int size, int bytes) {
            int[] column = new int[size];
            for (int plane = 0; plane < bytes; plane++) {
                for (int i = 0; i < size; i++) {
                    byte next = in.get();
                    column[i] = plane == 0 ? next : column[i] << 8 | (next & 0xff);
                }
            }
            return column;
        }
    }

    /** A column an array, by row. */
    private record Columns(
            int validationCases,
            int testCases,
            int[] validation,
            int[] test,
            int[] parameters,
            int[] latency) {

        Estimate estimate(int row) {
            double milliseconds = 0.3 * Math.exp(latency[row] / 500.0);
            return new Estimate(
                    validation[row] / (double) validationCases,
                    Map.of(
                            Metrics.TEST_ACCURACY,
                            test[row] / (double) testCases,
                            Metrics.LATENCY,
                            milliseconds),
                    List.of(),
                    new Cost(Duration.ZERO, parameters[row], 0));
        }

        /** The first of the best. */
        int best() {
            int best = 0;
            for (int row = 1; row < validation.length; row++) {
                best = validation[row] > validation[best] ? row : best;
            }
            return best;
        }
    }
}
