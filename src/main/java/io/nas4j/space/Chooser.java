package io.nas4j.space;

/** Answers the decisions of a walk through a space, one at a time, in a fixed order. */
@FunctionalInterface
public interface Chooser {

    /**
     * Decides.
     *
     * @param decision what is asked; only reachable decisions are
     * @return an answer in [0, {@link Decision#arity()})
     */
    int choose(Decision decision);
}
