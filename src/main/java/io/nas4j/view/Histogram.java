package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Values counted by size. */
final class Histogram {

    private static final int MOST_BARS = 500;

    private Histogram() {}

    static Chart of(String title, String x, String y, List<Double> values, double step) {
        require(!values.isEmpty(), "a histogram needs at least one value, but got 0.");
        require(
                step > 0 && Double.isFinite(step),
                "a bar must be wider than 0, but was %s wide. Try 1.",
                step);
        TreeMap<Long, Integer> counts = new TreeMap<>();
        values.forEach(value -> counts.merge((long) Math.floor(value / step), 1, Integer::sum));
        long bars = counts.lastKey() - counts.firstKey() + 1;
        require(
                bars <= MOST_BARS,
                "a histogram has at most %d bars, but had %d. Try a step of %s.",
                MOST_BARS,
                bars,
                step * Math.ceil((double) bars / MOST_BARS));
        List<Double> middles = new ArrayList<>();
        List<Double> heights = new ArrayList<>();
        for (long bar = counts.firstKey(); bar <= counts.lastKey(); bar++) {
            middles.add((bar + 0.5) * step);
            heights.add((double) counts.getOrDefault(bar, 0));
        }
        return new Chart(title, x, y, List.of(new Series("", Mark.BARS, middles, heights)));
    }
}
