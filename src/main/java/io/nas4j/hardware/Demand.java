package io.nas4j.hardware;

import io.nas4j.space.SearchSpace;
import java.util.List;
import java.util.Map;

/**
 * Something that a network takes of a machine, of which less is better: to be limited in a space,
 * to be {@linkplain Measured measured} with each trial, and then an objective.
 */
public sealed interface Demand permits NetworkSize, PeakMemory, Latency {

    /**
     * What it reports.
     *
     * @return names of metrics, the one that is limited, weighed and minimised first
     */
    List<String> metrics();

    /**
     * What is limited, weighed and minimised.
     *
     * @return the first of {@link #metrics()}
     */
    default String metric() {
        return metrics().get(0);
    }

    /**
     * Counts or measures.
     *
     * @param network a space without holes
     * @param setting what the network stands between, and where it runs
     * @return a value of each of {@link #metrics()}
     */
    Map<String, Double> of(SearchSpace network, Setting setting);

    /**
     * Whether it takes time to know, and differs from one time to the next.
     *
     * @return false for what is counted
     */
    default boolean isMeasured() {
        return false;
    }

    /**
     * A value as messages print it.
     *
     * @param value of {@link #metric()}
     * @return without the unit
     */
    String number(double value);

    /**
     * What messages call it.
     *
     * @return for example {@code ms of latency}
     */
    String unit();
}
