package io.nas4j.notebook;

import io.nas4j.view.MimeBundle;

/**
 * Where views are shown: a Jupyter kernel, a terminal, nowhere. The seam that keeps kernels out of
 * everything else; what it throws never reaches a search.
 */
public interface NotebookSink {

    /**
     * Whether somebody would see something now.
     *
     * @return false outside of a running cell
     */
    boolean isAttached();

    /**
     * Shows something new.
     *
     * @param bundle what is shown
     * @return an id to update it by
     */
    String display(MimeBundle bundle);

    /**
     * Shows something else in its place.
     *
     * @param id of {@link #display}
     * @param bundle with the same MIME types
     */
    void update(String id, MimeBundle bundle);

    /**
     * Shows the last state of something that was updated.
     *
     * @param id of {@link #display}
     * @param bundle complete on its own
     */
    default void complete(String id, MimeBundle bundle) {
        update(id, bundle);
    }

    /**
     * Takes back what was shown: nothing stands in its place.
     *
     * @param id of {@link #display}
     */
    default void withdraw(String id) {
        update(id, MimeBundle.html("", ""));
    }
}
