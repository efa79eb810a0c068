package io.nas4j.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What a search's numbers stand on, besides what makes it that search: versions and the machine.
 * Written into a journal's header, and never compared: a search goes on elsewhere too.
 */
public final class Provenance {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "unknown";

    /** Facts of this process, which do not change. */
    private static final Map<String, String> HERE = read();

    private Provenance() {}

    /**
     * Of this process. No native library is loaded: of libtorch it is the version on the class
     * path.
     *
     * @return nas4j, java, djl, libtorch, system and cpu
     */
    public static Map<String, String> here() {
        return HERE;
    }

    private static Map<String, String> read() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("nas4j", version == null ? "unpackaged" : version);
        facts.put("java", properties("java.vm.name", "java.vm.version"));
        facts.put("djl", resource("/ai/djl/engine/api.properties", "djl_version"));
        facts.put("libtorch", libtorch());
        facts.put("system", properties("os.name", "os.version", "os.arch"));
        facts.put("cpu", cpu());
        return Collections.unmodifiableMap(facts);
    }

    private static String properties(String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(text.isEmpty() ? "" : " ").append(System.getProperty(name, UNKNOWN));
        }
        return text.toString();
    }

    private static String libtorch() {
        String resource = "/native/lib/pytorch.properties";
        String version = resource(resource, "version");
        String flavor = resource(resource, "flavor");
        return flavor.equals(UNKNOWN) ? version : version + " " + flavor;
    }

    private static String resource(String name, String key) {
        try (InputStream in = Provenance.class.getResourceAsStream(name)) {
            Properties all = new Properties();
            if (in != null) {
                all.load(in);
            }
            return all.getProperty(key, UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String cpu() {
        String cores = Runtime.getRuntime().availableProcessors() + " cores";
        try (Stream<String> lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip() + ", " + cores)
                    .orElse(cores);
        } catch (IOException | java.io.UncheckedIOException e) {
            return cores;
        }
    }
}
