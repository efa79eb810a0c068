package io.nas4j.train;

import io.nas4j.trial.Point;
import java.util.List;

/**
 * How a training went.
 *
 * @param epochs how many were finished, those of a continued training included
 * @param whole whether it came to its end
 * @param loss mean over the last epoch's batches; NaN before the first
 * @param training {@linkplain Quality#score score} on the training batches, by epoch, while the
 *     weights changed
 * @param validation score on the validation examples, by epoch; empty where there are none
 */
public record TrainingRecord(
        int epochs, boolean whole, double loss, List<Point> training, List<Point> validation) {

    static final TrainingRecord START =
            new TrainingRecord(0, false, Double.NaN, List.of(), List.of());

    public TrainingRecord {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
    }

    TrainingRecord ended() {
        return new TrainingRecord(epochs, true, loss, training, validation);
    }
}
