package io.nas4j.execute;

import java.nio.file.Path;

/** A search with a worker that runs until it is killed. */
final class KilledParent {

    private KilledParent() {}

    public static void main(String[] args) {
        WorkersIT.run(Workers.of(1), new Probe(Path.of(args[0]), Probe.Conduct.NEVER_HEEDS), 1);
    }
}
