package io.nas4j.oneshot;

import static io.nas4j.space.Require.require;

import io.nas4j.controller.RnnController;
import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetStrategy;
import io.nas4j.sharing.SupernetTraining;
import io.nas4j.train.Cosine;
import io.nas4j.train.Sgd;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * ENAS: an LSTM controller draws the paths on which a supernet is trained, and learns by REINFORCE
 * which of them score well with the shared weights. A reward costs one batch of validation data in
 * place of a training.
 *
 * <p>Each epoch is a trial of measure {@code supernet}: the weights learn for a pass over the
 * training data, then the controller learns from rewards, and of several architectures that it then
 * draws the one of the highest score on the validation data is kept, with that score. The last
 * epoch's is scored by the search's estimator. Paths normalise by the statistics of their batch.
 * While the weights warm up the controller rests: it would else learn which operations need no
 * training, and draw these from then on.
 *
 * <p>An operation that the controller draws more often turns further, so rewards by {@link
 * PathScore#ANGLE} add to themselves; they are to rest on a long warm-up, in which all are drawn
 * alike.
 *
 * <p>The defaults are for small machines; {@link #paper()} has the published ones.
 *
 * @param training of the shared weights, one path a step; SGD with Nesterov's momentum
 * @param controller how paths are drawn and learned from; its batch is one update's rewards
 * @param updates of the controller an epoch, at least 1
 * @param samples architectures drawn at an epoch's end, of which the best is kept; at least 1
 * @param scores what rewards and the samples' scores are; of several, the mean in units of what
 *     paths drawn at random have
 * @see <a href="https://arxiv.org/abs/1802.03268">Pham et al., 2018</a>
 */
public record Enas(
        SupernetTraining training,
        RnnController controller,
        int updates,
        int samples,
        List<PathScore> scores)
        implements SupernetStrategy<Enas> {

    private static final Sgd NESTEROV = new Sgd(0.9, 1e-4, true);

    /**
     * For small machines: a controller without bounds that learns within some hundred rewards, from
     * weights that have learned alone before.
     */
    public Enas() {
        this(
                new SupernetTraining().epochs(15).batch(16).optimizer(NESTEROV).warmUp(0.6),
                new RnnController().batch(10).learningRate(0.01).entropyWeight(1e-3),
                15,
                10,
                List.of(PathScore.ANGLE, PathScore.LIKELIHOOD));
    }

    public Enas {
        require(updates >= 1, "updates must be at least 1 an epoch, but were %d.", updates);
        require(samples >= 1, "samples must be at least 1, but were %d. Try 10.", samples);
        scores = new PathScoring().scores(scores.toArray(PathScore[]::new)).scores();
    }

    /**
     * The published cell search on CIFAR-10: 150 epochs in batches of 160, rates 0.05 → 0.0005 on
     * one cosine (there with restarts), 30 updates of 10 rewards an epoch, {@link
     * RnnController#enas()}.
     *
     * @return for a large machine
     */
    public static Enas paper() {
        SupernetTraining weights =
                new SupernetTraining()
                        .epochs(150)
                        .batch(160)
                        .optimizer(NESTEROV)
                        .rate(Cosine.of(0.05, 0.0005))
                        .resolution(0);
        return new Enas(weights, RnnController.enas(), 30, 10, List.of(PathScore.ACCURACY));
    }

    @Override
    public Enas training(SupernetTraining other) {
        return new Enas(other, controller, updates, samples, scores);
    }

    /**
     * Sets the controller.
     *
     * @param other for example {@code RnnController.enas()}
     * @return a copy
     */
    public Enas controller(RnnController other) {
        return new Enas(training, other, updates, samples, scores);
    }

    /**
     * Sets how often the controller learns.
     *
     * @param count updates an epoch, at least 1; default 15
     * @return a copy
     */
    public Enas updates(int count) {
        return new Enas(training, controller, count, samples, scores);
    }

    /**
     * Sets of how many architectures an epoch keeps the best.
     *
     * @param count at least 1; default 10
     * @return a copy
     */
    public Enas samples(int count) {
        return new Enas(training, controller, updates, count, scores);
    }

    /**
     * Sets what rewards, and the samples of an epoch's end, are; the paper takes {@link
     * PathScore#ACCURACY}.
     *
     * @param all one or more; of several, the mean in units of what paths drawn at random have
     * @return a copy
     */
    public Enas scoredBy(PathScore... all) {
        return new Enas(training, controller, updates, samples, List.of(all));
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new EnasSession(this, task, fidelity).requireFits();
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        return SupernetSession.estimate(new EnasSession(this, task, fidelity));
    }

    /** For example {@code enas(epochs=8, updates=10)}: the epochs, and what is not the default. */
    @Override
    public String toString() {
        Enas usual = new Enas();
        StringJoiner text = new StringJoiner(", ", "enas(", ")");
        training.describe(text, usual.training);
        SupernetTraining.add(text, "controller", controller, usual.controller);
        SupernetTraining.add(text, "updates", updates, usual.updates);
        SupernetTraining.add(text, "samples", samples, usual.samples);
        SupernetTraining.add(text, "scores", scores, usual.scores);
        return text.toString();
    }
}
