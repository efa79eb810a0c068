package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What lies in a folder, in the order of names; hidden things are passed over. */
final class Folders {

    private Folders() {}

    static List<Path> inside(Path folder) {
        requireFolder(folder);
        try (Stream<Path> all = Files.list(folder)) {
            return sorted(all, Files::isDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void requireFolder(Path folder) {
        require(
                Files.isDirectory(folder),
                "\"%s\" must be a folder, but there is none. Try its full path.",
                folder);
    }

    /** All files in it and in its folders; links to folders are not followed. */
    static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return sorted(all, Files::isRegularFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> sorted(Stream<Path> all, Predicate<Path> which) {
        return all.filter(path -> !path.getFileName().toString().startsWith("."))
                .filter(which)
                .sorted()
                .toList();
    }
}
