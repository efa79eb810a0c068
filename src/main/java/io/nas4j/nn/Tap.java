package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** Looks into a network that runs. */
@FunctionalInterface
public interface Tap {

    /**
     * Sees one instruction right after it ran.
     *
     * @param instruction which
     * @param in what it read; closed once nobody else reads it
     * @param out what it computed
     * @return what flows on: {@code out}, or another array of its shape; in that case {@code out}
     *     is not closed before the current {@code NDScope}
     */
    NDArray see(Instruction instruction, List<NDArray> in, NDArray out);
}
