package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A strategy that does not begin from nothing. Some architectures are estimated before it is asked
 * for any: these are trials of the search like all others, and it learns from them. And it has
 * heard of the trials of an earlier search, as if they were the beginning of this one's history:
 * they count as its random beginning, and it does not propose their architectures again; but they
 * are no trials of this search, cost it nothing, and are never its answer.
 *
 * @param strategy whose only memory is the history
 * @param first estimated first, in this order; each once
 * @param earlier what the strategy has heard of
 */
public record WarmStarted(SearchStrategy strategy, List<Architecture> first, Earlier earlier)
        implements SearchStrategy {

    public WarmStarted {
        first = first.stream().distinct().toList();
    }

    @Override
    public String name() {
        return strategy.name();
    }

    @Override
    public List<Objective> objectives(Task task) {
        return strategy.objectives(task);
    }

    /** A lineage that begins in another search cannot be read off this one's history. */
    @Override
    public OptionalInt ageing() {
        return earlier.size() == 0 ? strategy.ageing() : OptionalInt.empty();
    }

    @Override
    public int startup() {
        return strategy.startup() == Integer.MAX_VALUE
                ? Integer.MAX_VALUE
                : Math.max(0, strategy.startup() - earlier.size());
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        first.forEach(architecture -> task.space().check(architecture));
        // a supernet's search and a bracket go by trials that they have made themselves
        requireLearner(
                strategy.slices().isEmpty()
                        && !(strategy instanceof Asha)
                        && !(strategy instanceof Hyperband)
                        && !(strategy instanceof Bohb));
        Session rest = strategy.open(task, fidelity);
        if (rest instanceof Checkpointed) {
            rest.close();
            requireLearner(false);
        }
        return new Warm(rest, fidelity);
    }

    private void requireLearner(boolean learns) {
        require(
                learns,
                "tryFirst and startFrom need a strategy that learns from any trial, but %s goes by"
                        + " those that it has made itself. Try EVOLUTION or TPE.",
                strategy);
    }

    private final class Warm implements Session {
        private final Session rest;
        private final Fidelity fidelity;
        private final Set<Architecture> asked = new HashSet<>();

        Warm(Session rest, Fidelity fidelity) {
            this.rest = rest;
            this.fidelity = fidelity;
        }

        @Override
        public Optional<Proposal> ask(History history, RandomGenerator random) {
            Set<Architecture> tried = new HashSet<>(asked);
            if (tried.size() < first.size()) {
                history.trials().forEach(trial -> tried.add(trial.architecture()));
                for (Architecture architecture : first) {
                    if (!tried.contains(architecture)) {
                        asked.add(architecture);
                        return Optional.of(new Proposal.Evaluate(architecture, fidelity));
                    }
                }
            }
            return rest.ask(earlier.before(history), random).map(this::here);
        }

        /** Trials are counted from the beginning of this search. */
        private Proposal here(Proposal proposal) {
            return proposal instanceof Proposal.Evaluate evaluate
                            && evaluate.continues().isPresent()
                    ? new Proposal.Evaluate(
                            evaluate.architecture(),
                            evaluate.fidelity(),
                            OptionalInt.of(evaluate.continues().getAsInt() - earlier.size()),
                            evaluate.learned())
                    : proposal;
        }

        @Override
        public void tell(Trial trial) {
            rest.tell(trial.renumbered(-earlier.size()));
        }

        @Override
        public List<Integer> continuable(History history) {
            return rest.continuable(earlier.before(history)).stream()
                    .map(number -> number - earlier.size())
                    .filter(number -> number >= 0)
                    .toList();
        }

        @Override
        public Optional<Proposal.Evaluate> conclude(History history) {
            return rest.conclude(earlier.before(history));
        }

        @Override
        public String ending() {
            return rest.ending();
        }

        @Override
        public void close() {
            rest.close();
        }
    }
}
