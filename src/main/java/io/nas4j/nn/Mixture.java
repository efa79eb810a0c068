package io.nas4j.nn;

import ai.djl.ndarray.NDArray;
import io.nas4j.space.Decision;
import io.nas4j.space.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
     * One architecture of a space: its options only, with the supernet's weights.
     *
     * @param walk of the supernet's space
     * @return a mixture for a program lowered from that space
     * @see <a href="https://arxiv.org/abs/1802.03268">Pham et al., 2018</a>
     */
    static Mixture path(Walk walk) {
        Map<String, List<Integer>> picked = new HashMap<>();
        for (Decision decision : walk.decisions()) {
            picked.put(decision.id(), decision.picked(walk.answer(decision.id())));
        }
        // an unreachable decision lies behind an option that does not run
        return hole -> new Pick(picked.getOrDefault(hole.decision().id(), List.of(0)), null);
    }

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
