package io.nas4j.strategy;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** From normal scores back to the scores that they stand for: straight between two of them. */
final class ScoreQuantiles {

    private final NavigableMap<Double, Double> scores = new TreeMap<>();
    private final double slope;

    private ScoreQuantiles(List<Double> values) {
        double[] normal = NormalScores.of(values);
        for (int i = 0; i < normal.length; i++) {
            scores.put(normal[i], values.get(i));
        }
        Map.Entry<Double, Double> low = scores.firstEntry();
        Map.Entry<Double, Double> high = scores.lastEntry();
        slope =
                scores.size() < 2
                        ? 0
                        : (high.getValue() - low.getValue()) / (high.getKey() - low.getKey());
    }

    static ScoreQuantiles of(List<Double> values) {
        return new ScoreQuantiles(values);
    }

    /** Beyond the least and the greatest as steep as the line through both. */
    double score(double normal) {
        Map.Entry<Double, Double> low = scores.floorEntry(normal);
        Map.Entry<Double, Double> high = scores.ceilingEntry(normal);
        if (low == null || high == null) {
            Map.Entry<Double, Double> end = low == null ? high : low;
            return end.getValue() + slope * (normal - end.getKey());
        }
        if (low.getKey().equals(high.getKey())) {
            return low.getValue();
        }
        double way = (normal - low.getKey()) / (high.getKey() - low.getKey());
        return low.getValue() + way * (high.getValue() - low.getValue());
    }
}
