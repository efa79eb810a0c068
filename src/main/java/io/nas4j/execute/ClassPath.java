package io.nas4j.execute;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where this JVM has its classes from, a kernel with jars that were added later included. */
final class ClassPath {

    private static final List<String> KERNELS = List.of("JJAVA_CLASSPATH", "IJAVA_CLASSPATH");

    private ClassPath() {}

    /**
     * The class path for another JVM.
     *
     * @param types whose loaders are asked
     * @return in the notation of the {@code CLASSPATH} variable
     */
    static String of(List<Class<?>> types) {
        Set<String> entries =
                new LinkedHashSet<>(
                        List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
        List<ClassLoader> loaders = new ArrayList<>();
        loaders.add(Thread.currentThread().getContextClassLoader());
        for (Class<?> type : types) {
            loaders.add(type.getClassLoader());
            CodeSource source = type.getProtectionDomain().getCodeSource();
            if (source != null) {
                add(entries, source.getLocation());
            }
        }
        for (ClassLoader first : loaders) {
            for (ClassLoader loader = first; loader != null; loader = loader.getParent()) {
                if (loader instanceof URLClassLoader several) {
                    for (URL url : several.getURLs()) {
                        add(entries, url);
                    }
                }
            }
        }
        for (String kernel : KERNELS) {
            String more = System.getenv(kernel);
            if (more != null) {
                for (String entry : more.split(File.pathSeparator)) {
                    // a JVM knows the form without the ending only
                    entries.add(entry.replaceFirst("\\*\\.jar$", "*"));
                }
            }
        }
        entries.remove("");
        return String.join(File.pathSeparator, entries);
    }

    private static void add(Set<String> entries, URL url) {
        if (url != null && url.getProtocol().equals("file")) {
            try {
                entries.add(Path.of(url.toURI()).toString());
            } catch (URISyntaxException | IllegalArgumentException e) {
                // no file that another JVM could open
            }
        }
    }
}
