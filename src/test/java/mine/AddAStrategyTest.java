package mine;

import static io.nas4j.Nas.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.strategy.*;
import io.nas4j.trial.*;
import org.junit.jupiter.api.Test;

/** A strategy of a user's own, in the user's own package: nothing else is touched. */
class AddAStrategyTest {

    /** Mutates the best architecture so far. */
    record Greedy() implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            return (history, random) ->
                    Unseen.draw(
                                    task.space(),
                                    history,
                                    random,
                                    () ->
                                            history.best()
                                                    .map(Trial::architecture)
                                                    .map(a -> task.space().mutate(a, random))
                                                    .orElseGet(() -> task.space().sample(random)))
                            .map(next -> new Proposal.Evaluate(next, fidelity));
        }
    }

    @Test
    void itKeepsTheContractAndSearches() {
        SearchStrategyContract.verify(new Greedy());
        SearchResult result =
                Nas.space(nasBench201())
                        .strategy(new Greedy())
                        .estimator(tabular(CIFAR100))
                        .quiet()
                        .run();
        assertThat(result.history().trials()).hasSize(20).allMatch(t -> t.score().isPresent());
    }
}
