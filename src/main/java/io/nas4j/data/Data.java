package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Examples in memory, each with what is to be predicted of it: images as unsigned bytes {@code [n,
 * channels, height, width]}, or rows as floats {@code [n, features]}. Immutable by convention: the
 * arrays are shared, not copied.
 */
public final class Data {

    private final String name;
    private final Examples examples;
    private final Target target;
    private final boolean balanced;
    private final Split split;
    private final List<String> notes;

    /** How rows came from a table; null where they did not. */
    private final FittedTable table;

    /** Computed when first asked for; two threads may compute the same. */
    private volatile String contentHash = "";

    /** The same. */
    private volatile Leaks leaks;

    private Data(
            String name,
            Examples examples,
            Target target,
            boolean balanced,
            Split split,
            List<String> notes,
            FittedTable table) {
        split.requireWithin(target.size());
        this.name = name;
        this.examples = examples;
        this.target = target;
        this.balanced = balanced;
        this.split = split;
        this.notes = List.copyOf(notes);
        this.table = table;
    }

    /**
     * Images.
     *
     * @param name of the set
     * @param pixels unsigned bytes, {@code [n, channels, height, width]}, not copied
     * @param channels at least 1
     * @param height in pixels
     * @param width in pixels
     * @param labels one an image
     * @param classes names, by label
     * @return all of them split 70 / 15 / 15, by a fixed shuffle, class by class
     * @throws IllegalArgumentException when lengths do not agree
     */
    public static Data images(
            String name,
            byte[] pixels,
            int channels,
            int height,
            int width,
            int[] labels,
            List<String> classes) {
        return images(name, pixels, channels, height, width, new Target.Classes(classes, labels));
    }

    /**
     * Images of which anything is to be predicted.
     *
     * @param name of the set
     * @param pixels unsigned bytes, {@code [n, channels, height, width]}, not copied
     * @param channels at least 1
     * @param height in pixels
     * @param width in pixels
     * @param target of each image
     * @return all of them split 70 / 15 / 15, by a fixed shuffle, {@linkplain Target#strata group}
     *     by group
     * @throws IllegalArgumentException when lengths do not agree
     */
    public static Data images(
            String name, byte[] pixels, int channels, int height, int width, Target target) {
        return images(name, new Pixels.Heap(pixels), channels, height, width, target);
    }

    /**
     * Images that stay in a file, for data larger than the heap: they are read when they are asked
     * for, through the system's cache, and trained on in a stream.
     *
     * @param name of the set
     * @param file unsigned bytes {@code [n, channels, height, width]} and nothing else, as numpy's
     *     {@code array.tofile(..)} writes them; it must not change meanwhile
     * @param channels at least 1
     * @param height in pixels
     * @param width in pixels
     * @param labels one an image
     * @param classes names, by label
     * @return all of them split 70 / 15 / 15, by a fixed shuffle, class by class
     * @throws IllegalArgumentException when there is no such file, or it is of another length
     */
    public static Data mapped(
            String name,
            Path file,
            int channels,
            int height,
            int width,
            int[] labels,
            List<String> classes) {
        return images(
                name,
                Pixels.Mapped.of(file),
                channels,
                height,
                width,
                new Target.Classes(classes, labels));
    }

    private static Data images(
            String name, Pixels pixels, int channels, int height, int width, Target target) {
        return of(name, Examples.Images.of(pixels, channels, height, width, target.size()), target);
    }

    private static Data of(String name, Examples examples, Target target) {
        return new Data(name, examples, target, false, usual(target), List.of(), null);
    }

    private static Split usual(Target target) {
        return Split.stratified(target.strata(), 0.7, 0.15, 1);
    }

    /**
     * Images from floats; they are kept as bytes.
     *
     * @param name of the set
     * @param pixels in [0, 1], {@code [n, channels, height, width]}; rounded to 256 grey levels
     * @param channels at least 1
     * @param height in pixels
     * @param width in pixels
     * @param labels one an image
     * @param classes names, by label
     * @return all of them split 70 / 15 / 15, by a fixed shuffle, class by class
     * @throws IllegalArgumentException when lengths do not agree or a pixel is out of range
     */
    public static Data images(
            String name,
            float[] pixels,
            int channels,
            int height,
            int width,
            int[] labels,
            List<String> classes) {
        int image = Math.max(1, channels * height * width);
        return images(name, bytes(pixels, image), channels, height, width, labels, classes);
    }

    /**
     * 256 grey levels.
     *
     * @param pixels in [0, 1]
     * @param image how many an image has, at least 1
     * @return unsigned bytes, rounded
     * @throws IllegalArgumentException naming the pixel that is out of range
     */
    public static byte[] bytes(float[] pixels, int image) {
        return Pixels.bytes(pixels, image);
    }

