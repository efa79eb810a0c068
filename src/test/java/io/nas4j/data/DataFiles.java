package io.nas4j.data;

import java.nio.file.Path;

/** What workers read, for tests of other packages. */
public final class DataFiles {

    private DataFiles() {}

    /** As a worker does. */
    public static Data read(Path file) {
        return DataFile.read(file);
    }
}
