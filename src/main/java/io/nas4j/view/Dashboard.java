package io.nas4j.view;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a running search shows: its progress, its workers, its components, its course, and below
 * them the cells that it is about. Small enough to be sent twice a second.
 *
 * @param progress how far it is
 * @param lanes what its workers do; {@link Lanes#NONE} where there are none
 * @param components the search's three components, the one that is at work lit
 * @param course the scores so far; empty before there are two
 * @param cells the candidate, the best or the derived network, the supernet; empty before there is
 *     one
 */
public record Dashboard(
        Progress progress,
        Lanes lanes,
        Optional<ThreeBoxes> components,
        Optional<Chart> course,
        List<Cells> cells)
        implements Renderable {

    private static final double COURSE = 460;

    /**
     * A picture and which it is.
     *
     * @param caption a few words above it; may be empty
     * @param picture of cells
     */
    public record Cells(String caption, Picture picture) {}

    public Dashboard {
        cells = List.copyOf(cells);
    }

    /**
     * Of a search without workers.
     *
     * @param progress how far it is
     * @param components the search's three components, the one that is at work lit
     * @param course the scores so far; empty before there are two
     * @param picture the best or the derived network, or the supernet; empty before there is one
     */
    public Dashboard(
            Progress progress,
            Optional<ThreeBoxes> components,
            Optional<Chart> course,
            Optional<Picture> picture) {
        this(
                progress,
                Lanes.NONE,
                components,
                course,
                picture.map(shown -> new Cells("", shown)).stream().toList());
    }

    @Override
    public MimeBundle render() {
        StringBuilder html = new StringBuilder(progress.html()).append(lanes.html());
        components.ifPresent(boxes -> Html.drawing(html, boxes.svg(), boxes.alt()));
        course.ifPresent(chart -> Html.drawing(html, chart.svg(COURSE), chart.alt()));
        for (Cells shown : cells) {
            Html.caption(html, shown.caption());
            Html.drawing(html, shown.picture().svg(), shown.picture().alt());
        }
        return MimeBundle.html(html.toString(), toString());
    }

    @Override
    public String toString() {
        return progress
                + (lanes.lanes().isEmpty() ? "" : "\n" + lanes)
                + cells.stream().map(shown -> "\n" + text(shown)).collect(Collectors.joining());
    }

    private static String text(Cells shown) {
        String caption = shown.caption();
        return (caption.isEmpty() ? "" : caption + "\n") + shown.picture();
    }
}
