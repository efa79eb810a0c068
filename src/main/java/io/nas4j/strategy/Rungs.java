package io.nas4j.strategy;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * What strategies of several fidelities share: the trials sorted by epochs, and a sampler that sees
 * those of the most epochs that have enough of them.
 */
final class Rungs {

    private static final int DRAWS = 20;

    private final Task task;
    private final Fidelity full;
    private final int enough;
    private final SearchStrategy sampler;

    /** By epochs: the trials with a score as a history of their own. */
    private final TreeMap<Integer, History> histories = new TreeMap<>();

    /** The most epochs that each architecture was proposed or tried at. */
    private final Map<Architecture, Integer> reached = new HashMap<>();

    /** Trials that were proposed to be gone on with, and those of them where that has ended. */
    private final Set<Integer> continued = new HashSet<>();

    private final Set<Integer> finished = new HashSet<>();

    Rungs(SearchStrategy sampler, int enough, Task task, Fidelity full) {
        this.task = task;
        this.full = full;
        this.enough = enough;
        this.sampler = sampler;
        sampler.open(task, full).close(); // checks
    }

    void clear() {
        histories.clear();
        reached.clear();
        continued.clear();
        finished.clear();
    }

    void learn(Trial trial) {
        int epochs = trial.fidelity().epochs();
        reached.merge(trial.architecture(), epochs, Math::max);
        trial.continues().ifPresent(continued::add);
        trial.continues().ifPresent(finished::add);
        if (trial.score().isPresent()) {
            History own = histories.getOrDefault(epochs, History.empty(trial.measure()));
            histories.put(
                    epochs,
                    own.plus(
                            new Trial(
                                    own.size(),
                                    trial.architecture(),
                                    own.measure(),
                                    trial.fidelity(),
                                    trial.seed(),
                                    OptionalInt.empty(),
                                    trial.outcome())));
        }
    }

    /** Whether a trial was gone on with, or is being so. */
    boolean isContinued(Trial trial) {
        return continued.contains(trial.number());
    }

    /** Whether a later trial may still go on with it, or one under way does. */
    boolean isOpen(Trial trial) {
        return trial.score().isPresent()
                && trial.fidelity().epochs() < full.epochs()
                && !finished.contains(trial.number());
    }

    /** Goes on with a trial. */
    Proposal promote(Trial trial, int epochs) {
        continued.add(trial.number());
        reached.merge(trial.architecture(), epochs, Math::max);
        return new Proposal.Evaluate(
                trial.architecture(),
                full.cutAt(epochs),
                OptionalInt.of(trial.number()),
                io.nas4j.space.OptionWeights.NONE);
    }

    /** A new architecture: one that did not reach so many epochs yet; empty when all did. */
    Optional<Proposal> sample(int epochs, RandomGenerator random) {
        return draw(epochs, random)
                .map(
                        architecture -> {
                            reached.merge(architecture, epochs, Math::max);
                            return new Proposal.Evaluate(architecture, full.cutAt(epochs));
                        });
    }

    private Optional<Architecture> draw(int epochs, RandomGenerator random) {
        History known =
                histories.descendingMap().values().stream()
                        .filter(history -> history.size() >= enough)
                        .findFirst()
                        .orElseGet(() -> History.empty(""));
        // a fresh session: what an earlier one proposed may not be in this history
        try (SearchStrategy.Session session = sampler.open(task, full)) {
            known.trials().forEach(session::tell);
            for (int i = 0; i < DRAWS; i++) {
                if (session.ask(known, random).orElse(null) instanceof Proposal.Evaluate drawn
                        && reached.getOrDefault(drawn.architecture(), 0) < epochs) {
                    return Optional.of(drawn.architecture());
                }
            }
        }
        Set<Architecture> seen = new HashSet<>();
        reached.forEach(
                (architecture, most) -> {
                    if (most >= epochs) {
                        seen.add(architecture);
                    }
                });
        return Unseen.draw(task.space(), seen, random, () -> task.space().sample(random));
    }
}
