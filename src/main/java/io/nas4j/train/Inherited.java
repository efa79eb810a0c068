package io.nas4j.train;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.morph.Inheritance;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Task;
import java.util.HashSet;
import java.util.Set;

/**
 * Trains a candidate on from the weights of the earlier trial that is most like it, instead of from
 * random ones: with {@code EVOLUTION}, whose children are one decision away from their parents,
 * this is Lamarckian evolution. What is alike is copied and what has grown is grown so that the
 * network computes what it did: see {@link Inheritance}.
 *
 * <p>A score depends on the trials before it, and later trials stand on more training than early
 * ones: it ranks, and is not the accuracy of that many epochs. The metrics {@link
 * Metrics#INHERITED} and {@link Metrics#PARENT} tell what a trial started from; where the parent's
 * weights are gone, it starts from scratch, which a warning and {@link Metrics#RESTARTED} tell. A
 * resumed search makes the same trials.
 *
 * @param training what every candidate gets; its cost is all that a trial is charged
 * @see <a href="https://arxiv.org/abs/1804.09081">Elsken et al., 2019: Lamarckian evolution</a>
 */
public record Inherited(TrainingEstimator training) implements PerformanceEstimator {

    @Override
    public Session open(Task task) {
        training.open(task).close(); // checks
        return new TrainingSession(training, task, true);
    }

    @Override
    public Fidelity fidelity() {
        return training.fidelity();
    }

    @Override
    public String measure() {
        return "inherited(" + training.measure() + ")";
    }

    @Override
    public boolean inherits() {
        return true;
    }

    @Override
    public Set<String> reported() {
        Set<String> all = new HashSet<>(training.reported());
        all.add(Metrics.INHERITED);
        return all;
    }

    @Override
    public Object key(SearchSpace space, Architecture architecture) {
        return training.key(space, architecture);
    }

    @Override
    public String toString() {
        return measure();
    }
}
