package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The best of a search estimated again: of many noisy scores the highest is lucky (the winner's
 * curse), so the answer is the best by the mean of new ones, which had no part in the choice.
 *
 * <p>The new trials have a {@linkplain #measure measure} of their own and are not ranked among the
 * search's. They come in rounds, one seed for each candidate and then the next, so that a search
 * that is stopped meanwhile has whole rounds to judge by.
 *
 * @param top how many of the best are estimated again, at least 1
 * @param seeds how often each, at least 1
 */
public record Confirmation(int top, int seeds) {

    private static final String MEASURE = ", confirmed";

    public Confirmation {
        require(
                top >= 1,
                "how many are confirmed must be at least 1, but was %d. Try confirm(5, seeds(3)).",
                top);
        require(seeds >= 1, "seeds must be at least 1, but were %d. Try seeds(3).", seeds);
    }

    /**
     * How many new seeds: what reads well in {@code confirm(5, seeds(3))}.
     *
     * @param count at least 1
     */
    public record NewSeeds(int count) {
        public NewSeeds {
            require(count >= 1, "seeds must be at least 1, but were %d. Try seeds(3).", count);
        }
    }

    /**
     * A candidate and what became of it.
     *
     * @param trial the search's trial that made it a candidate
     * @param scores the new ones, in order
     */
    public record Candidate(Trial trial, List<Double> scores) {
        public Candidate {
            scores = List.copyOf(scores);
        }

        /**
         * The mean of the new scores.
         *
         * @return empty without any
         */
        public OptionalDouble mean() {
            return scores.stream().mapToDouble(Double::doubleValue).average();
        }

        /** For example {@code trial 17: 0.9123 over 3 new seeds, 0.9241 when it was found}. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "trial %d: %s over %d new seed%s, %.4f when it was found",
                    trial.number(),
                    mean().isPresent()
                            ? String.format(Locale.ROOT, "%.4f", mean().getAsDouble())
                            : "no score",
                    scores.size(),
                    scores.size() == 1 ? "" : "s",
                    trial.score().orElseThrow());
        }
    }

    /**
     * What the new scores of a search are called.
     *
     * @param search the search's own measure
     * @return another one
     */
    public static String measure(String search) {
        return search + MEASURE;
    }

    /**
     * Whether a trial is a confirmation, which came on top of the budget.
     *
     * @param trial any
     * @return false for the search's own
     */
    public static boolean isOne(Trial trial) {
        return trial.measure().endsWith(MEASURE);
    }

    /**
     * What is to be estimated next: a function of the history, so that a killed search goes on with
     * the very next one.
     *
     * @param history of the search
     * @return empty when all candidates have their seeds
     */
    public Optional<Trial> next(History history) {
        Trial next = null;
        int fewest = seeds;
        for (Trial candidate : candidates(history)) {
            int tried = attempts(history, candidate.architecture()).size();
            if (tried < fewest) {
                fewest = tried;
                next = candidate;
            }
        }
        return Optional.ofNullable(next);
    }

    /**
     * The candidates with their new scores, of whole rounds only.
     *
     * @param history of the search
     * @return as the search ranked them
     */
    public List<Candidate> results(History history) {
        int rounds =
                candidates(history).stream()
                        .mapToInt(trial -> attempts(history, trial.architecture()).size())
                        .min()
                        .orElse(0);
        return candidates(history).stream()
                .map(trial -> new Candidate(trial, scores(history, trial, rounds)))
                .toList();
    }

    /**
     * The answer: the best by the mean of the new scores, the search's favourite of equals.
     *
     * @param history of the search
     * @return empty before the first round is whole, and where all of it failed
     */
    public Optional<Candidate> answer(History history) {
        Candidate best = null;
        for (Candidate candidate : results(history)) {
            if (candidate.mean().isPresent()
                    && (best == null
                            || candidate.mean().getAsDouble() > best.mean().getAsDouble())) {
                best = candidate;
            }
        }
        return Optional.ofNullable(best);
    }

    private List<Trial> candidates(History history) {
        List<Trial> best = new ArrayList<>();
        Set<Architecture> seen = new HashSet<>();
        history.comparable().stream()
                .filter(trial -> !trial.reused())
                .sorted(Comparator.comparingDouble((Trial t) -> -t.score().orElseThrow()))
                .filter(trial -> seen.add(trial.architecture()))
                .limit(top)
                .forEach(best::add);
        return best;
    }

    private List<Trial> attempts(History history, Architecture architecture) {
        String measure = measure(history.measure());
        return history.trials().stream()
                .filter(trial -> trial.measure().equals(measure))
                .filter(trial -> trial.architecture().equals(architecture))
                .filter(trial -> !(trial.outcome() instanceof Outcome.Stopped))
                .limit(seeds)
                .toList();
    }

    private List<Double> scores(History history, Trial candidate, int rounds) {
        return attempts(history, candidate.architecture()).stream()
                .limit(rounds)
                .filter(trial -> trial.score().isPresent())
                .map(trial -> trial.score().getAsDouble())
                .toList();
    }

    @Override
    public String toString() {
        return "the best "
                + top
                + " estimated again with "
                + seeds
                + (seeds == 1 ? " new seed" : " new seeds each");
    }
}
