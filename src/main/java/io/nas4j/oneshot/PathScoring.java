package io.nas4j.oneshot;

import static io.nas4j.space.Require.require;

import io.nas4j.sharing.SupernetTraining;
import java.util.List;
import java.util.StringJoiner;

/**
 * How a path through a trained supernet is scored.
 *
 * @param scores by what; of several, the mean in units of what paths drawn at random have, mapped
 *     to (0, 1)
 * @param recalibration training images that the path's batch statistics are gathered on before it
 *     answers, at least 2, rounded up to whole batches
 * @param tuning steps that the path learns by itself, from the shared weights, before its answers
 *     are taken, at least 0. They begin at half of the training's first rate and fall to 0 on a
 *     cosine; every path has the same batches, and the shared weights stay as they are. Operations
 *     with weights are what sharing leaves short of training, so they gain most
 */
public record PathScoring(List<PathScore> scores, int recalibration, int tuning) {

    public PathScoring {
        scores = List.copyOf(scores);
        require(!scores.isEmpty(), "paths need a score, but there is none. Try PathScore.ANGLE.");
        require(
                scores.stream().distinct().count() == scores.size(),
                "each score of a path counts once, but there are %s.",
                scores);
        require(
                recalibration >= 2,
                "recalibration must gather statistics on at least 2 images, but was %d. Try 256.",
                recalibration);
        require(tuning >= 0, "tuning must be at least 0 steps, but was %d. Try 20.", tuning);
    }

    /**
     * For small machines: the angle and the likelihood after 20 steps of tuning, statistics on 256
     * images. A mean over 256 images of 14×14 pixels is one over some 50,000 values a channel.
     */
    public PathScoring() {
        this(List.of(PathScore.ANGLE, PathScore.LIKELIHOOD), 256, 20);
    }

    /**
     * As published for one-shot search: the accuracy, with statistics on 25,600 images and nothing
     * tuned.
     *
     * @return for large machines
     * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al., 2020, and their code</a>
     */
    public static PathScoring paper() {
        return new PathScoring(List.of(PathScore.ACCURACY), 25_600, 0);
    }

    /**
     * Sets {@link #scores}.
     *
     * @param all one or more
     * @return a copy
     */
    public PathScoring scores(PathScore... all) {
        return new PathScoring(List.of(all), recalibration, tuning);
    }

    /**
     * Sets {@link #recalibration}.
     *
     * @param images at least 2
     * @return a copy
     */
    public PathScoring recalibration(int images) {
        return new PathScoring(scores, images, tuning);
    }

    /**
     * Sets {@link #tuning}.
     *
     * @param steps at least 0
     * @return a copy
     */
    public PathScoring tuning(int steps) {
        return new PathScoring(scores, recalibration, steps);
    }

    /** What is not as usual: part of a strategy's text. */
    void describe(StringJoiner text, PathScoring usual) {
        SupernetTraining.add(text, "scores", scores, usual.scores);
        SupernetTraining.add(text, "recalibration", recalibration, usual.recalibration);
        SupernetTraining.add(text, "tuning", tuning, usual.tuning);
    }

    /** Whether the path has to run. */
    boolean asksImages() {
        return scores.stream().anyMatch(PathScore::asksImages);
    }
}
