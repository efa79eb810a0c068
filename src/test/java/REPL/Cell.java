package REPL;

import io.nas4j.estimate.PerformanceEstimator;

/** As JShell names the classes of a notebook's cells. */
public final class Cell {

    private Cell() {}

    /** A function that was written in a cell. */
    public static PerformanceEstimator.Score score() {
        return candidate -> 1;
    }
}
