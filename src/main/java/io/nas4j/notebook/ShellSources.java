package io.nas4j.notebook;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.reflect.FieldUtils;
import org.apache.commons.lang3.reflect.MethodUtils;

/**
 * Tells a kernel's JShell where our sources lie, so that Shift-Tab shows a method's Javadoc and not
 * its parameters alone. JShell looks for those of the JDK only, and has no setting for others.
 */
final class ShellSources {

    /** A folder or a jar; without it, the jar of the sources beside the library's. */
    static final String VARIABLE = "NAS4J_SOURCES";

    private ShellSources() {}

    /**
     * Adds them.
     *
     * @param kernel with a JShell
     * @throws ReflectiveOperationException where it has none, or one of another kind
     * @throws RuntimeException where the JDK is closed to us
     */
    static void install(Object kernel) throws ReflectiveOperationException {
        Optional<Path> ours = find(System.getenv(VARIABLE), library());
        if (ours.isPresent()) {
            add(kernel, ours.get());
        }
    }

    static void add(Object kernel, Path ours) throws ReflectiveOperationException {
        Object shell = MethodUtils.invokeMethod(kernel, "getJShell");
        Object analysis = MethodUtils.invokeMethod(shell, true, "sourceCodeAnalysis");
        List<Path> known = new ArrayList<>();
        known.add(ours);
        // the JDK's own, which it would look for later
        for (Object path : (List<?>) MethodUtils.invokeMethod(analysis, true, "findSources")) {
            known.add((Path) path);
        }
        FieldUtils.writeField(analysis, "availableSources", List.copyOf(known), true);
    }

    /**
     * Where sources are.
     *
     * @param named a folder or a jar; null where none is named
     * @param library the jar or the folder of classes
     * @return the root of the packages; empty where there are no sources
     */
    static Optional<Path> find(String named, Optional<Path> library) {
        try {
            Optional<Path> place =
                    named == null ? library.map(ShellSources::beside) : Optional.of(Path.of(named));
            if (place.isEmpty() || !Files.exists(place.get())) {
                return Optional.empty();
            }
            return Files.isDirectory(place.get())
                    ? place
                    // open as long as the kernel lives
                    : Optional.of(
                            FileSystems.newFileSystem(place.get(), (ClassLoader) null)
                                    .getPath("/"));
        } catch (IOException | ProviderNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Path beside(Path jar) {
        String name = jar.getFileName().toString().replaceFirst("\\.jar$", "-sources.jar");
        return jar.resolveSibling(name);
    }

    private static Optional<Path> library() {
        try {
            CodeSource source = ShellSources.class.getProtectionDomain().getCodeSource();
            Path place = Path.of(source.getLocation().toURI());
            return Files.isRegularFile(place) ? Optional.of(place) : Optional.empty();
        } catch (URISyntaxException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
