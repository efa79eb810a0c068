package io.nas4j.notebook;

import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import io.nas4j.view.Chart;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The growing chart beside a search's progress, small however long the search is. */
final class LiveCourse {

    /** With more points than this, only the best so far is drawn, which is one line. */
    private static final int MOST_POINTS = 150;

    private LiveCourse() {}

    /** The best so far, or the epochs of a supernet; empty before there are two scores. */
    static Optional<Chart> of(History history) {
        if (history.scored().size() >= 2) {
            Chart best = Chart.bestSoFar(history);
            return Optional.of(
                    history.scored().size() <= MOST_POINTS
                            ? best
                            : new Chart(best.title(), best.x(), best.y(), steps(best)));
        }
        List<Trial> slices =
                history.trials().stream()
                        .filter(trial -> !trial.measure().equals(history.measure()))
                        .filter(trial -> trial.score().isPresent())
                        .toList();
        if (slices.size() < 2) {
            return Optional.empty();
        }
        String measure = slices.get(0).measure();
        List<Double> scores =
                slices.stream()
                        .filter(trial -> trial.measure().equals(measure))
                        .map(trial -> trial.score().getAsDouble())
                        .toList();
        return Optional.of(Chart.line("", "epoch", Chart.words(measure), scores));
    }

    /** Where the best rises, and the end. */
    private static List<Series> steps(Chart chart) {
        Series best = chart.series().get(1);
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        int last = best.xs().size() - 1;
        for (int i = 0; i <= last; i++) {
            if (i == 0 || i == last || !best.ys().get(i).equals(best.ys().get(i - 1))) {
                xs.add(best.xs().get(i));
                ys.add(best.ys().get(i));
            }
        }
        return List.of(new Series(best.name(), Mark.STEPS, xs, ys));
    }
}
