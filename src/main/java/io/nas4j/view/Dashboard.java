package io.nas4j.view;

import java.util.Optional;

/**
 * What a running search shows: its progress, its workers, its components, its course, and below
 * them the cell that it would give now. Small enough to be sent twice a second.
 *
 * @param progress how far it is
 * @param lanes what its workers do; {@link Lanes#NONE} where there are none
 * @param components the search's three components, the one that is at work lit
 * @param course the scores so far; empty before there are two
 * @param picture the best or the derived network, or the supernet; empty before there is one
 */
public record Dashboard(
        Progress progress,
        Lanes lanes,
        Optional<ThreeBoxes> components,
        Optional<Chart> course,
        Optional<Picture> picture)
        implements Renderable {

    private static final double COURSE = 460;

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
        this(progress, Lanes.NONE, components, course, picture);
    }

    @Override
    public MimeBundle render() {
        StringBuilder html = new StringBuilder(progress.html()).append(lanes.html());
        components.ifPresent(boxes -> Html.drawing(html, boxes.svg(), boxes.alt()));
        course.ifPresent(chart -> Html.drawing(html, chart.svg(COURSE), chart.alt()));
        picture.ifPresent(shown -> Html.drawing(html, shown.svg(), shown.alt()));
        return MimeBundle.html(html.toString(), toString());
    }

    @Override
    public String toString() {
        return progress
                + (lanes.lanes().isEmpty() ? "" : "\n" + lanes)
                + picture.map(shown -> "\n" + shown).orElse("");
    }
}
