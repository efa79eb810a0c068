package io.nas4j.oneshot;

import io.nas4j.oneshot.PathEvolution.Scored;
import io.nas4j.strategy.Proposal;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One single-path search: epochs, then candidates; the latter follow from the history alone. */
final class OneShotSession extends PathSession {

    private final OneShot settings;

    OneShotSession(OneShot settings, Task task, Fidelity fidelity) {
        super(settings, settings.paths(), settings.scoring(), task, fidelity);
        this.settings = settings;
    }

    @Override
    protected ResourceEstimate estimate() throws InterruptedException {
        return estimate(dryRun(), settings.evolution().candidates());
    }

    @Override
    protected Optional<Proposal> afterTraining(History history, RandomGenerator random) {
        List<Scored> candidates =
                trials(history, SCORED).stream()
                        .map(trial -> new Scored(trial.architecture(), trial.score()))
                        .toList();
        return settings.evolution().next(task.space(), candidates, random).map(this::candidate);
    }
}
