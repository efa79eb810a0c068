package io.nas4j.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well a network predicts.
 *
 * @param score higher is better, always: of classes the accuracy (the balanced one of {@linkplain
 *     io.nas4j.data.Data#balanced balanced} data), of numbers R², of several labels the
 *     micro-averaged F1 (of balanced data the macro-averaged)
 * @param metrics what else there is to say, by the names of {@link io.nas4j.trial.Metrics}
 */
public record Quality(double score, Map<String, Double> metrics) {

    public Quality {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
