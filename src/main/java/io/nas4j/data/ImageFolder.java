package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Reads a folder of images, a folder a class, in the formats that the JVM decodes: JPEG, PNG, GIF,
 * BMP; other files are passed over. All become images of one size: the largest square in the middle
 * of each is averaged down (or repeated up) to it.
 *
 * <pre>{@code
 * Data flowers = new ImageFolder().size(64).read(Path.of("flowers"));
 * }</pre>
 *
 * <p>Where the folder holds {@code train} and {@code test} (and {@code val}, {@code valid} or
 * {@code validation}), each of class folders, that is the split; without {@code val} a sixth of the
 * training images validates. A file that cannot be read is left out and named in {@link
 * Data#notes()}.
 *
 * @param size height and width of the images read, 1 to 1,024; default 32
 * @param grey whether to keep one channel of brightness in place of three of colour; default false
 * @param unreadable largest share of files that may be unreadable, in [0, 1]; default 0.05
 */
public record ImageFolder(int size, boolean grey, double unreadable) {

    private static final List<String> ENDINGS = List.of(".jpg", ".jpeg", ".png", ".gif", ".bmp");
    private static final List<String> VALIDATION = List.of("val", "valid", "validation");

    /** At most so many unreadable files are named; the others are counted. */
    private static final int NAMED = 10;

    /** Colour at 32×32 pixels; one file in twenty may be unreadable. */
    public ImageFolder() {
        this(32, false, 0.05);
    }

    public ImageFolder {
        require(size >= 1 && size <= 1024, "size must be in [1, 1024], but was %d. Try 32.", size);
        require(
                unreadable >= 0 && unreadable <= 1,
                "the share of unreadable files must be in [0, 1], but was %s. Try 0.05.",
                unreadable);
    }

    /**
     * Sets {@link #size}.
     *
     * @param pixels height and width, 1 to 1,024
     * @return a copy
     */
    public ImageFolder size(int pixels) {
        return new ImageFolder(pixels, grey, unreadable);
    }

    /**
     * Sets {@link #grey}.
     *
     * @param one whether to keep brightness only
     * @return a copy
     */
    public ImageFolder grey(boolean one) {
        return new ImageFolder(size, one, unreadable);
    }

    /**
     * Sets {@link #unreadable}.
     *
     * @param share in [0, 1]; 0 refuses a folder with any unreadable file
     * @return a copy
     */
    public ImageFolder unreadable(double share) {
        return new ImageFolder(size, grey, share);
    }

    /**
     * Reads, on all cores; takes less than a millisecond for a small image.
     *
     * @param folder of class folders, or of {@code train} and {@code test}
     * @return classes in alphabetical order of their folders
     * @throws IllegalArgumentException when there are no classes, a class has no readable image, or
     *     too many files are unreadable
     */
    public Data read(Path folder) {
        Optional<Path> train = child(folder, List.of("train"));
        Optional<Path> test = child(folder, List.of("test"));
        List<Path> parts = new ArrayList<>();
        if (train.isPresent() && test.isPresent()) {
            parts.add(train.get());
            child(folder, VALIDATION).ifPresent(parts::add);
            parts.add(test.get());
        } else {
            parts.add(folder);
        }
        List<String> classes = classes(folder, parts);
        List<Map<Integer, List<Path>>> files = new ArrayList<>();
        parts.forEach(part -> files.add(files(part, classes)));
        int count = files.stream().flatMap(m -> m.values().stream()).mapToInt(List::size).sum();
        requireFits(folder, count);
        Pictures pictures = new Pictures(size, grey, count);
        int[] ends = new int[parts.size()];
        for (int part = 0; part < ends.length; part++) {
            files.get(part).forEach((label, paths) -> pictures.add(paths, label));
            ends[part] = pictures.size();
        }
        requireReadable(folder, pictures.failures(), count);
        Data data =
                Data.images(
                        String.valueOf(folder.toAbsolutePath().normalize().getFileName()),
                        pictures.pixels(),
                        grey ? 1 : 3,
                        size,
                        size,
                        pictures.labels(),
                        classes);
        return split(data, ends).noting(notes(folder, pictures.failures(), count));
    }

    private static Data split(Data data, int[] ends) {
        return switch (ends.length) {
            case 1 -> data;
            case 2 -> data.split(Split.withTest(data.labels(), ends[1] - ends[0], 1 / 6.0, 1));
            default ->
                    data.split(
                            new Split(
                                    IntStream.range(0, ends[0]).toArray(),
                                    IntStream.range(ends[0], ends[1]).toArray(),
                                    IntStream.range(ends[1], ends[2]).toArray()));
        };
    }

    private static Optional<Path> child(Path folder, List<String> names) {
        return Folders.inside(folder).stream()
                .filter(p -> names.contains(name(p).toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static List<String> classes(Path folder, List<Path> parts) {
        TreeSet<String> names = new TreeSet<>();
        parts.forEach(part -> Folders.inside(part).forEach(c -> names.add(name(c))));
        require(
                !names.isEmpty(),
                "\"%s\" must hold a folder a class, but holds no folder. Try the folder above, or"
                        + " put each class' images into a folder of its name.",
                folder);
        return List.copyOf(names);
    }

    private static Map<Integer, List<Path>> files(Path part, List<String> classes) {
        Map<Integer, List<Path>> files = new TreeMap<>();
        for (int label = 0; label < classes.size(); label++) {
            Path home = part.resolve(classes.get(label));
            if (Files.isDirectory(home)) {
                files.put(label, Folders.files(home).stream().filter(ImageFolder::known).toList());
            }
        }
        return files;
    }

    private static boolean known(Path file) {
        String name = name(file).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private void requireFits(Path folder, int count) {
        require(
                count > 0,
                "\"%s\" must hold images (%s) in its class folders, but holds none.",
                folder,
                String.join(", ", ENDINGS));
        long bytes = (long) count * size * size * (grey ? 1 : 3);
        require(
                bytes <= Integer.MAX_VALUE - 8,
                "images are kept in one array of at most 2 GiB, but %d of %d×%d pixels take %d MiB."
                        + " Try size(%d).",
                count,
                size,
                size,
                bytes >> 20,
                Math.max(1, (int) Math.sqrt(2.0e9 / count / (grey ? 1 : 3))));
    }

    private void requireReadable(Path folder, List<Pictures.Failure> failures, int count) {
        require(
                failures.size() <= unreadable * count,
                "at most %s of the %d images in \"%s\" may be unreadable, but %d are: %s. Try"
                        + " unreadable(%s), or mending them.",
                unreadable,
                count,
                folder,
                failures.size(),
                named(folder, failures),
                Math.min(1, Math.ceil(100.0 * failures.size() / count) / 100));
    }

    private static List<String> notes(Path folder, List<Pictures.Failure> failures, int count) {
        return failures.isEmpty()
                ? List.of()
                : List.of(
                        failures.size()
                                + " of "
                                + count
                                + " files cannot be read and "
                                + (failures.size() == 1 ? "is" : "are")
                                + " left out: "
                                + named(folder, failures));
    }

    private static String named(Path folder, List<Pictures.Failure> failures) {
        List<String> names =
                failures.stream()
                        .limit(NAMED)
                        .map(f -> folder.relativize(f.file()) + " (" + f.reason() + ")")
                        .toList();
        int more = failures.size() - names.size();
        return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
