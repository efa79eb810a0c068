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
 * BANANAS: an ensemble of networks predicts scores from the path encoding; the best of the trials
 * are mutated, and of the mutants the one with the best independent Thompson sample, a draw from
 * each one's predicted mean and spread, is tried next. Once more is random at the beginning.
 *
 * <p>Departing from the paper, the networks have one random hidden layer and a ridge regression
 * behind it instead of ten trained layers, and scores enter as normal quantiles of their ranks.
 *
 * @param startup random trials at the beginning, at least 2
 * @param batch the ensemble is trained again after so many trials, at least 1
 * @param members how many networks, at least 2
 * @param candidates how many mutants, at least 1
 * @param parents how many of the best trials are mutated, at least 1
 * @param paths the most paths in the encoding, the shortest first, at least 1
 * @see <a href="https://arxiv.org/abs/1910.11858">White et al., 2021: 10 at random, batches of 10,
 *     5 networks, 100 candidates</a>
 */
public record Bananas(int startup, int batch, int members, int candidates, int parents, int paths)
        implements Surrogate {

    public Bananas {
        require(startup >= 2, "startup must be at least 2, but was %d. Try 10.", startup);
        require(batch >= 1, "batch must be at least 1, but was %d. Try 10.", batch);
        require(members >= 2, "members must be at least 2, but were %d. Try 5.", members);
        require(candidates >= 1, "candidates must be at least 1, but were %d.", candidates);
        require(parents >= 1, "parents must be at least 1, but were %d.", parents);
        require(paths >= 1, "paths must be at least 1, but were %d. Try 200.", paths);
    }

    /** The paper's numbers, but mutants of the best 2 trials and up to 200 paths. */
    public Bananas() {
        this(10, 10, 5, 100, 2, 200);
    }

    /**
     * Sets {@link #startup}.
     *
     * @param randomTrials at least 2; default 10
     * @return a copy
     */
    public Bananas startup(int randomTrials) {
        return new Bananas(randomTrials, batch, members, candidates, parents, paths);
    }

    /**
     * Sets {@link #batch}.
     *
     * @param trials at least 1; default 10
     * @return a copy
     */
    public Bananas batch(int trials) {
        return new Bananas(startup, trials, members, candidates, parents, paths);
    }

    /**
     * Sets {@link #members}.
     *
     * @param networks at least 2; default 5
     * @return a copy
     */
    public Bananas members(int networks) {
        return new Bananas(startup, batch, networks, candidates, parents, paths);
    }

    /**
     * Sets {@link #candidates}.
     *
     * @param mutants at least 1; default 100
     * @return a copy
     */
    public Bananas candidates(int mutants) {
        return new Bananas(startup, batch, members, mutants, parents, paths);
    }

    /**
     * Sets {@link #parents}.
     *
     * @param best at least 1; default 2
     * @return a copy
     */
    public Bananas parents(int best) {
        return new Bananas(startup, batch, members, candidates, best, paths);
    }

    /**
     * Sets {@link #paths}.
     *
     * @param length at least 1; default 200
     * @return a copy
     */
    public Bananas paths(int length) {
        return new Bananas(startup, batch, members, candidates, parents, length);
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
         * At sizes and with hidden weights that depend on nothing else: resumed, they are the same.
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
                                task.seeds().random(size, "ensemble"));
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
