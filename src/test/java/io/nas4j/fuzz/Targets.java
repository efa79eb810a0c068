package io.nas4j.fuzz;

import io.nas4j.Nas;
import io.nas4j.data.Csv;
import io.nas4j.data.Data;
import io.nas4j.data.DataFiles;
import io.nas4j.data.DataReference;
import io.nas4j.data.ImageFolder;
import io.nas4j.data.Photo;
import io.nas4j.data.Readers;
import io.nas4j.execute.KnownTypes;
import io.nas4j.genotype.Genotype;
import io.nas4j.genotype.NasBench201String;
import io.nas4j.genotype.PublishedCells;
import io.nas4j.journal.JournalContent;
import io.nas4j.json.Job;
import io.nas4j.json.JournalJson;
import io.nas4j.json.Json;
import io.nas4j.json.Message;
import io.nas4j.json.TensorEntry;
import io.nas4j.json.Vocabulary;
import io.nas4j.model.ModelFiles;
import io.nas4j.model.NasModel;
import io.nas4j.model.Safetensors;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.sharing.TinySearch;
import io.nas4j.space.Architecture;
import io.nas4j.space.Grammar;
import io.nas4j.space.Node;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.train.Tensor;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Trial;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Every reader of the library, each with some good inputs to begin from. */
public final class Targets {

    private static final List<Class<? extends Throwable>> ARGUMENT =
            List.of(IllegalArgumentException.class);

    private static final SearchSpace SPACE = Spaces.nasBench201(4, 1);

    private final Path folder;

    /** In a folder that is theirs, in memory if possible. */
    public Targets(Path folder) {
        this.folder = folder;
    }

    /** All of them. */
    public List<Target> all() throws IOException {
        return List.of(
                space(),
                madeUpSpace(),
                answers(),
                records(),
                journal(),
                resumed(),
                idx(),
                cifar(),
                csv(),
                dataFile(),
                genotype(),
                nasBench201(),
                safetensors(),
                model(),
                pictures(),
                imageFolder());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<byte[]> texts(List<String> texts) {
        return texts.stream().map(Targets::bytes).toList();
    }

    /** What was read must also be of use: drawn from, walked through, written again. */
    private static Target space() {
        SearchSpace nested =
                SearchSpace.of(
                        "nested",
                        Grammar.chain(
                                Grammar.stem(4),
                                Grammar.ref("a"),
                                Grammar.ref("a"),
                                Grammar.classifier()),
                        Map.of(
                                "a",
                                new Node.Join(
                                        Node.Merge.SUM,
                                        List.of(Grammar.ref("b"), Grammar.ref("b"))),
                                "b",
                                Grammar.chain(Grammar.ref("c"), Grammar.ref("c")),
                                "c",
                                Grammar.choice("op", Grammar.skip(), Grammar.norConv(3))));
        SearchSpace subset =
                SearchSpace.of(
                        "subset",
                        Grammar.stem(4),
                        new Node.Subset(
                                "some",
                                2,
                                Node.Merge.CONCAT,
                                List.of(Grammar.skip(), Grammar.norConv(1), Grammar.norConv(3))),
                        Grammar.classifier());
        List<SearchSpace> spaces =
                List.of(nested, subset, SPACE, Spaces.cells(), Spaces.mlp(), Spaces.hierarchical());
        return new Target(
                "JSON of spaces",
                texts(spaces.stream().map(Json::write).toList()),
                Targets::useSpace,
                ARGUMENT);
    }

    private static Target madeUpSpace() {
        return new Target(
                "made-up spaces",
                List.of(bytes(Json.write(SPACE))),
                (number, seed) -> bytes(new MadeUpSpace(number, seed).text()),
                Targets::useSpace,
                ARGUMENT);
    }

    private static void useSpace(byte[] input) {
        SearchSpace read = Json.space(text(input));
        SplittableRandom random = new SplittableRandom(1);
        Architecture one = read.sample(random);
        read.check(one);
        read.walk(one);
        read.decisions();
        try {
            read.fingerprint(one);
        } catch (IllegalArgumentException e) {
            // a network that cannot be built
        }
        try {
            read.size();
        } catch (IllegalStateException e) {
            if (!e.getMessage().contains("too many of these")) {
                throw e;
            }
        }
        if (!Json.space(Json.write(read)).equals(read)) {
            throw new AssertionError("another space is read than was written");
        }
    }

    static List<Trial> trials(int count) {
        List<Trial> trials = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < count; i++) {
            Outcome outcome =
                    i % 3 == 2
                            ? new Outcome.Failed(
                                    "no \"memory\"", "at line\n7", io.nas4j.trial.Cost.ZERO)
                            : new Outcome.Completed(
                                    new Estimate(
                                            0.5 + i,
                                            Map.of("latency", 0.25),
                                            List.of(new io.nas4j.trial.Point(1, 0.5)),
                                            io.nas4j.trial.Cost.ZERO),
                                    new OptionWeights(Map.of("op", List.of(0.25, 0.75))),
                                    OptionalInt.empty());
            trials.add(
                    new Trial(
                            i,
                            SPACE.sample(random),
                            "score",
                            Fidelity.epochs(3),
                            7,
                            i > 1 ? OptionalInt.of(0) : OptionalInt.empty(),
                            outcome));
        }
        return trials;
    }

