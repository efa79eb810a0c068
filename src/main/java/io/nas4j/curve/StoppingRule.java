package io.nas4j.curve;

import java.util.Optional;

/**
 * When a training is not worth going on with: a setting of any search. It is asked after each epoch
 * of a trial but the last; a trial that it ends is {@link io.nas4j.trial.Outcome.Stopped#isEarly()
 * stopped early}: it keeps its curve and its cost, has no score and is never ranked.
 *
 * <p>A rule is a function of its argument alone, which a resumed search makes again exactly; so it
 * must draw from {@link UnderWay#seed()} where it draws at all. It is asked by the thread that
 * trains.
 */
@FunctionalInterface
public interface StoppingRule {

    /** Lets every training come to its end. */
    StoppingRule NONE =
            new StoppingRule() {
                @Override
                public Optional<String> stop(UnderWay trial) {
                    return Optional.empty();
                }

                @Override
                public String toString() {
                    return "none";
                }
            };

    /**
     * Judges a training after an epoch.
     *
     * @param trial what is known of it, and of the trials before it
     * @return why to stop, in words that go on from "early, since"; empty: go on
     */
    Optional<String> stop(UnderWay trial);
}
