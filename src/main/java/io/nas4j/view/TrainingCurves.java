package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import io.nas4j.trial.Point;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.ArrayList;
import java.util.List;

/** The trainings of a search, each as a line. */
final class TrainingCurves {

    private static final String EPOCH = "epoch";

    private TrainingCurves() {}

    /** Each from its first report to its last. */
    static Chart curves(History history) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        List<Double> endsX = new ArrayList<>();
        List<Double> endsY = new ArrayList<>();
        for (Trial trial : history.trials()) {
            List<Point> curve = trial.curve();
            for (int i = 1; i < curve.size(); i++) {
                add(curve.get(i - 1), xs, ys);
                add(curve.get(i), xs, ys);
            }
            if (trial.stopped() && !curve.isEmpty()) {
                add(curve.get(curve.size() - 1), endsX, endsY);
            }
        }
        require(
                !xs.isEmpty() || !endsX.isEmpty(),
                "learning curves need a trial that reports more than its end. Try"
                        + " lowFidelity(5).");
        List<Series> series = new ArrayList<>();
        series.add(new Series("a training", Mark.SEGMENTS, xs, ys));
        if (!endsX.isEmpty()) {
            series.add(new Series("stopped early", Mark.POINTS, endsX, endsY));
        }
        return new Chart("Learning curves", EPOCH, Measures.words(history), series);
    }

    private static void add(Point point, List<Double> xs, List<Double> ys) {
        xs.add((double) point.step());
        ys.add(point.score());
    }

    /** Dots are trials; where one went on with an earlier one's training, a line leads there. */
    static Chart rungs(History history) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        List<Double> fromToX = new ArrayList<>();
        List<Double> fromToY = new ArrayList<>();
        // fewer epochs are another measure, so not all of them are in history.scored()
        for (Trial trial : history.trials()) {
            if (trial.score().isEmpty()) {
                continue;
            }
            add(trial, xs, ys);
            trial.continues()
                    .ifPresent(
                            earlier -> {
                                Trial before = history.trials().get(earlier);
                                if (before.score().isPresent()) {
                                    add(before, fromToX, fromToY);
                                    add(trial, fromToX, fromToY);
                                }
                            });
        }
        return new Chart(
                "Who went on",
                Axis.of("epochs").log(),
                Axis.of(Measures.words(history)),
                List.of(
                        new Series("went on", Mark.SEGMENTS, fromToX, fromToY),
                        new Series("a trial", Mark.POINTS, xs, ys)));
    }

    private static void add(Trial trial, List<Double> xs, List<Double> ys) {
        xs.add((double) trial.fidelity().epochs());
        ys.add(trial.value());
    }
}
