package io.nas4j.space;

import java.util.HashMap;
import java.util.Map;

/** One number an option. */
final class OneHot implements Encoding {

    private final SearchSpace space;
    private final Map<String, Decision> decisions = new HashMap<>();
    private final Map<String, Integer> offsets = new HashMap<>();
    private final int length;

    OneHot(SearchSpace space) {
        this.space = space;
        int at = 0;
        for (Decision decision : space.decisions()) {
            decisions.put(decision.id(), decision);
            offsets.put(decision.id(), at);
            at += decision.options();
        }
        this.length = at;
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public double[] encode(Architecture architecture) {
        double[] result = new double[length];
        space.answers(architecture)
                .forEach(
                        (id, answer) -> {
                            int offset = offsets.get(id);
                            for (int option : decisions.get(id).picked(answer)) {
                                result[offset + option] = 1;
                            }
                        });
        return result;
    }
}
