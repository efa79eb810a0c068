package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** What a supernet does at its holes: which options run, and with which weights they are summed. */
@FunctionalInterface
public interface Mixture {

    /** For networks without holes. */
    Mixture CLOSED =
            hole -> {
                throw new IllegalStateException(
                        "a network has no holes, but \""
                                + hole.decision().id()
                                + "\" is open. Try space.network(..), or a mixture.");
            };

    /**
     * The options of one hole in this run. Asked once for each place where the decision is built.
     *
     * @param hole the decision and how its options merge
     * @return what runs; operations that only other options need do not run at all
     */
    Pick pick(Kernel.Mix hole);

    /**
     * Options and their weights.
     *
     * @param options indices into the decision's options, at least one
     * @param weights {@code [options.size()]}, or null to add them up unweighted
     */
    record Pick(List<Integer> options, NDArray weights) {
        public Pick {
            options = List.copyOf(options);
        }
    }
}
