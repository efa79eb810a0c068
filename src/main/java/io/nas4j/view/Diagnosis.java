package io.nas4j.view;

import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.analysis.CollapseDoctor.Epoch;
import io.nas4j.trial.Metrics;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The collapse doctor drawn: what each epoch showed, and the finding.
 *
 * @param facts one reading per epoch
 */
public record Diagnosis(CollapseDoctor facts) implements Picture {

    private static final double WIDTH = 680;
    private static final double SIZE = 13;

    @Override
    public Svg svg() {
        Svg charts = facts.epochs().isEmpty() ? new Pen().svg(1, 1, "") : charts().svg();
        List<String> lines = TextWidth.lines(facts.verdict(), SIZE, WIDTH - 8);
        Pen pen = new Pen();
        double y = 2;
        for (String line : lines) {
            y += 18;
            pen.text(4, y, line, SIZE, Pen.INK, Pen.Anchor.START);
        }
        pen.place(charts, 0, y + 12, 1);
        return pen.svg(Math.max(charts.width(), WIDTH), charts.height() + y + 12, alt());
    }

    private Grid charts() {
        List<Grid.Tile> tiles = new ArrayList<>();
        add(tiles, "Skip connections", "operations", e -> OptionalDouble.of(e.skips()));
        add(tiles, "Entropy of alpha", "entropy", e -> OptionalDouble.of(e.entropy()));
        add(tiles, "Validation less training loss", "gap", Epoch::gap);
        add(tiles, "Largest eigenvalue", Metrics.EIGENVALUE, Epoch::eigenvalue);
        return new Grid(2, tiles);
    }

    private void add(
            List<Grid.Tile> tiles, String caption, String y, Function<Epoch, OptionalDouble> of) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        for (int i = 0; i < facts.epochs().size(); i++) {
            OptionalDouble value = of.apply(facts.epochs().get(i));
            if (value.isPresent()) {
                xs.add(i + 1.0);
                ys.add(value.getAsDouble());
            }
        }
        if (!xs.isEmpty()) {
            List<Series> series = new ArrayList<>();
            series.add(new Series("epochs", Mark.LINE, xs, ys));
            int kept = xs.indexOf((double) facts.kept());
            if (kept >= 0) {
                series.add(
                        new Series(
                                "kept", Mark.POINTS, List.of(xs.get(kept)), List.of(ys.get(kept))));
            }
            tiles.add(new Grid.Tile(caption, new Chart("", "epoch", y, series)));
        }
    }

    @Override
    public String alt() {
        return "The collapse doctor: " + facts.verdict();
    }

    @Override
    public String toString() {
        return facts.verdict() + (facts.epochs().isEmpty() ? "" : "\n" + charts());
    }
}
