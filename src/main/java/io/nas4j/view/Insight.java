package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Baseline;
import io.nas4j.analysis.Exploration;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Prediction;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a strategy does and has learned, as charts. */
public final class Insight {

    private static final int SMOOTH = 20;

    private Insight() {}

    /**
     * Exploration against exploitation: how far each trial was from all before it, smoothed over
     * 20, and the entropy of the policy where the strategy has one.
     *
     * @param space the search's
     * @param history the search's
     * @return everything in [0, 1]: 1 explores, 0 exploits
     */
    public static Chart exploration(SearchSpace space, History history) {
        List<Exploration> facts = Exploration.of(space, history);
        List<Double> novelty = facts.stream().map(Exploration::novelty).toList();
        List<Series> series = new ArrayList<>();
        List<Double> trials = facts.stream().map(fact -> (double) fact.trial()).toList();
        series.add(
                new Series("distance to the nearest earlier trial", Mark.POINTS, trials, novelty));
        series.add(new Series("mean of the last 20", Mark.LINE, trials, smooth(novelty)));
        List<Exploration> policy = facts.stream().filter(f -> f.entropy().isPresent()).toList();
        if (!policy.isEmpty()) {
            series.add(
                    new Series(
                            "entropy of the policy",
                            Mark.LINE,
                            policy.stream().map(f -> (double) f.trial()).toList(),
                            policy.stream().map(f -> f.entropy().getAsDouble()).toList()));
        }
        return new Chart("Exploration and exploitation", "trial", "1 explores, 0 exploits", series);
    }

    /**
     * A surrogate's predictions against what came, and the diagonal where they agree.
     *
     * @param predictions of a strategy that has a surrogate, at least one
     * @return in normal scores: 0 is the median of the trials before, 1 better than 84% of them
     */
    public static Chart predictions(List<Prediction> predictions) {
        require(
                !predictions.isEmpty(),
                "predicted against observed needs a prediction, but got 0. Try more trials than"
                        + " the strategy's startup.");
        List<Double> predicted = predictions.stream().map(Prediction::mean).toList();
        List<Double> observed = predictions.stream().map(Prediction::observed).toList();
        double low = Math.min(Collections.min(predicted), Collections.min(observed));
        double high = Math.max(Collections.max(predicted), Collections.max(observed));
        List<Double> ends = List.of(low, high);
        return new Chart(
                "Predicted against observed",
                "predicted, before the trial",
                "observed (normal score among the trials before)",
                List.of(
                        new Series("trials", Mark.POINTS, predicted, observed),
                        new Series("as predicted", Mark.LINE, ends, ends)));
    }

    /**
     * Better than luck? The best until each trial, within what random search reaches in so many; as
     * far as the sample of random scores tells.
     *
     * @param history what was tried
     * @param random what luck reaches
     * @return a band that holds nine random searches in ten, their mean, and this search
     */
    public static Chart luck(History history, Baseline random) {
        List<Double> best = Race.paid(history);
        List<Series> series = new ArrayList<>();
        List<Double> trials = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        List<Double> low = new ArrayList<>();
        List<Double> high = new ArrayList<>();
        for (int n = 1; n <= Math.min(best.size(), random.sample()); n++) {
            Baseline.Best found = random.best(n).orElseThrow();
            trials.add((double) n);
            expected.add(found.expected());
            low.add(found.low());
            high.add(found.high());
        }
        series.add(Chart.band("random search, 9 in 10", trials, low, high));
        series.add(new Series("its mean", Mark.LINE, trials, expected));
        series.add(Chart.counted("this search", Mark.STEPS, best));
        return new Chart("Better than luck?", "evaluations", Measures.words(history), series);
    }

    /**
     * What a strategy tries typically: every score, and the mean of the last 20, beside random
     * search. Of the two, the best so far hides it.
     *
     * @param history of the strategy
     * @param random of random search, by the same measure
     * @return points and a line for each
     */
    public static Chart typical(History history, History random) {
        require(
                history.measure().equals(random.measure()),
                "scores are comparable within one measure only, but these are \"%s\" and \"%s\".",
                history.measure(),
                random.measure());
        List<Series> series = new ArrayList<>();
        typical("this search, mean of 20", history, series);
        typical("random search, mean of 20", random, series);
        return new Chart("What is tried", "trial", Measures.words(history), series);
    }

    private static void typical(String name, History history, List<Series> series) {
        List<Double> trials =
                history.scored().stream().map(trial -> (double) trial.number()).toList();
        List<Double> scores =
                history.scored().stream().map(trial -> trial.score().getAsDouble()).toList();
        series.add(new Series(name, Mark.LINE, trials, smooth(scores)));
        series.add(new Series("", Mark.POINTS, trials, scores));
    }

    /**
     * The learning curve of every training; where one was stopped early, a dot.
     *
     * @param history of a search that trains
     * @return lines and points
     * @throws IllegalArgumentException when nothing was reported in the course of a trial
     */
    public static Chart curves(History history) {
        return TrainingCurves.curves(history);
    }

    /**
     * Every trial over its epochs, with a line from each training that went on to the trial that
     * went on with it.
     *
     * @param history of a search in rungs
     * @return points and lines
     */
    public static Chart rungs(History history) {
        return TrainingCurves.rungs(history);
    }

    private static List<Double> smooth(List<Double> values) {
        List<Double> result = new ArrayList<>();
        for (int n = 1; n <= values.size(); n++) {
            result.add(
                    values.subList(Math.max(0, n - SMOOTH), n).stream()
                            .mapToDouble(v -> v)
                            .average()
                            .orElseThrow());
        }
        return result;
    }
}
