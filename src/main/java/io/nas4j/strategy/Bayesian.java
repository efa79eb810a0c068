package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Neighbours;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Prediction;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Bayesian optimization: a Gaussian process predicts the score of what was not tried, and the
 * architecture with the largest expected improvement is tried next.
 *
 * <p>The kernel compares decision by decision, with a weight each, and by how often each operation
 * occurs; the weights maximise the marginal likelihood. Scores enter as normal quantiles of their
 * ranks, so a few broken architectures do not drown the differences among the good ones. Candidates
 * are the neighbours of the best trials and random architectures; from the best of them expected
 * improvement is climbed.
 *
 * @param startup random trials at the beginning, at least 2
 * @param candidates how many random architectures are considered beside the neighbours, at least 1
 * @param jitter how much better than the best a candidate should be, in standard deviations of the
 *     scores, at least 0; more is more exploration
 * @see <a href="https://arxiv.org/abs/1802.07191">Kandasamy et al., 2018</a>
 * @see <a href="https://arxiv.org/abs/2006.07556">Ru et al., 2021</a>
 */
public record Bayesian(int startup, int candidates, double jitter) implements Surrogate {

    /** Whose neighbours are candidates. */
    private static final int PARENTS = 5;

    /** The kernel is fitted again when there are this many times more trials. */
    private static final double GROWTH = 1.15;

    public Bayesian {
        require(startup >= 2, "startup must be at least 2, but was %d. Try 10.", startup);
        require(candidates >= 1, "candidates must be at least 1, but were %d.", candidates);
        require(jitter >= 0, "jitter must be at least 0, but was %s. Try 0.01.", jitter);
    }

    /** 10 random trials, 200 random candidates, no jitter. */
    public Bayesian() {
        this(10, 200, 0);
    }

    /**
     * Sets {@link #startup}.
     *
     * @param randomTrials at least 2; default 10
     * @return a copy
     */
    public Bayesian startup(int randomTrials) {
        return new Bayesian(randomTrials, candidates, jitter);
    }

    /**
     * Sets {@link #candidates}.
     *
     * @param randomArchitectures at least 1; default 200
     * @return a copy
     */
    public Bayesian candidates(int randomArchitectures) {
        return new Bayesian(startup, randomArchitectures, jitter);
    }

    /**
     * Sets {@link #jitter}.
     *
     * @param deviations standard deviations of the scores, at least 0; default 0
     * @return a copy
     */
    public Bayesian jitter(double deviations) {
        return new Bayesian(startup, candidates, deviations);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new Model(task, fidelity);
    }

    @Override
    public List<Prediction> predictions(Task task, History history) {
        return new Model(task, Fidelity.NONE).predictions(history);
    }

    @Override
    public Belief belief(Task task, History history) {
        return new Model(task, Fidelity.NONE).belief(history);
    }

    private final class Model extends PredictingSession {
        private final StructuredFeatures features;
        private final List<double[]> x = new ArrayList<>();
        private final List<Double> y = new ArrayList<>();
        private double[] kernel;
        private int fitted;

        Model(Task task, Fidelity fidelity) {
            super(task, fidelity);
            features = new StructuredFeatures(space);
        }

        @Override
        protected void restart() {
            x.clear();
            y.clear();
            fitted = 0;
        }

        @Override
        protected void learn(Trial trial, boolean ranked) {
            if (ranked) {
                x.add(features.of(trial.architecture()));
                y.add(trial.score().getAsDouble());
            }
        }

        @Override
        protected Optional<Proposal> propose(History history, RandomGenerator random) {
            if (!isReady()) {
                return unseen(random, () -> space.sample(random));
            }
            double[] scores = NormalScores.of(y);
            double best = Arrays.stream(scores).max().orElseThrow() + jitter;
            return climb(posterior(scores), best, candidates(history, random))
                    .map(this::evaluate)
                    .orElseGet(() -> unseen(random, () -> space.sample(random)));
        }

        @Override
        boolean isReady() {
            return y.size() >= startup;
        }

        @Override
        double[] predict(Architecture architecture) {
            double[][] predicted =
                    posterior(NormalScores.of(y))
                            .predict(new double[][] {features.of(architecture)});
            return new double[] {predicted[0][0], predicted[1][0]};
        }

        private GaussianProcess posterior(double[] scores) {
            fit();
            return GaussianProcess.of(
                    x.toArray(double[][]::new), scores, features.groups(), kernel);
        }

        /** At sizes that depend on nothing else, so that a resumed search has the same kernel. */
        private void fit() {
            int size = startup;
            while (next(size) <= y.size()) {
                size = next(size);
            }
            if (size != fitted) {
                kernel =
                        GaussianProcess.fit(
                                x.subList(0, size).toArray(double[][]::new),
                                NormalScores.of(y.subList(0, size)),
                                features.groups(),
                                GaussianProcess.prior(features.weights()));
                fitted = size;
            }
        }

        private int next(int size) {
            return Math.max(size + 1, (int) (GROWTH * size));
        }

        private Set<Architecture> candidates(History history, RandomGenerator random) {
            Set<Architecture> result = new LinkedHashSet<>();
            history.scored().stream()
                    .sorted(Comparator.comparingDouble(trial -> -trial.score().getAsDouble()))
                    .limit(PARENTS)
                    .forEach(
                            trial ->
                                    result.addAll(
                                            Neighbours.of(
                                                    space,
                                                    trial.architecture(),
                                                    task.seeds().master())));
            for (int i = 0; i < candidates; i++) {
                result.add(space.sample(random));
            }
            return result;
        }

        private Optional<Architecture> climb(
                GaussianProcess model, double best, Set<Architecture> from) {
            Optional<Scored> top = best(model, best, from);
            while (top.isPresent()) {
                Scored current = top.get();
                Optional<Scored> next =
                        best(
                                model,
                                best,
                                Neighbours.of(
                                        space, current.architecture(), task.seeds().master()));
                if (next.isEmpty() || next.get().improvement() <= current.improvement()) {
                    return Optional.of(current.architecture());
                }
                top = next;
            }
            return Optional.empty();
        }

        /** The largest expected improvement among those that were not tried. */
        private Optional<Scored> best(
                GaussianProcess model, double best, Collection<Architecture> from) {
            List<Architecture> open =
                    from.stream().filter(architecture -> !isSeen(architecture)).toList();
            if (open.isEmpty()) {
                return Optional.empty();
            }
            double[][] predicted =
                    model.predict(open.stream().map(features::of).toArray(double[][]::new));
            Scored top = null;
            for (int i = 0; i < open.size(); i++) {
                double improvement =
                        NormalScores.expectedImprovement(predicted[0][i], predicted[1][i], best);
                if (top == null || improvement > top.improvement()) {
                    top = new Scored(open.get(i), improvement);
                }
            }
            return Optional.of(top);
        }
    }

    private record Scored(Architecture architecture, double improvement) {}
}
