package io.nas4j.oneshot;

import static io.nas4j.space.Require.require;

import io.nas4j.sharing.SupernetSession;
import io.nas4j.sharing.SupernetStrategy;
import io.nas4j.sharing.SupernetTraining;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.StringJoiner;

/**
 * Random search with weight sharing: a supernet is trained on paths drawn uniformly; then many
 * architectures are drawn, scored on one batch, and the best few of them on all validation data.
 * Nothing is learned about which are good: the baseline of every search by weight sharing.
 *
 * <p>Each epoch is a trial of measure {@code supernet}, as in {@link OneShot}. The screening is one
 * trial of measure {@code one-batch}, with the best architecture and its score on the first
 * validation images, four training batches, normalised by the statistics of these images. Each
 * finalist is a trial of measure {@code one-shot}. The best finalist is scored by the search's
 * estimator.
 *
 * @param training of the supernet, one path a step
 * @param draws architectures that are screened, at least {@code finalists}
 * @param finalists of them that are scored on all validation data, at least 1
 * @param scoring how paths are scored
 * @see <a href="https://arxiv.org/abs/1902.07638">Li and Talwalkar, 2019, section 3.2</a>
 */
public record RandomSharing(
        SupernetTraining training, int draws, int finalists, PathScoring scoring)
        implements SupernetStrategy<RandomSharing> {

    public RandomSharing {
        require(finalists >= 1, "finalists must be at least 1, but were %d. Try 10.", finalists);
        require(
                draws >= finalists,
                "draws (%d) must be at least finalists (%d). Try 1000 and 10.",
                draws,
                finalists);
    }

    /** Training and scoring of {@link OneShot}; the paper's 1,000 draws, 10 finalists. */
    public RandomSharing() {
        this(new OneShot().training(), 1000, 10, new PathScoring());
    }

    @Override
    public RandomSharing training(SupernetTraining other) {
        return new RandomSharing(other, draws, finalists, scoring);
    }

    /**
     * Sets how many architectures are screened, and how many of them are scored at length.
     *
     * @param all at least {@code best}; default 1000
     * @param best at least 1; default 10
     * @return a copy
     */
    public RandomSharing draws(int all, int best) {
        return new RandomSharing(training, all, best, scoring);
    }

    /**
     * Sets how many images the batch statistics of a finalist are gathered on.
     *
     * @param images of the training data, at least 2
     * @return a copy
     */
    public RandomSharing recalibration(int images) {
        return scoring(scoring.recalibration(images));
    }

    /**
     * Sets what paths are scored by, as {@link OneShot#scoredBy} does; the paper takes {@link
     * PathScore#ACCURACY}.
     *
     * @param all one or more; default as in {@link OneShot}
     * @return a copy
     */
    public RandomSharing scoredBy(PathScore... all) {
        return scoring(scoring.scores(all));
    }

    /**
     * Sets how finalists are scored; the screening neither tunes nor recalibrates.
     *
     * @param other for example {@link PathScoring#paper()}
     * @return a copy
     */
    public RandomSharing scoring(PathScoring other) {
        return new RandomSharing(training, draws, finalists, other);
    }

    /** At most so many: where architectures come twice, there are fewer finalists. */
    @Override
    public OptionalInt slices() {
        return OptionalInt.of(training.epochs() + 1 + finalists);
    }

    @Override
    public String name() {
        return "random search with weight sharing";
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new RandomSharingSession(this, task, fidelity).requireFits();
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        return SupernetSession.estimate(new RandomSharingSession(this, task, fidelity));
    }

    /** For example {@code randomSharing(epochs=30)}: the epochs, and what is not the default. */
    @Override
    public String toString() {
        RandomSharing usual = new RandomSharing();
        StringJoiner text = new StringJoiner(", ", "randomSharing(", ")");
        training.describe(text, usual.training);
        SupernetTraining.add(text, "draws", draws, usual.draws);
        SupernetTraining.add(text, "finalists", finalists, usual.finalists);
        scoring.describe(text, usual.scoring);
        return text.toString();
    }
}
