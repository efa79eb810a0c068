package io.nas4j.view;

import io.nas4j.analysis.Assessment;
import io.nas4j.analysis.Assessment.Bin;
import io.nas4j.analysis.Assessment.Mistake;
import io.nas4j.data.Data;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a classifier is worth: its accuracy with the interval, each class' precision and recall,
 * which classes it takes for which, whether its probabilities can be believed, and its worst
 * mistakes.
 *
 * @param found what was counted
 */
public record AssessmentPanel(Assessment found) implements Renderable {

    private static final int MOST_MISTAKES = 12;
    private static final int ROW = 6;

    /** Of more classes, the pairs that are confused most are listed. */
    private static final int MOST_CLASSES = 20;

    private static final int MOST_PAIRS = 12;

    @Override
    public MimeBundle render() {
        StringBuilder html = new StringBuilder();
        html.append("<div style=\"")
                .append(Html.PANEL)
                .append("\"><b>")
                .append(Svg.escape(headline()))
                .append("</b></div>")
                .append(Html.table(HEADER, rows(), ""));
        if (found.classes().size() <= MOST_CLASSES) {
            append(html, confusion());
        } else {
            html.append(Html.table(List.of("class", "taken for", "times"), pairs(), ""));
        }
        append(html, calibration());
        mistakes().ifPresent(grid -> append(html, grid));
        return MimeBundle.html(html.toString(), toString());
    }

    private static void append(StringBuilder html, Picture picture) {
        html.append("<div style=\"background-color:#ffffff;max-width:906px\">")
                .append(MimeBundle.image(picture.svg(), picture.alt()))
                .append("</div>");
    }

    private static final List<String> HEADER =
            List.of("class", "examples", "precision", "recall", "f1");

    private String headline() {
        return String.format(
                Locale.ROOT,
                "accuracy %.4f %s on %,d examples; balanced %.4f; calibration error %.4f",
                found.accuracy(),
                found.accuracyInterval(),
                found.count(),
                found.balancedAccuracy(),
                found.calibrationError());
    }

    private List<List<String>> rows() {
        int[][] counts = found.confusion();
        List<List<String>> rows = new ArrayList<>();
        for (int c = 0; c < found.classes().size(); c++) {
            rows.add(
                    List.of(
                            found.classes().get(c),
                            String.valueOf(Arrays.stream(counts[c]).sum()),
                            share(found.precision(c)),
                            share(found.recall(c)),
                            share(found.f1(c))));
        }
        return rows;
    }

    /** Where there is nothing to divide by, there is no number. */
    private static String share(double value) {
        return Double.isNaN(value) ? "\u2013" : String.format(Locale.ROOT, "%.3f", value);
    }

    /**
     * Which class is taken for which.
     *
     * @return a row a class: which share of its examples was answered as which
     */
    public HeatMap confusion() {
        List<List<Double>> shares = new ArrayList<>();
        for (int[] row : found.confusion()) {
            double all = Math.max(1, Arrays.stream(row).sum());
            shares.add(Arrays.stream(row).mapToObj(count -> count / all).toList());
        }
        return new HeatMap(
                "which share of a class (row) is answered as which (column)",
                found.classes(),
                found.classes(),
                shares);
    }

    private List<List<String>> pairs() {
        int[][] counts = found.confusion();
        int n = counts.length;
        return IntStream.range(0, n * n)
                .filter(i -> i / n != i % n && counts[i / n][i % n] > 0)
                .boxed()
                .sorted(java.util.Comparator.comparingInt(i -> -counts[i / n][i % n]))
                .limit(MOST_PAIRS)
                .map(
                        i ->
                                List.of(
                                        found.classes().get(i / n),
                                        found.classes().get(i % n),
                                        String.valueOf(counts[i / n][i % n])))
                .toList();
    }

    /**
     * Whether answers are right as often as their probabilities say.
     *
     * @return accuracy over confidence, beside where both are equal
     */
    public Chart calibration() {
        List<Bin> bins = found.calibration();
        return new Chart(
                "calibration",
                "confidence",
                "accuracy",
                List.of(
                        new Series("as said", Mark.LINE, List.of(0.0, 1.0), List.of(0.0, 1.0)),
                        new Series(
                                "found",
                                Mark.POINTS,
                                bins.stream().map(Bin::confidence).toList(),
                                bins.stream().map(Bin::accuracy).toList())));
    }

    /**
     * The wrong answers that were given with most confidence.
     *
     * @return at most twelve images; empty without mistakes, and where the data are no images
     */
    public Optional<Grid> mistakes() {
        List<Mistake> worst = found.worst(MOST_MISTAKES);
        Optional<Data> images = found.data().filter(Data::isImages);
        if (worst.isEmpty() || images.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Grid(
                        ROW,
                        worst.stream()
                                .map(
                                        mistake ->
                                                new Grid.Tile(
                                                        words(mistake),
                                                        Thumbnail.of(
                                                                "example " + mistake.example(),
                                                                images.get(),
                                                                mistake.example())))
                                .toList()));
    }

    private String words(Mistake mistake) {
        return String.format(
                Locale.ROOT,
                "%s, not %s (%.2f)",
                found.classes().get(mistake.label()),
                found.classes().get(mistake.answer()),
                mistake.confidence());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(headline()).append('\n');
        text.append(Html.text(HEADER, rows(), ""));
        if (found.classes().size() <= MOST_CLASSES) {
            text.append('\n').append(confusion());
        }
        for (Mistake mistake : found.worst(MOST_MISTAKES)) {
            text.append("\nexample ").append(mistake.example()).append(": ").append(words(mistake));
        }
        return text.toString();
    }
}
