package io.nas4j.trial;

import java.time.Duration;

/**
 * What a candidate costs.
 *
 * @param compute time spent on the estimate; a table's own training time where one is looked up
 * @param parameters trainable numbers of the network; 0 when unknown
 * @param multiplyAdds for one image; 0 when unknown
 */
public record Cost(Duration compute, long parameters, long multiplyAdds) {

    /** Free and unknown. */
    public static final Cost ZERO = new Cost(Duration.ZERO, 0, 0);

    /**
     * A cost of time alone.
     *
     * @param compute at least 0
     * @return without parameters and multiply-adds
     */
    public static Cost of(Duration compute) {
        return new Cost(compute, 0, 0);
    }
}
