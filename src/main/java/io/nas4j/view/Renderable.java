package io.nas4j.view;

/** Something that draws itself when it is the value of a notebook cell. */
public interface Renderable {

    /**
     * Draws.
     *
     * @return every form that a notebook may show
     */
    MimeBundle render();
}