    /**
     * Rows.
     *
     * @param name of the set
     * @param values {@code [n, features]}, finite, not copied
     * @param features how many numbers a row has
     * @param labels one per row
     * @param classes names, by label
     * @return all of them split 70 / 15 / 15, by a fixed shuffle, class by class
     * @throws IllegalArgumentException when lengths do not agree or a number is not finite
     */
    public static Data rows(
            String name, float[] values, int features, int[] labels, List<String> classes) {
        return rows(name, values, features, new Target.Classes(classes, labels));
    }

    /**
     * Rows of which anything is to be predicted.
     *
     * @param name of the set
     * @param values {@code [n, features]}, finite, not copied
     * @param features how many numbers a row has
     * @param target of each row
     * @return all of them split 70 / 15 / 15, by a fixed shuffle, {@linkplain Target#strata group}
     *     by group
     * @throws IllegalArgumentException when lengths do not agree or a number is not finite
     */
    public static Data rows(String name, float[] values, int features, Target target) {
        return of(name, Examples.Rows.of(values, features, target.size()), target);
    }

    /**
     * The same examples, split otherwise.
     *
     * @param other the split
     * @return a view on the same arrays; rows of a table are made anew, as what stands in for
     *     missing cells and which categories are rare is read off the training rows
     */
    public Data split(Split other) {
        return view(other, notes, balanced);
    }

    /**
     * The same examples, with something to be told of them.
     *
     * @param more in words, one sentence each
     * @return a view on the same arrays
     */
    public Data noting(List<String> more) {
        return view(split, Stream.concat(notes.stream(), more.stream()).toList(), balanced);
    }

    /**
     * The same examples, of which rare classes count as much as frequent ones: the loss weighs each
     * example by how rare its class is in training, and the score is the balanced accuracy, the
     * mean of the classes' recalls. Of several labels, the score is the macro-averaged F1 and what
     * has a label weighs as much as what has it not.
     *
     * @return a view on the same arrays
     * @throws IllegalArgumentException when numbers are predicted
     */
    public Data balanced() {
        require(
                target.kind() != Target.Kind.NUMBERS,
                "classes can be balanced, but of \"%s\" numbers are predicted. Try without it.",
                name);
        return view(split, notes, true);
    }

    private Data view(Split other, List<String> told, boolean even) {
        if (table != null && other != split) {
            // what was read off the training rows is of the old ones
            other.requireWithin(size());
            FittedTable again = table.fitted(other.train());
            return encoded(name, again, target, even, other, told);
        }
        Data view = new Data(name, examples, target, even, other, told, table);
        view.contentHash = contentHash;
        return view;
    }

    /** Rows of a table, fitted to its training rows. */
    static Data table(Frame columns, TableReader reader, Target target, List<String> told) {
        Split split = usual(target);
        FittedTable table = FittedTable.of(columns, reader, split.train(), told);
        return encoded(columns.name(), table, target, false, split, List.of());
    }

    private static Data encoded(
            String name,
            FittedTable table,
            Target target,
            boolean balanced,
            Split split,
            List<String> notes) {
        return new Data(name, table.rows(), target, balanced, split, notes, table);
    }

    /**
     * The same examples, split anew by a fixed shuffle, class by class.
     *
     * @param train share in (0, 1]
     * @param validation share in [0, 1); the rest is for the test
     * @return a view on the same arrays
     */
    public Data split(double train, double validation) {
        return split(Split.stratified(target.strata(), train, validation, 1));
    }

    /**
     * Fewer examples: a share of each part of the split, every class in its proportion.
     *
     * @param share in (0, 1]
     * @param random which examples stay
     * @return a view on the same arrays; {@link #size} still counts all that they hold
     */
    public Data fraction(double share, RandomGenerator random) {
        return split(split.fraction(target.strata(), share, random));
    }

    /**
     * What messages and journals call these data.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Whether these are images rather than rows.
     *
     * @return true when {@link #pixels} may be asked for
     */
    public boolean isImages() {
        return examples instanceof Examples.Images;
    }

    /**
     * Channels of an image, or features of a row.
     *
     * @return at least 1
     */
    public int channels() {
        return examples.channels();
    }

    /**
     * Height of the images.
     *
     * @return in pixels; 1 for rows
     */
    public int height() {
        return examples.height();
    }

    /**
     * Width of the images.
     *
     * @return in pixels; 1 for rows
     */
    public int width() {
        return examples.width();
    }

    /**
     * How many examples there are, in all three parts of the split.
     *
     * @return at least 1
     */
    public int size() {
        return target.size();
    }

