package io.nas4j.view;

import io.nas4j.analysis.Importance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which decisions a score depends on, as bars: what each does alone with its best option, and below
 * what pairs of them do together.
 *
 * @param facts what was found
 * @param most how many decisions and how many pairs are drawn, at least 1
 */
public record Dependence(Importance facts, int most) implements Picture {

    private static final double ROW = 22;
    private static final double BAR = 220;
    private static final String ALONE = "#0072b2";
    private static final String TOGETHER = "#b5701d";

    /** A pair below this share is left out. */
    private static final double LEAST_PAIR = 0.005;

    private record Row(String name, double share, String word, String color) {}

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        facts.effects().stream()
                .limit(most)
                .forEach(
                        effect ->
                                rows.add(
                                        new Row(
                                                effect.decision(),
                                                effect.share(),
                                                "best "
                                                        + effect.best().option()
                                                        + String.format(
                                                                Locale.ROOT,
                                                                " (%+.4f)",
                                                                effect.best().difference()),
                                                ALONE)));
        facts.interactions().stream()
                .filter(pair -> pair.share() >= LEAST_PAIR)
                .limit(most)
                .forEach(
                        pair ->
                                rows.add(
                                        new Row(
                                                pair.first() + " \u00d7 " + pair.second(),
                                                pair.share(),
                                                "together",
                                                TOGETHER)));
        return rows;
    }

    @Override
    public Svg svg() {
        List<Row> rows = rows();
        Pen pen = new Pen();
        pen.text(8, 20, "What the score depends on", 14, Pen.INK, Pen.Anchor.START, true);
        pen.text(8, 38, facts.trust(), 11, Pen.FAINT, Pen.Anchor.START);
        double left =
                24 + rows.stream().mapToDouble(row -> TextWidth.of(row.name(), 12)).max().orElse(0);
        double top = 50;
        double largest = rows.stream().mapToDouble(Row::share).max().orElse(1);
        double width = left;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            double y = top + i * ROW;
            double length = largest == 0 ? 0 : BAR * row.share() / largest;
            pen.text(left - 8, y + 14, row.name(), 12, Pen.INK, Pen.Anchor.END);
            pen.rect(left, y + 3, Math.max(1, length), ROW - 7, 2, row.color(), "");
            String word = String.format(Locale.ROOT, "%.0f%%  %s", 100 * row.share(), row.word());
            pen.text(left + length + 8, y + 14, word, 11, Pen.FAINT, Pen.Anchor.START);
            width = Math.max(width, left + length + 16 + TextWidth.of(word, 11));
        }
        width = Math.max(width, 16 + TextWidth.of(facts.trust(), 11));
        return pen.svg(width, top + rows.size() * ROW + 8, alt());
    }

    @Override
    public String alt() {
        return "Share of the score's variance by decision: "
                + facts.effects().stream()
                        .limit(3)
                        .map(
                                effect ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s %.0f%%",
                                                effect.decision(),
                                                100 * effect.share()))
                        .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return facts.toString();
    }
}
