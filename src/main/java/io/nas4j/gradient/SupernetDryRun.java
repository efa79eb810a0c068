package io.nas4j.gradient;

import io.nas4j.strategy.SearchStrategy;
import io.nas4j.train.Memory;
import io.nas4j.train.TrainingLock;
import io.nas4j.trial.Task;
import java.util.function.Function;

/**
 * A supernet's dry run, which leaves no trace: what the network learned in it is forgotten.
 *
 * @param name of the strategy
 * @param task what is searched
 * @param supernet what runs
 * @param batch images of a real step
 * @param work a step and an evaluation
 */
record SupernetDryRun(
        String name, Task task, LoadedSupernet supernet, int batch, DryRun.Work work) {

    /** Paths drawn, among which the largest is about as large as any that a search will meet. */
    static final int DRAWS = 50;

    /** Paths drawn, whose mean time is about that of all. */
    static final int VARIETY = 4;

    /**
     * Looks, on a few images, whether the memory is enough.
     *
     * @param session what the supernet is searched in; closed when it is not
     * @return the session
     * @throws IllegalArgumentException when it is not
     */
    <S extends SearchStrategy.Session> S requireFits(S session) {
        try {
            measured(
                    memory -> {
                        DryRun.requireFits(memory, batch, name, work);
                        return true;
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the loop hears it before anything is trained
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
        return session;
    }

    /** Measures. */
    DryRun run() throws InterruptedException {
        return measured(memory -> DryRun.of(memory, batch, work));
    }

    @SuppressWarnings("try") // the turn is held, not used
    private <T> T measured(Function<Memory, T> measure) throws InterruptedException {
        SupernetState.Copy untouched = supernet.state.copy();
        try (TrainingLock turn = TrainingLock.take(task.seeds().seed(0, "dry run"))) {
            return measure.apply(new Memory(supernet.manager.getDevice()));
        } finally {
            supernet.state.restore(untouched);
        }
    }
}
