package mine;

import static io.nas4j.Nas.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.Nas;
import io.nas4j.space.*;
import io.nas4j.strategy.*;
import io.nas4j.trial.*;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A strategy of a user's own, in the user's own package: nothing else is touched. */
class AddAStrategyTest {

    /** Mutates the best architecture so far. */
    record Greedy() implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            SearchSpace space = task.space();
            return (history, random) -> {
                Supplier<Architecture> next =
                        () ->
                                history.best()
                                        .map(best -> space.mutate(best.architecture(), random))
                                        .orElseGet(() -> space.sample(random));
                return Unseen.draw(space, history, random, next)
                        .map(drawn -> new Proposal.Evaluate(drawn, fidelity));
            };
        }
    }

    @Test
    void itKeepsTheContractAndSearches() {
        SearchStrategyContract.verify(new Greedy());
        var search = Nas.space(nasBench201()).strategy(new Greedy()).estimator(tabular(CIFAR100));
        assertThat(search.quiet().run().history().trials()).hasSize(20);
    }
}
