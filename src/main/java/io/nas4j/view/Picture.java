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
