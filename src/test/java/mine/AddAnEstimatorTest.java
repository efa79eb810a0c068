package mine;

import static io.nas4j.Nas.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.Nas;
import io.nas4j.estimate.*;
import io.nas4j.trial.*;
import org.junit.jupiter.api.Test;

/** An estimator of a user's own, in the user's own package: nothing else is touched. */
class AddAnEstimatorTest {

    /** Another estimator's score, less something for every second that the training took. */
    record Frugal(PerformanceEstimator whole, double perSecond) implements PerformanceEstimator {
        @Override
        public Session open(Task task) {
            Session session = whole.open(task);
            return (candidate, context) -> {
                Estimate e = session.estimate(candidate, context);
                double price = perSecond * e.cost().compute().toSeconds();
                return new Estimate(e.score() - price, e.metrics(), e.curve(), e.cost());
            };
        }

        @Override
        public String measure() {
            return whole.measure() + " - " + perSecond + "/s";
        }
    }

    @Test
    void itKeepsTheContractAndSearches() throws Exception {
        Frugal frugal = new Frugal(tabular(CIFAR100), 1e-4);
        Task task = new Task(nasBench201(), fashionMnistSample(), new Seeds(1));
        PerformanceEstimatorContract.verify(frugal, task);
        assertThat(Nas.space(nasBench201()).estimator(frugal).quiet().run().best().score())
                .isPresent();
    }
}
