package io.nas4j.view;

import org.junit.jupiter.api.Test;

/** What every view that is drawn must keep besides. */
public abstract class PictureContract extends RenderableContract {

    /** Wider than this, a drawing shrunk to a page cannot be read. */
    private static final double WIDEST = 4_000;

    @Override
    protected abstract Picture view(String name);

    @Test
    void aPictureComesAsAnImageADrawingAndAText() {
        MimeBundle bundle = view("plain").render();
        check(
                bundle.data()
                        .keySet()
                        .containsAll(
                                java.util.List.of(
                                        MimeBundle.HTML, MimeBundle.SVG, MimeBundle.TEXT)),
                "a picture must have three forms, but has %s.",
                bundle.data().keySet());
        check(
                bundle.data().get(MimeBundle.HTML).contains("src=\"data:image/svg+xml;base64,"),
                "the HTML form must be an image with a data URI.");
        check(
                bundle.data().get(MimeBundle.SVG).equals(view("plain").svg().document()),
                "the drawing must be svg().");
    }

    @Test
    void aPictureTellsWhatItShows() {
        check(!view("plain").alt().isBlank(), "a screen reader must be told something.");
        Svg svg = view("plain").svg();
        check(
                svg.width() > 0 && svg.height() > 0,
                "a picture must have a size, but is %s by %s.",
                svg.width(),
                svg.height());
    }

    @Test
    void longNamesDoNotStretchThePicture() {
        double width = view("very_long_name_".repeat(400)).svg().width();
        check(width <= WIDEST, "a picture must be at most %s wide, but is %s.", WIDEST, width);
    }
}
