package io.nas4j.search;

/**
 * Hears of a search. Called one event at a time, from the searching thread or a trial's; should
 * return fast, because the search waits. What it throws never ends the search.
 */
@FunctionalInterface
public interface SearchListener {

    /**
     * Hears.
     *
     * @param event what happened
     */
    void on(SearchEvent event);
}
