package io.nas4j.journal;

import io.nas4j.trial.Checkpoints.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Where checkpoints lie, by trial: beside a journal, or in memory. */
interface CheckpointFolder {

    /**
     * Writes one, as a whole or not at all.
     *
     * @return its bytes
     */
    long write(int trial, Content content) throws IOException;

    /**
     * Reads one.
     *
     * @return to be closed
     * @throws IOException when it is missing or not what was written, saying so
     */
    InputStream read(int trial) throws IOException;

    void delete(int trial) throws IOException;

    /** What an earlier process left: bytes by trial. */
    Map<Integer, Long> found() throws IOException;

    /** How many bytes may lie here. */
    long limit();
}
