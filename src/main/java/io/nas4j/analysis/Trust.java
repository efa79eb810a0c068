package io.nas4j.analysis;

import io.nas4j.space.Architecture;
import io.nas4j.trial.History;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far one estimator can be trusted: how well it ranks networks, judged by a reference, what
 * that costs, and what the sample does not tell.
 *
 * @param estimator what its scores are called
 * @param free whether it is a count that needs no training and no data, which others must beat
 * @param agreement with the reference; empty where too few networks have both scores, or all are
 *     equal
 * @param gain how much higher its tau is than that of the best free one; empty for these
 * @param cost of one network, with its share of what was spent before the first
 * @param costRatio the same as a share of what the reference costs; empty where that is not known
 * @param setUp what was spent before the first network: a supernet's training for instance
 * @param failed how many networks it gave no score
 * @param warnings what the sample cannot tell, in sentences; empty as a rule
 */
public record Trust(
        String estimator,
        boolean free,
        Optional<Agreement> agreement,
        Optional<Sampled> gain,
        Duration cost,
        OptionalDouble costRatio,
        Duration setUp,
        int failed,
        List<String> warnings) {

    public Trust {
        warnings = List.copyOf(warnings);
    }

    /**
     * What one estimator, or the reference, has said.
     *
     * @param name what its scores are called
     * @param free whether it is a count that needs no training and no data
     * @param setUp what was spent before the first network
     * @param history one trial a network
     */
    public record Scores(String name, boolean free, Duration setUp, History history) {

        /**
         * The scores.
         *
         * @return by network, in order
         */
        public Map<Architecture, Double> byNetwork() {
            Map<Architecture, Double> scores = new LinkedHashMap<>();
            for (Trial trial : history.scored()) {
                scores.putIfAbsent(trial.architecture(), trial.score().orElseThrow());
            }
            return scores;
        }

        /**
         * What a network costs.
         *
         * @return the mean of those that were really estimated, with their share of the set-up
         */
        public Duration cost() {
            List<Trial> run = history.trials().stream().filter(trial -> !trial.reused()).toList();
            Duration sum = run.stream().map(t -> t.cost().compute()).reduce(setUp, Duration::plus);
            return run.isEmpty() ? sum : sum.dividedBy(run.size());
        }

        long failed() {
            return history.trials().stream().filter(trial -> trial.score().isEmpty()).count();
        }
    }

    /**
     * Judges estimators.
     *
     * @param estimators each on the same networks
     * @param reference what judges them
     * @param top how many count as the best in precision, at least 1
     * @param seeds where the bootstrap's draws come from
     * @return one finding an estimator, in order
     */
    public static List<Trust> of(List<Scores> estimators, Scores reference, int top, Seeds seeds) {
        TrustFindings findings = new TrustFindings(reference, top, seeds);
        Optional<Scores> best = findings.best(estimators.stream().filter(Scores::free).toList());
        return estimators.stream().map(scores -> findings.of(scores, best)).toList();
    }

    /** For example {@code lowFidelity(epochs=2): tau 0.62 [0.41, 0.79], …}. */
    @Override
    public String toString() {
        return estimator
                + ": "
                + agreement.map(Agreement::toString).orElse("no ranking")
                + String.join("", warnings.stream().map(warning -> "\n  " + warning).toList());
    }
}
