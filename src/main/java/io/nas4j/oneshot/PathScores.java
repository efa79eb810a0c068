package io.nas4j.oneshot;

import io.nas4j.sharing.Answers;
import io.nas4j.space.Architecture;
import io.nas4j.supernet.PathAngles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Scores paths of a supernet whose weights rest.
 *
 * <p>A single score is what it is. Several are brought to common units, those of the same paths
 * drawn at random: less their median, over their interquartile range; the mean of these is mapped
 * to (0, 1), so that a middling path has one half.
 */
final class PathScores {

    /** Paths that give the units. */
    static final int REFERENCES = 32;

    /** Validation images that these are scored on. */
    private static final int IMAGES = 256;

    private final PathTrainer trainer;
    private final List<PathScore> scores;
    private final PathAngles angles;
    private final List<Unit> units;

    /** A score's middle and spread. */
    record Unit(double middle, double spread) {

        /** Of some values. */
        static Unit of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int n = sorted.length;
            double spread = sorted[3 * n / 4] - sorted[n / 4];
            if (spread == 0) {
                spread = sorted[n - 1] - sorted[0]; // most are alike
            }
            return new Unit(sorted[n / 2], spread == 0 ? 1 : spread);
        }

        double in(double value) {
            return (value - middle) / spread;
        }
    }

    /**
     * Takes the weights as they are now.
     *
     * @param random draws the paths that give the units
     */
    PathScores(PathTrainer trainer, List<PathScore> scores, RandomGenerator random) {
        this.trainer = trainer;
        this.scores = scores;
        angles = trainer.angles();
        units = scores.size() == 1 ? List.of() : units(random);
    }

    private List<Unit> units(RandomGenerator random) {
        int[] images = trainer.validation(IMAGES);
        List<double[]> values = new ArrayList<>();
        scores.forEach(score -> values.add(new double[REFERENCES]));
        for (int i = 0; i < REFERENCES; i++) {
            Architecture path = trainer.space().sample(random);
            List<Double> raw = List.copyOf(raw(path, () -> trainer.answers(path, images)).values());
            for (int s = 0; s < raw.size(); s++) {
                values.get(s)[i] = raw.get(s);
            }
        }
        return values.stream().map(Unit::of).toList();
    }

    /**
     * Each score by itself.
     *
     * @param answers of this path; taken at most once
     */
    Map<PathScore, Double> raw(Architecture architecture, Supplier<Answers> answers) {
        Answers[] known = {null};
        Supplier<Answers> once =
                () -> {
                    known[0] = known[0] == null ? answers.get() : known[0];
                    return known[0];
                };
        Map<PathScore, Double> raw = new LinkedHashMap<>();
        for (PathScore score : scores) {
            raw.put(score, score.of(once, () -> angles.of(trainer.path(architecture))));
        }
        return raw;
    }

    /**
     * The score of all together.
     *
     * @param raw what {@link #raw} gave
     * @return in [0, 1]
     */
    double together(Map<PathScore, Double> raw) {
        List<Double> values = List.copyOf(raw.values());
        if (values.size() == 1) {
            return values.get(0);
        }
        double mean = 0;
        for (int i = 0; i < values.size(); i++) {
            mean += units.get(i).in(values.get(i)) / values.size();
        }
        return 1 / (1 + Math.exp(-mean));
    }
}
