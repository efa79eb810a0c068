package io.nas4j.strategy;

import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Random search: every decision answered uniformly, nothing learned, nothing tried twice. All
 * exploration, and the baseline that any other strategy must beat.
 *
 * @see <a href="https://arxiv.org/abs/1902.07638">Li and Talwalkar, 2019</a>
 */
public record RandomSearch() implements SearchStrategy {

    @Override
    public int startup() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new FoldedSession(task, fidelity) {
            @Override
            protected Optional<Proposal> propose(History history, RandomGenerator random) {
                return unseen(random, () -> space.sample(random));
            }
        };
    }
}
