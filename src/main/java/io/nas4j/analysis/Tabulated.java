package io.nas4j.analysis;

import java.util.List;

/** A finding that is a table: a notebook draws it, a terminal prints it. */
public interface Tabulated {

    /**
     * The columns.
     *
     * @return their names
     */
    List<String> header();

    /**
     * The rows.
     *
     * @return each as many cells as there are columns
     */
    List<List<String>> rows();
}