    private static Target answers() {
        List<Trial> trials = trials(3);
        History history = History.empty("score");
        for (Trial trial : trials) {
            history = history.plus(trial);
        }
        List<String> good = new ArrayList<>();
        good.add(Json.write(SPACE, trials.get(0).architecture()));
        trials.forEach(trial -> good.add(Json.write(trial)));
        good.add(Json.write(SPACE, history));
        good.add(Json.write(Fidelity.epochs(4)));
        good.add(Json.write(new Seeds(5)));
        good.add(Json.write(Message.of("open").with("worker", 1).with("text", "a\"b")));
        good.add(Json.write(new OptionWeights(Map.of("op", List.of(0.5, 0.5)))));
        good.add(Json.tensorHeader(List.of(new TensorEntry("w", "F32", List.of(2L, 3L), 0, 24))));
        return new Target(
                "JSON of architectures, trials, messages",
                texts(good),
                input -> {
                    String text = text(input);
                    IllegalArgumentException last = null;
                    int refused = 0;
                    List<Consumer<String>> readers =
                            List.of(
                                    t -> Json.architecture(SPACE, t),
                                    t -> Json.trial(SPACE, t),
                                    Json::history,
                                    Json::fidelity,
                                    Json::seeds,
                                    Json::message,
                                    Json::weights,
                                    Json::tensorHeader);
                    for (var reader : readers) {
                        try {
                            reader.accept(text);
                        } catch (IllegalArgumentException e) {
                            last = e;
                            refused++;
                        }
                    }
                    if (refused == readers.size()) {
                        throw last;
                    }
                },
                ARGUMENT);
    }

    private static Target records() {
        Vocabulary known = KnownTypes.vocabulary();
        Job job =
                new Job(
                        SPACE,
                        new DataReference(java.util.Optional.empty(), "d", "a", "b"),
                        new Seeds(3),
                        "cpu",
                        Nas.lowFidelity(5));
        List<String> good =
                List.of(
                        Json.write(Nas.lowFidelity(5).data(0.25), known),
                        Json.write((io.nas4j.estimate.PerformanceEstimator) Nas.SYNFLOW, known),
                        Json.write(Nas.EVOLUTION, known),
                        Json.write(Nas.HYPERBAND, known),
                        Json.write(Nas.DARTS, known),
                        Json.write(job, known));
        return new Target(
                "JSON of estimators, strategies, jobs",
                texts(good),
                input -> {
                    String text = text(input);
                    try {
                        Json.estimator(text, known);
                    } catch (IllegalArgumentException e) {
                        try {
                            Json.strategy(text, known);
                        } catch (IllegalArgumentException other) {
                            Json.job(text, known);
                        }
                    }
                },
                ARGUMENT);
    }

    private static byte[] journalBytes() {
        StringBuilder text = new StringBuilder();
        text.append(
                JournalJson.write(
                        new JournalJson.Header(
                                SPACE, "score", Map.of("seed", "3"), Map.of("nas4j", "1"))));
        text.append('\n');
        List<Trial> trials = trials(4);
        for (int number : new int[] {1, 0, 2, 3}) {
            Trial trial = trials.get(number);
            if (number == 1) {
                for (Trial each : trials) {
                    text.append(
                                    JournalJson.write(
                                            new JournalJson.Begun(
                                                    each.number(),
                                                    0,
                                                    new io.nas4j.strategy.Proposal.Evaluate(
                                                            each.architecture(), each.fidelity()))))
                            .append('\n');
                }
            }
            text.append(
                            JournalJson.write(
                                    new JournalJson.Entry(
                                            trial, 0, false, java.time.Duration.ofMillis(17))))
                    .append('\n');
        }
        return bytes(text.toString());
    }

