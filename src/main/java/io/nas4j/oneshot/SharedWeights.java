package io.nas4j.oneshot;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Task;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Scores candidates by the weights that they share: one supernet is trained, path by path, and each
 * candidate is scored by its path, as {@link OneShot#scoring} says: by default by the angle of its
 * weights and by its answers to the validation data after some steps of its own, normalised by
 * statistics that are gathered for it on training images. Such a score is no accuracy: a middling
 * path has one half. {@code shared(ONE_SHOT.scoredBy(PathScore.ACCURACY).tuning(0))} has
 * accuracies, which rank worse. What went into a score stands in its metrics. Any strategy may
 * search by these scores.
 *
 * <p>The first candidate's trial trains the supernet, and its cost says so; every other takes the
 * fraction of a second that a path takes. The weights follow from the search's seed, space and data
 * and from these settings, never from the candidates. So a resumed search trains them again to the
 * same numbers, unless {@link #file} keeps them. A search that is stopped within the training keeps
 * its whole epochs as long as its session is open.
 *
 * <p>Equal networks may be different paths with different weights, so each architecture has a score
 * of its own.
 *
 * @param settings how the supernet is trained and its paths are scored; the evolution has no part
 *     in it
 * @param file where the trained weights are kept, and read from when they are there; empty: they
 *     are not kept
 * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al., 2020, section 3.3</a>
 */
public record SharedWeights(OneShot settings, Optional<Path> file) implements PerformanceEstimator {

    /**
     * Not kept.
     *
     * @param settings for example {@code Nas.ONE_SHOT} or {@code Nas.FAIR_NAS.epochs(10)}
     * @return an estimator
     */
    public static SharedWeights of(OneShot settings) {
        return new SharedWeights(settings, Optional.empty());
    }

    /**
     * Keeps the trained weights in a file, or takes them from there.
     *
     * @param where written when the training has ended; another search's file is refused
     * @return a copy
     */
    public SharedWeights file(Path where) {
        return new SharedWeights(settings, Optional.of(where));
    }

    /**
     * Opens.
     *
     * @param task images with validation data, and a space with a continuous relaxation
     * @throws IllegalArgumentException also when the file holds weights of another space, other
     *     data, another seed or other settings
     */
    @Override
    public Session open(Task task) {
        OneShotSession session = new OneShotSession(settings, task, Fidelity.NONE);
        session.requireFits();
        return SharedSession.open(this, task, session);
    }

    /** For example {@code shared(oneShot(epochs=30))}. */
    @Override
    public String measure() {
        return "shared(" + settings + ")";
    }

    @Override
    public Set<String> reported() {
        return Set.of(Metrics.SCORE, Metrics.PARAMETERS, Metrics.MULTIPLY_ADDS, Metrics.COMPUTE);
    }

    /** The architecture: its path's weights are its own. */
    @Override
    public Object key(SearchSpace space, Architecture architecture) {
        return architecture;
    }

    @Override
    public String toString() {
        return measure();
    }
}
