package io.nas4j.model;

import java.io.IOException;
import java.nio.file.Path;

/** Models on the disk for tests of other packages. */
public final class ModelFiles {

    private ModelFiles() {}

    /** A model that nobody trained. */
    public static void small(Path folder) throws IOException {
        ModelFolder.write(folder, SmallModel.of(1));
    }
}
