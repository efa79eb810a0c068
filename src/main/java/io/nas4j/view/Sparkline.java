package io.nas4j.view;

import java.util.List;

/** Scores as one line of blocks, the latest on the right. */
final class Sparkline {

    private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private Sparkline() {}

    /** At most {@code width} blocks; many scores are told by the best of each stretch. */
    static String of(List<Double> scores, int width) {
        double[] shown = thinned(scores, width);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double score : shown) {
            low = Math.min(low, score);
            high = Math.max(high, score);
        }
        StringBuilder line = new StringBuilder();
        for (double score : shown) {
            double share = high > low ? (score - low) / (high - low) : 0.5;
            line.append(BLOCKS.charAt((int) Math.round(share * (BLOCKS.length() - 1))));
        }
        return line.toString();
    }

    /** The same as bars. */
    static Svg svg(List<Double> scores, int width) {
        String blocks = of(scores, width);
        Pen pen = new Pen();
        for (int i = 0; i < blocks.length(); i++) {
            int height = 2 * (BLOCKS.indexOf(blocks.charAt(i)) + 1);
            pen.rect(i * 5, 17 - height, 4, height, 0, "#5b8fc7", "");
        }
        return pen.svg(Math.max(5, blocks.length() * 5), 18, "scores " + blocks);
    }

    private static double[] thinned(List<Double> scores, int width) {
        int count = Math.min(width, scores.size());
        double[] shown = new double[count];
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * scores.size() / count);
            int to = (int) ((long) (i + 1) * scores.size() / count);
            double best = scores.get(from);
            for (int k = from + 1; k < to; k++) {
                best = Math.max(best, scores.get(k));
            }
            shown[i] = best;
        }
        return shown;
    }
}
