package io.nas4j.view;

import io.nas4j.analysis.Assessment;
import io.nas4j.analysis.Tabulated;
import io.nas4j.space.SearchSpace;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.components.Figure;

/** What a kernel asks of us: which values we draw, and how. */
public final class Renderers {

    private static final int TABLE_ROWS = 20;

    private Renderers() {}

    /**
     * The types that are drawn.
     *
     * @return every {@link Renderable}, search spaces, assessments, findings that are tables, and
     *     tablesaw's tables and figures
     */
    public static List<Class<?>> types() {
        return List.of(
                Renderable.class,
                SearchSpace.class,
                Assessment.class,
                Tabulated.class,
                Table.class,
                Figure.class);
    }

    /**
     * Whether a value is drawn by a script where a page may run one.
     *
     * @param value of any type
     * @return true for tablesaw's figures
     */
    public static boolean isScripted(Object value) {
        return value instanceof Figure;
    }

    /**
     * Draws a value; a figure brings its script along.
     *
     * @param value of any type
     * @return empty for a type that is not ours
     */
    public static Optional<MimeBundle> render(Object value) {
        return render(value, true);
    }

    /**
     * Draws a value.
     *
     * @param value of any type
     * @param carries whether a figure brings along the script that draws it, which a page needs
     *     once
     * @return empty for a type that is not ours
     */
    public static Optional<MimeBundle> render(Object value, boolean carries) {
        if (value instanceof Renderable renderable) {
            return Optional.of(renderable.render());
        }
        if (value instanceof SearchSpace space) {
            return Optional.of(Diagram.of(space).described(space.toString()));
        }
        if (value instanceof Assessment assessment) {
            return Optional.of(new AssessmentPanel(assessment).render());
        }
        if (value instanceof Tabulated table) {
            List<List<String>> rows = table.rows();
            return Optional.of(
                    MimeBundle.html(
                            Html.table(table.header(), rows, ""),
                            Html.text(table.header(), rows, "")));
        }
        if (value instanceof Table table) {
            return Optional.of(HistoryTable.render(table, TABLE_ROWS));
        }
        return value instanceof Figure figure
                ? Optional.of(
                        Figures.render(
                                figure,
                                "nas4j" + UUID.randomUUID().toString().replace("-", ""),
                                carries))
                : Optional.empty();
    }
}
