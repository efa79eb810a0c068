package io.nas4j.space;

import java.util.List;
import java.util.Map;

/**
 * What a walk through a space met: the decisions in order, their answers, and the network.
 *
 * @param architecture the answers
 * @param decisions the reachable decisions, one an answer
 * @param root the network without holes; shared definitions still as {@link Node.Ref}
 * @param shared the shared definitions without holes, those that were reached
 */
public record Walk(
        Architecture architecture, List<Decision> decisions, Node root, Map<String, Node> shared) {

    /**
     * The network as a space without holes: shared definitions keep their names.
     *
     * @return a space of one architecture
     */
    public SearchSpace network() {
        return SearchSpace.of(architecture.space(), root, shared);
    }

    /**
     * The answer to one decision.
     *
     * @param id a decision's id
     * @return the answer, or -1 when the walk did not reach it
     */
    public int answer(String id) {
        for (int i = 0; i < decisions.size(); i++) {
            if (decisions.get(i).id().equals(id)) {
                return architecture.choices().get(i);
            }
        }
        return -1;
    }
}
