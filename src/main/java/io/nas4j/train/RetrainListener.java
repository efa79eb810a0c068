package io.nas4j.train;

/** Hears how a retraining goes, in the thread that trains: what it does, the training waits for. */
@FunctionalInterface
public interface RetrainListener {

    /**
     * Before every step, and after every epoch.
     *
     * @param progress how far it is
     */
    void on(RetrainProgress progress);
}
