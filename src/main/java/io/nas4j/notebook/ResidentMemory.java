package io.nas4j.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory that this process holds: Java's heap, and what libtorch has beside it. */
public final class ResidentMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String LINE = "VmRSS:";

    private ResidentMemory() {}

    /**
     * What it holds now; worker processes and GPUs not included.
     *
     * @return in bytes; empty where the system does not tell, as other ones than Linux
     */
    public static OptionalLong now() {
        try {
            return Files.isReadable(STATUS) ? read(Files.readString(STATUS)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Of a text in which the line gives kilobytes. */
    static OptionalLong read(String status) {
        return status.lines()
                .filter(line -> line.startsWith(LINE))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .filter(digits -> !digits.isEmpty())
                .mapToLong(digits -> Long.parseLong(digits) * 1024)
                .findFirst();
    }
}
