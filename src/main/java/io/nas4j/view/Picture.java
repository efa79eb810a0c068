package io.nas4j.view;

/** A view that is drawn: {@link Diagram}, {@link Chart}, {@link Grid}. */
public interface Picture extends Renderable {

    /**
     * The drawing.
     *
     * @return self-contained: no style sheet, no script, no font of its own
     */
    Svg svg();

    /**
     * The drawing for a place of some width; a view that can is drawn anew for it, with texts as
     * large as ever.
     *
     * @param width in pixels
     * @return at most so wide where the view can be, else {@link #svg()}
     */
    default Svg svg(double width) {
        return svg();
    }

    /**
     * What a screen reader says.
     *
     * @return one sentence
     */
    String alt();

    @Override
    default MimeBundle render() {
        return MimeBundle.picture(svg(), alt(), toString());
    }
}
