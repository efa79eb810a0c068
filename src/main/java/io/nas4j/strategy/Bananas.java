package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Encoding;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Prediction;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * BANANAS: an ensemble predicts scores from the path encoding; the best of the trials are mutated,
 * and of the mutants the one with the best independent Thompson sample, a draw from each one's
 * predicted mean and spread, is tried next. The beginning is random.
 *
 * <p>{@link #paper()} trains networks, as published. Unless told so the members are ridge
 * regressions on random features, which are fitted in milliseconds. Scores enter as normal
 * quantiles of their ranks, so that no unit of theirs matters.
 *
 * @param startup random trials at the beginning, at least 2
 * @param batch the ensemble is trained again after so many trials, at least 1
 * @param members of the ensemble, at least 2
 * @param candidates how many mutants, at least 1
 * @param parents how many of the best trials are mutated, at least 1
 * @param paths the most paths in the encoding, the shortest first, at least 1
 * @param model what the members are
 * @see <a href="https://arxiv.org/abs/1910.11858">White et al., 2021: 10 at random, batches of 10,
 *     5 networks, 100 candidates</a>
 */
public record Bananas(
        int startup, int batch, int members, int candidates, int parents, int paths, Model model)
        implements Surrogate {

    /** What the ensemble's members are. */
    public enum Model {
        /** Ridge regression on the paths and on 100 ReLU units with random weights. */
        RANDOM_FEATURES(RandomFeatures::fit),
        /**
         * Networks of 10 layers of 20 ReLU units, trained for 150 epochs by Adam (0.01, 0.9, 0.99)
         * on the mean absolute error, batches of 32.
         */
        TRAINED_NETWORKS(Perceptron::fit);

        private final Ensemble.Fit fit;

        Model(Ensemble.Fit fit) {
            this.fit = fit;
        }
    }

    public Bananas {
        require(startup >= 2, "startup must be at least 2, but was %d. Try 10.", startup);
        require(batch >= 1, "batch must be at least 1, but was %d. Try 10.", batch);
        require(members >= 2, "members must be at least 2, but were %d. Try 5.", members);
        require(candidates >= 1, "candidates must be at least 1, but were %d.", candidates);
        require(parents >= 1, "parents must be at least 1, but were %d.", parents);
        require(paths >= 1, "paths must be at least 1, but were %d. Try 200.", paths);
    }

    /** Random features, mutants of the best 2 trials, up to 200 paths; else the paper's numbers. */
    public Bananas() {
        this(10, 10, 5, 100, 2, 200, Model.RANDOM_FEATURES);
    }

    /**
     * As published: 5 networks are trained anew after each 10 trials on 40 paths, and the best
     * trial is mutated. A search of 200 trials takes some 5 seconds of a core, not 1.
     *
     * @return the paper's settings
     */
    public static Bananas paper() {
        return new Bananas(10, 10, 5, 100, 1, 40, Model.TRAINED_NETWORKS);
    }

    /**
     * Sets {@link #startup}.
     *
     * @param randomTrials at least 2; default 10
     * @return a copy
     */
    public Bananas startup(int randomTrials) {
        return new Bananas(randomTrials, batch, members, candidates, parents, paths, model);
    }

    /**
     * Sets {@link #batch}.
     *
     * @param trials at least 1; default 10
     * @return a copy
     */
    public Bananas batch(int trials) {
        return new Bananas(startup, trials, members, candidates, parents, paths, model);
    }

    /**
     * Sets {@link #members}.
     *
     * @param size at least 2; default 5
     * @return a copy
     */
    public Bananas members(int size) {
        return new Bananas(startup, batch, size, candidates, parents, paths, model);
    }

    /**
     * Sets {@link #candidates}.
     *
     * @param mutants at least 1; default 100
     * @return a copy
     */
    public Bananas candidates(int mutants) {
        return new Bananas(startup, batch, members, mutants, parents, paths, model);
    }

    /**
     * Sets {@link #parents}.
     *
     * @param best at least 1; default 2
     * @return a copy
     */
    public Bananas parents(int best) {
        return new Bananas(startup, batch, members, candidates, best, paths, model);
    }

    /**
     * Sets {@link #paths}.
     *
     * @param length at least 1; default 200
     * @return a copy
     */
    public Bananas paths(int length) {
        return new Bananas(startup, batch, members, candidates, parents, length, model);
    }

    /**
     * Sets {@link #model}.
     *
     * @param members what they are; default {@link Model#RANDOM_FEATURES}
     * @return a copy
     */
    public Bananas model(Model members) {
        return new Bananas(startup, batch, this.members, candidates, parents, paths, members);
    }

    /**
     * Sets {@link #model} to {@link Model#TRAINED_NETWORKS} and leaves the rest as it is.
     *
     * @return a copy
     */
    public Bananas trained() {
        return model(Model.TRAINED_NETWORKS);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new Predictor(task, fidelity);
    }

    @Override
    public List<Prediction> predictions(Task task, History history) {
        return new Predictor(task, Fidelity.NONE).predictions(history);
    }

    @Override
    public Belief belief(Task task, History history) {
        return new Predictor(task, Fidelity.NONE).belief(history);
    }

    private final class Predictor extends PredictingSession {
        private final List<Architecture> tried = new ArrayList<>();
        private final List<Double> scores = new ArrayList<>();
        private Encoding encoding;
        private Ensemble ensemble;
        private int fitted;

        Predictor(Task task, Fidelity fidelity) {
            super(task, fidelity);
        }

        @Override
        protected void restart() {
            tried.clear();
            scores.clear();
            fitted = 0;
        }

        @Override
        protected void learn(Trial trial, boolean ranked) {
            if (ranked) {
                tried.add(trial.architecture());
                scores.add(trial.score().getAsDouble());
            }
        }

        @Override
        protected Optional<Proposal> propose(History history, RandomGenerator random) {
            if (!isReady()) {
                return unseen(random, () -> space.sample(random));
            }
            Architecture best = null;
            double highest = Double.NEGATIVE_INFINITY;
            for (Architecture mutant : mutants(history, random)) {
                double[] predicted = predict(mutant);
                double drawn = predicted[0] + predicted[1] * random.nextGaussian();
                if (drawn > highest) {
                    highest = drawn;
                    best = mutant;
                }
            }
            return best != null ? evaluate(best) : unseen(random, () -> space.sample(random));
        }

        @Override
        boolean isReady() {
            return scores.size() >= startup;
        }

        @Override
        double[] predict(Architecture architecture) {
            fit();
            return ensemble.predict(encoding.encode(architecture));
        }

        /**
         * At sizes and from random numbers that depend on nothing else: a resumed search has the
         * same.
         */
        private void fit() {
            int size = scores.size() - (scores.size() - startup) % batch;
            if (size != fitted) {
                List<Architecture> known = tried.subList(0, size);
                encoding = Encoding.paths(space, known, paths);
                ensemble =
                        Ensemble.fit(
                                known.stream().map(encoding::encode).toArray(double[][]::new),
                                NormalScores.of(scores.subList(0, size)),
                                members,
                                task.seeds().random(size, "ensemble"),
                                model.fit);
                fitted = size;
            }
        }

        /** Of one edit each, and of one more each time that the neighbours of the best run out. */
        private Set<Architecture> mutants(History history, RandomGenerator random) {
            List<Architecture> best =
                    history.scored().stream()
                            .sorted(
                                    Comparator.comparingDouble(
                                            trial -> -trial.score().getAsDouble()))
                            .map(Trial::architecture)
                            .distinct()
                            .limit(parents)
                            .toList();
            Set<Architecture> result = new LinkedHashSet<>();
            for (int i = 0; i < 10 * candidates && result.size() < candidates; i++) {
                Architecture mutant = best.get(i % best.size());
                for (int edits = 0; edits <= i / candidates; edits++) {
                    mutant = space.mutate(mutant, random);
                }
                if (!isSeen(mutant)) {
                    result.add(mutant);
                }
            }
            return result;
        }
    }
}
