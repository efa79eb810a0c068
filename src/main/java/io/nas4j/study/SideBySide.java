package io.nas4j.study;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Trial;
import io.nas4j.view.Chart;
import java.util.ArrayList;
import java.util.List;

/** Searches over what they have spent. */
final class SideBySide {

    private SideBySide() {}

    static Chart trials(List<StudiedSearch> searches) {
        return chart(searches, "trials", false);
    }

    static Chart cost(List<StudiedSearch> searches) {
        return chart(searches, "seconds of computing", true);
    }

    private static Chart chart(List<StudiedSearch> searches, String x, boolean cost) {
        double best =
                searches.stream()
                        .flatMap(search -> search.history().best().stream())
                        .mapToDouble(trial -> trial.score().getAsDouble())
                        .max()
                        .orElse(Double.NaN);
        require(!Double.isNaN(best), "regret needs a scored trial, but no search has any.");
        List<Chart.Series> series = new ArrayList<>();
        for (StudiedSearch search : searches) {
            List<Double> spent = new ArrayList<>();
            List<Double> regret = new ArrayList<>();
            walk(search, best, cost, spent, regret);
            if (!spent.isEmpty()) {
                series.add(new Chart.Series(search.name(), Chart.Mark.STEPS, spent, regret));
            }
        }
        return new Chart("Regret", x, "below the best of all", series);
    }

    /** Trials without a score cost too. */
    private static void walk(
            StudiedSearch search,
            double best,
            boolean cost,
            List<Double> spent,
            List<Double> regret) {
        int fullEpochs = search.history().best().map(t -> t.fidelity().epochs()).orElse(0);
        double highest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (Trial trial : search.history().trials()) {
            if (trial.reused()) {
                continue;
            }
            sum += cost ? trial.cost().compute().toNanos() / 1e9 : 1;
            boolean ranked =
                    trial.score().isPresent()
                            && trial.measure().equals(search.history().measure())
                            && trial.fidelity().epochs() == fullEpochs;
            if (ranked) {
                highest = Math.max(highest, trial.score().getAsDouble());
            }
            if (highest > Double.NEGATIVE_INFINITY) {
                spent.add(sum);
                regret.add(best - highest);
            }
        }
    }
}
