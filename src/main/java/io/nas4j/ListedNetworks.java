package io.nas4j;

import io.nas4j.space.Architecture;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;
import java.util.List;
import java.util.Optional;

/**
 * Proposes given architectures, one after the other.
 *
 * @param architectures of the search's space
 */
record ListedNetworks(List<Architecture> architectures) implements SearchStrategy {

    ListedNetworks {
        architectures = List.copyOf(architectures);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return (history, random) ->
                history.size() < architectures.size()
                        ? Optional.of(
                                new Proposal.Evaluate(architectures.get(history.size()), fidelity))
                        : Optional.empty();
    }

    @Override
    public String toString() {
        return architectures.size() + " networks";
    }
}