    /**
     * Unsigned bytes {@code [n, channels, height, width]}; not to be written to.
     *
     * @return the shared array
     * @throws IllegalArgumentException for rows, and for {@linkplain #mapped mapped} images
     */
    public byte[] pixels() {
        Pixels pixels = asImages().pixels();
        require(
                pixels instanceof Pixels.Heap,
                "the images of \"%s\" stay in their file. Try pixels(example).",
                name);
        return ((Pixels.Heap) pixels).bytes();
    }

    /**
     * One image.
     *
     * @param example in [0, size)
     * @return unsigned bytes {@code [channels, height, width]}, a copy
     */
    public byte[] pixels(int example) {
        return asImages().image(example);
    }

    /** Where they lie; for {@linkplain #isMapped mapped} images only. */
    Path file() {
        return ((Pixels.Mapped) asImages().pixels()).file();
    }

    private Examples.Images asImages() {
        require(isImages(), "data \"%s\" are rows, not images. Try values().", name);
        return (Examples.Images) examples;
    }

    /**
     * Whether the images stay in a file, and are read one by one.
     *
     * @return false where they are on the heap, and for rows
     */
    public boolean isMapped() {
        return examples instanceof Examples.Images images
                && images.pixels() instanceof Pixels.Mapped;
    }

    /**
     * Floats {@code [n, features]}; not to be written to.
     *
     * @return the shared array
     */
    public float[] values() {
        require(!isImages(), "data \"%s\" are images, not rows. Try pixels().", name);
        return ((Examples.Rows) examples).values();
    }

    /**
     * What is to be predicted.
     *
     * @return of each example
     */
    public Target target() {
        return target;
    }

    /**
     * How many numbers a network for these data computes: one a class, number or label.
     *
     * @return at least 1
     */
    public int outputs() {
        return target.names().size();
    }

    /**
     * Whether rare classes count as much as frequent ones.
     *
     * @return false unless {@link #balanced} was asked for
     */
    public boolean isBalanced() {
        return balanced;
    }

    /**
     * Labels in [0, classes); not to be written to.
     *
     * @return the shared array
     * @throws IllegalArgumentException when something else than classes is predicted
     */
    public int[] labels() {
        return classTarget().labels();
    }

    /**
     * The names of the classes.
     *
     * @return one per class, in the order of the labels
     * @throws IllegalArgumentException when something else than classes is predicted
     */
    public List<String> classes() {
        return classTarget().names();
    }

    private Target.Classes classTarget() {
        if (target instanceof Target.Classes some) {
            return some;
        }
        throw new IllegalArgumentException(
                "classes are asked for, but data \""
                        + name
                        + "\" are "
                        + told()
                        + ". Try target().");
    }

    /**
     * Which examples are for training, validation and testing.
     *
     * @return positions of the examples
     */
    public Split split() {
        return split;
    }

    /**
     * What a reader left out or changed, in words.
     *
     * @return empty where nothing is to be told
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * Examples that stand in more than one part of the split. Takes some 0.3 s for 50 MB when first
     * asked for.
     *
     * @return what was found
     */
    public Leaks leaks() {
        if (leaks == null) {
            leaks = Leaks.of(this);
        }
        return leaks;
    }

    /**
     * How rows came from a table, to be printed, and to encode other rows for predictions.
     *
     * @return empty for images, and for rows that were numbers already
     */
    public Optional<TableEncoding> encoding() {
        return Optional.ofNullable(table).map(FittedTable::encoding);
    }

    /**
     * A hash of all examples, their labels and the classes' names, in their order; the split is not
     * in it. Takes some 0.1 s for 50 MB when first asked for.
     *
     * @return 16 hexadecimal digits, the same for the same content on every machine
     */
    public String contentHash() {
        if (contentHash.isEmpty()) {
            ContentHash hash = new ContentHash();
            hash.add(new int[] {channels(), height(), width()});
            examples.addTo(hash);
            if (target instanceof Target.Classes some) {
                hash.add(some.labels());
            } else if (target instanceof Target.Numbers some) {
                hash.add(some.values());
            } else if (target instanceof Target.Labels some) {
                hash.add(some.marks());
            }
            contentHash = hash.add(target.names()).digits();
        }
        return contentHash;
    }

    @Override
    public String toString() {
        return name
                + ": "
                + size()
                + " "
                + examples.told()
                + ", "
                + told()
                + "; train "
                + split.train().length
                + ", validation "
                + split.validation().length
                + ", test "
                + split.test().length
                + (notes.isEmpty() ? "" : "; " + String.join("; ", notes));
    }

    private String told() {
        return switch (target.kind()) {
            case CLASSES -> outputs() + " classes" + (balanced ? ", balanced" : "");
            case NUMBERS -> "to predict " + String.join(", ", target.names());
            case LABELS -> outputs() + " labels" + (balanced ? ", balanced" : "");
        };
    }
}
