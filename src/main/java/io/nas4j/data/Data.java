package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Labelled examples in memory: images as unsigned bytes {@code [n, channels, height, width]}, or
 * rows as floats {@code [n, features]}. Immutable by convention: the arrays are shared, not copied.
 */
public final class Data {

    private final String name;
    private final int channels;
    private final int height;
    private final int width;
    private final byte[] pixels;
    private final float[] values;
    private final int[] labels;
    private final List<String> classes;
    private final Split split;
    private final List<String> notes;

    /** Computed when first asked for; two threads may compute the same. */
    private volatile String contentHash = "";

    private Data(
            String name,
            int channels,
            int height,
            int width,
            byte[] pixels,
            float[] values,
            int[] labels,
            List<String> classes,
            Split split,
            List<String> notes) {
        split.requireWithin(labels.length);
        this.name = name;
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.pixels = pixels;
        this.values = values;
        this.labels = labels;
        this.classes = List.copyOf(classes);
        this.split = split;
        this.notes = List.copyOf(notes);
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
        require(
                channels > 0 && height > 0 && width > 0,
                "images must have channels, height and width, but were %d×%d×%d.",
                channels,
                height,
                width);
        long expected = (long) labels.length * channels * height * width;
        require(
                pixels.length == expected,
                "images and labels must be of one length, but %d pixels make %s images of %d×%d×%d"
                        + " for %d labels.",
                pixels.length,
                pixels.length / (double) (channels * height * width),
                channels,
                height,
                width,
                labels.length);
        requireClasses(name, labels, classes);
        return new Data(
                name,
                channels,
                height,
                width,
                pixels,
                null,
                labels,
                classes,
                Split.stratified(labels, 0.7, 0.15, 1),
                List.of());
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
        byte[] bytes = new byte[pixels.length];
        int image = Math.max(1, channels * height * width);
        for (int i = 0; i < pixels.length; i++) {
            require(
                    pixels[i] >= 0 && pixels[i] <= 1,
                    "pixels must be in [0, 1], but pixel %d of image %d is %s. Try %s.",
                    i % image,
                    i / image,
                    pixels[i],
                    Float.isNaN(pixels[i])
                            ? "dropping that image"
                            : "dividing by 255, or images without normalisation");
            bytes[i] = (byte) Math.round(255 * pixels[i]);
        }
        return images(name, bytes, channels, height, width, labels, classes);
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
        require(features > 0, "rows must have a feature, but had %d.", features);
        require(
                values.length == (long) labels.length * features,
                "rows and labels must be of one length, but %d numbers make %s rows of %d for %d"
                        + " labels.",
                values.length,
                values.length / (double) features,
                features,
                labels.length);
        for (int i = 0; i < values.length; i++) {
            require(
                    Float.isFinite(values[i]),
                    "numbers must be finite, but row %d, feature %d is %s. Try dropping or filling"
                            + " it.",
                    i / features,
                    i % features,
                    values[i]);
        }
        requireClasses(name, labels, classes);
        return new Data(
                name,
                features,
                1,
                1,
                null,
                values,
                labels,
                classes,
                Split.stratified(labels, 0.7, 0.15, 1),
                List.of());
    }

    /**
     * The same examples, split otherwise.
     *
     * @param other the split
     * @return a view on the same arrays
     */
    public Data split(Split other) {
        return view(other, notes);
    }

    /**
     * The same examples, with something to be told of them.
     *
     * @param more in words, one sentence each
     * @return a view on the same arrays
     */
    public Data noting(List<String> more) {
        return view(split, Stream.concat(notes.stream(), more.stream()).toList());
    }

    private Data view(Split other, List<String> told) {
        Data view =
                new Data(
                        name, channels, height, width, pixels, values, labels, classes, other,
                        told);
        view.contentHash = contentHash;
        return view;
    }

    /**
     * The same examples, split anew by a fixed shuffle, class by class.
     *
     * @param train share in (0, 1]
     * @param validation share in [0, 1); the rest is for the test
     * @return a view on the same arrays
     */
    public Data split(double train, double validation) {
        return split(Split.stratified(labels, train, validation, 1));
    }

    /**
     * Fewer examples: a share of each part of the split, every class in its proportion.
     *
     * @param share in (0, 1]
     * @param random which examples stay
     * @return a view on the same arrays; {@link #size} still counts all that they hold
     */
    public Data fraction(double share, RandomGenerator random) {
        return split(split.fraction(labels, share, random));
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
        return pixels != null;
    }

    /**
     * Channels of an image, or features of a row.
     *
     * @return at least 1
     */
    public int channels() {
        return channels;
    }

    /**
     * Height of the images.
     *
     * @return in pixels; 1 for rows
     */
    public int height() {
        return height;
    }

    /**
     * Width of the images.
     *
     * @return in pixels; 1 for rows
     */
    public int width() {
        return width;
    }

    /**
     * How many examples there are, in all three parts of the split.
     *
     * @return at least 1
     */
    public int size() {
        return labels.length;
    }

    /**
     * Unsigned bytes {@code [n, channels, height, width]}; not to be written to.
     *
     * @return the shared array
     */
    public byte[] pixels() {
        require(pixels != null, "data \"%s\" are rows, not images. Try values().", name);
        return pixels;
    }

    /**
     * Floats {@code [n, features]}; not to be written to.
     *
     * @return the shared array
     */
    public float[] values() {
        require(values != null, "data \"%s\" are images, not rows. Try pixels().", name);
        return values;
    }

    /**
     * Labels in [0, classes); not to be written to.
     *
     * @return the shared array
     */
    public int[] labels() {
        return labels;
    }

    /**
     * The names of the classes.
     *
     * @return one per class, in the order of the labels
     */
    public List<String> classes() {
        return classes;
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
     * A hash of all examples, their labels and the classes' names, in their order; the split is not
     * in it. Takes some 0.1 s for 50 MB when first asked for.
     *
     * @return 16 hexadecimal digits, the same for the same content on every machine
     */
    public String contentHash() {
        if (contentHash.isEmpty()) {
            ContentHash hash = new ContentHash().add(new int[] {channels, height, width});
            contentHash =
                    (isImages() ? hash.add(pixels) : hash.add(values))
                            .add(labels)
                            .add(classes)
                            .digits();
        }
        return contentHash;
    }

    @Override
    public String toString() {
        String what =
                isImages()
                        ? "images of " + channels + "×" + height + "×" + width
                        : "rows of " + channels + " features";
        return name
                + ": "
                + size()
                + " "
                + what
                + ", "
                + classes.size()
                + " classes; train "
                + split.train().length
                + ", validation "
                + split.validation().length
                + ", test "
                + split.test().length
                + (notes.isEmpty() ? "" : "; " + String.join("; ", notes));
    }

    private static void requireClasses(String name, int[] labels, List<String> classes) {
        require(labels.length > 0, "data \"%s\" must have an example, but is empty.", name);
        BitSet seen = new BitSet();
        for (int i = 0; i < labels.length; i++) {
            require(
                    labels[i] >= 0 && labels[i] < classes.size(),
                    "labels must be in [0, %d), but label %d is %d. Try one class name a label.",
                    classes.size(),
                    i,
                    labels[i]);
            seen.set(labels[i]);
        }
        int missing = seen.nextClearBit(0);
        require(
                missing >= classes.size(),
                "every class must have an example, but \"%s\" (label %d) has none."
                        + " Try leaving it out.",
                missing < classes.size() ? classes.get(missing) : "",
                missing);
    }
}