    private Target journal() {
        Path file = folder.resolve("read.jsonl");
        return new Target(
                "journals, read",
                List.of(journalBytes()),
                input -> {
                    Files.write(file, input);
                    JournalContent content = JournalContent.read(file);
                    content.history();
                    content.trials();
                },
                ARGUMENT);
    }

    private Target resumed() throws IOException {
        Path file = folder.resolve("resumed.jsonl");
        SearchSpec search =
                SearchSpec.of(
                                Searches.task(SPACE, 5),
                                Nas.RANDOM,
                                io.nas4j.estimate.PerformanceEstimator.of(
                                        "score", candidate -> candidate.trial()),
                                Budget.trials(4))
                        .journal(file);
        new SearchLoop(search).run();
        byte[] good = Files.readAllBytes(file);
        return new Target(
                "journals, resumed",
                List.of(good),
                input -> {
                    Files.write(file, input);
                    new SearchLoop(search).run();
                },
                ARGUMENT);
    }

    private static byte[] idx(int type, int[] shape, int size, int modulus) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * shape.length + size);
        buffer.putInt(0x0800 + type);
        for (int side : shape) {
            buffer.putInt(side);
        }
        for (int i = 0; i < size; i++) {
            buffer.put((byte) (i % modulus));
        }
        return buffer.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    /** Two files in one input: the first two bytes say where the second begins. */
    private static byte[] pair(byte[] one, byte[] other) {
        return ByteBuffer.allocate(2 + one.length + other.length)
                .putShort((short) one.length)
                .put(one)
                .put(other)
                .array();
    }

    private static void split(byte[] input, Path one, Path other) throws IOException {
        int length = input.length < 2 ? 0 : ByteBuffer.wrap(input).getShort() & 0x7fff;
        int start = Math.min(2, input.length);
        int middle = Math.min(input.length, start + length);
        Files.write(one, java.util.Arrays.copyOfRange(input, start, middle));
        Files.write(other, java.util.Arrays.copyOfRange(input, middle, input.length));
    }

    private Target idx() throws IOException {
        Path home = Files.createDirectories(folder.resolve("idx"));
        byte[] images = idx(3, new int[] {12, 4, 4}, 12 * 16, 251);
        byte[] labels = idx(1, new int[] {12}, 12, 3);
        return new Target(
                "IDX",
                List.of(pair(images, labels), pair(gzip(images), gzip(labels))),
                input -> {
                    split(
                            input,
                            home.resolve("train-images-idx3-ubyte"),
                            home.resolve("train-labels-idx1-ubyte"));
                    Readers.idx(home).contentHash();
                },
                ARGUMENT);
    }

    private Target cifar() throws IOException {
        Path home = Files.createDirectories(folder.resolve("cifar"));
        byte[] records = new byte[12 * 3073];
        for (int i = 0; i < 12; i++) {
            records[i * 3073] = (byte) (i % 10);
        }
        Files.write(home.resolve("test_batch.bin"), records);
        return new Target(
                "CIFAR-10",
                List.of(records, gzip(records)),
                input -> {
                    Files.write(home.resolve("data_batch_1.bin"), input);
                    Readers.cifar10(home).contentHash();
                },
                ARGUMENT);
    }

    private Target csv() throws IOException {
        Path file = folder.resolve("table.csv");
        StringBuilder table = new StringBuilder("id,size,colour,day,note,label\n");
        for (int i = 0; i < 40; i++) {
            table.append(i)
                    .append(',')
                    .append(i * 0.25)
                    .append(i % 2 == 0 ? ",red," : ",\"dark, green\",")
                    .append("2024-03-")
                    .append(10 + i % 20)
                    .append(",a sentence of ")
                    .append(i)
                    .append(" words,")
                    .append(i % 3 == 0 ? "yes" : "no")
                    .append('\n');
        }
        byte[] plain = bytes(table.toString());
        return new Target(
                "CSV",
                List.of(plain, gzip(plain), bytes("a,label\n1,x\n2,y\n3,x\n4,y\n")),
                input -> {
                    Files.write(file, input);
                    Csv csv = Csv.read(file);
                    Readers.table(csv, csv.header().get(csv.header().size() - 1)).contentHash();
                },
                ARGUMENT);
    }

    private Target dataFile() throws IOException {
        Data data = TinySearch.data();
        Path home = Files.createDirectories(folder.resolve("data"));
        DataReference images = DataReference.of(data, home);
        Data rows =
                Data.rows(
                        "rows",
                        new float[] {1, 2, 3, 4, 5, 6},
                        1,
                        new int[] {0, 1, 0, 1, 0, 1},
                        List.of("a", "b"));
        DataReference table = DataReference.of(rows, home);
        Path file = home.resolve("mutated.bin");
        List<byte[]> corpus =
                List.of(
                        Files.readAllBytes(images.file().orElseThrow()),
                        Files.readAllBytes(table.file().orElseThrow()));
        return new Target(
                "data of workers",
                corpus,
                input -> {
                    Files.write(file, input);
                    DataFiles.read(file).contentHash();
                },
                ARGUMENT);
    }

    private static Target genotype() {
        List<String> good = new ArrayList<>();
        for (PublishedCells cells : PublishedCells.values()) {
            good.add(cells.genotype().toString());
        }
        return new Target(
                "genotypes",
                texts(good),
                input -> {
                    Genotype genotype = Genotype.parse(text(input));
                    genotype.network(4, 3);
                    if (!Genotype.parse(genotype.toString()).equals(genotype)) {
                        throw new AssertionError("another genotype is read than was written");
                    }
                },
                ARGUMENT);
    }

    private static Target nasBench201() {
        SplittableRandom random = new SplittableRandom(2);
        List<String> good = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            good.add(NasBench201String.of(Spaces.nasBench201().sample(random)));
        }
        return new Target(
                "NAS-Bench-201 strings",
                texts(good),
                input -> NasBench201String.of(NasBench201String.parse(text(input))),
                ARGUMENT);
    }

    private Target safetensors() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        Safetensors.write(
                file,
                List.of(
                        new Tensor("a.weight", List.of(2L, 3L), new float[6]),
                        new Tensor("scalar", List.of(), new float[1]),
                        new Tensor("empty", List.of(0L, 4L), new float[0])));
        byte[] good = Files.readAllBytes(file);
        return new Target(
                "safetensors",
                List.of(good),
                input -> {
                    Files.write(file, input);
                    Safetensors.read(file);
                },
                ARGUMENT);
    }

    /** Of two files; who made the card has not signed the weights. */
    private Target model() throws IOException {
        Path home = folder.resolve("model");
        ModelFiles.small(home);
        Path card = home.resolve("model.json");
        Path weights = home.resolve("weights.safetensors");
        String unsigned =
                Files.readString(card)
                        .replaceAll("\"weights sha256\":\"[0-9a-f]*\"", "\"a\":\"b\"");
        return new Target(
                "model folders",
                List.of(pair(bytes(unsigned), Files.readAllBytes(weights))),
                input -> {
                    split(input, card, weights);
                    NasModel.load(home).summary();
                },
                ARGUMENT);
    }

    private static BufferedImage picture(int type) {
        BufferedImage image = new BufferedImage(9, 7, type);
        for (int i = 0; i < 63; i++) {
            image.setRGB(i % 9, i / 9, 0xff000000 | i * 0x030507);
        }
        return image;
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException(format);
        }
        return out.toByteArray();
    }

    private static List<byte[]> encoded() throws IOException {
        return List.of(
                encoded(picture(BufferedImage.TYPE_INT_RGB), "png"),
                encoded(picture(BufferedImage.TYPE_INT_ARGB), "png"),
                encoded(picture(BufferedImage.TYPE_BYTE_INDEXED), "png"),
                encoded(picture(BufferedImage.TYPE_INT_RGB), "jpg"),
                encoded(picture(BufferedImage.TYPE_BYTE_GRAY), "jpg"),
                encoded(picture(BufferedImage.TYPE_BYTE_INDEXED), "gif"),
                encoded(picture(BufferedImage.TYPE_INT_RGB), "bmp"),
                encoded(picture(BufferedImage.TYPE_BYTE_BINARY), "bmp"));
    }

    private Target pictures() throws IOException {
        Path file = folder.resolve("picture");
        return new Target(
                "pictures",
                encoded(),
                input -> {
                    Files.write(file, input);
                    Photo.pixels(Photo.read(file), 3, 8, 8);
                },
                List.of(IOException.class));
    }

    /** One file in two classes is damaged, or not. */
    private Target imageFolder() throws IOException {
        Path home = folder.resolve("images");
        List<byte[]> good = encoded();
        for (String name : List.of("cat", "dog")) {
            Files.createDirectories(home.resolve(name));
            for (int i = 0; i < 3; i++) {
                Files.write(home.resolve(name).resolve(i + ".png"), good.get(i));
            }
        }
        return new Target(
                "folders of pictures",
                good,
                input -> {
                    Files.write(home.resolve("cat").resolve("1.png"), input);
                    new ImageFolder().size(8).unreadable(0.2).read(home).contentHash();
                },
                ARGUMENT);
    }
}
