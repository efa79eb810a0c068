package io.nas4j.trial;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * What trainings leave for later trials to continue: bytes, which the search keeps by trial. A
 * running trial writes its own and reads those of the trial that it continues; used by the thread
 * that estimates it.
 *
 * <p>The search keeps what the strategy may still continue, up to a bound; what is gone is told as
 * a warning. An estimator must then reach the same result from the start.
 */
public interface Checkpoints {

    /** Keeps nothing and finds nothing. */
    Checkpoints NONE =
            new Checkpoints() {
                @Override
                public void save(Content content) {}

                @Override
                public Optional<InputStream> find() {
                    return Optional.empty();
                }
            };

    /**
     * Keeps the trial's training. With a journal it is on the disk when this returns; a disk that
     * is full is a warning, not a failed trial.
     *
     * @param content writes it; not asked where no later trial may continue this one
     */
    void save(Content content);

    /**
     * The training of the trial that is continued, as it was written there.
     *
     * @return to be closed by the caller; empty where no trial is continued, or its training is
     *     gone
     */
    Optional<InputStream> find();

    /** What is kept. */
    @FunctionalInterface
    interface Content {

        /**
         * Writes.
         *
         * @param out buffered, not to be closed
         * @throws IOException when {@code out} does
         */
        void write(OutputStream out) throws IOException;
    }
}
