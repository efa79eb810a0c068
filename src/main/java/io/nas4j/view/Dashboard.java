package io.nas4j.view;

import java.util.Optional;

/**
 * What a running search shows: its progress, and below it the cell that it would give now. Small
 * enough to be sent twice a second.
 *
 * @param progress how far it is
 * @param picture the best or the derived network, or the supernet; empty before there is one
 */
public record Dashboard(Progress progress, Optional<Picture> picture) implements Renderable {

    @Override
    public MimeBundle render() {
        String html = progress.html();
        if (picture.isPresent()) {
            html +=
                    "<div style=\"background-color:#ffffff;max-width:906px\">"
                            + MimeBundle.image(picture.get().svg(), picture.get().alt())
                            + "</div>";
        }
        return MimeBundle.html(html, toString());
    }

    @Override
    public String toString() {
        return progress + picture.map(shown -> "\n" + shown).orElse("");
    }
}
