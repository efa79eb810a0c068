package io.nas4j.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Temporary folders in memory where the system has such a place: a journal waits for the disk after
 * each trial, and tests of many short searches would do little else.
 */
public final class MemoryFolder implements TempDirFactory {

    private static final Path MEMORY = Path.of("/dev/shm");

    /** A container's own may be of 64 MB, for all of its processes. */
    private static final long ENOUGH_BYTES = 256 << 20;

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
            throws IOException {
        return Files.isWritable(MEMORY)
                        && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_BYTES
                ? Files.createTempDirectory(MEMORY, "nas4j-test")
                : Files.createTempDirectory("nas4j-test");
    }
}
