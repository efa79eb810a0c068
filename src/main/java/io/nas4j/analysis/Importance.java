package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which decisions a score depends on: its functional analysis of variance over the whole space,
 * where every option of every decision is as likely. A Gaussian process with an ANOVA kernel, whose
 * parts are the effects, fills in what was not tried.
 *
 * <p>Shares say how a score varies with one decision while the others are averaged over, or with
 * two beyond what each does alone. They are the model's: {@link #explained()} says how far it can
 * be believed.
 *
 * @param trials how many it was learnt from
 * @param explained the share of the variance of scores that the model predicts of trials that it
 *     did not learn from (leave-one-out R²), at most 1; 0 or below where it predicts no better than
 *     the mean
 * @param effects one a decision with two options or more, the largest share first
 * @param interactions one a pair of these, the largest share first; with the effects' the shares
 *     sum to 1, or all are 0
 * @see <a href="https://doi.org/10.1016/j.jmva.2012.08.016">Durrande et al., 2013: ANOVA
 *     kernels</a>
 * @see <a href="https://proceedings.mlr.press/v32/hutter14.html">Hutter et al., 2014: fANOVA</a>
 */
public record Importance(
        int trials, double explained, List<Effect> effects, List<Interaction> interactions) {

    private static final int LEAST = 10;
    private static final int SHOWN = 8;

    /** An option that is not there: the decision was not asked. */
    static final String ABSENT = "\u2013";

    /**
     * What one decision does.
     *
     * @param decision its id
     * @param share of the variance, in [0, 1]
     * @param options in the decision's order
     */
    public record Effect(String decision, double share, List<Marginal> options) {
        public Effect {
            options = List.copyOf(options);
        }

        /**
         * The option that is best on average.
         *
         * @return of the highest difference
         */
        public Marginal best() {
            return options.stream()
                    .max(Comparator.comparingDouble(Marginal::difference))
                    .orElseThrow();
        }
    }

    /**
     * An option's score, averaged over all other decisions.
     *
     * @param option in words
     * @param difference from the mean over all options, in the units of the scores (where searches
     *     of several measures were joined: in standard deviations of each)
     * @param trials that had this option
     */
    public record Marginal(String option, double difference, int trials) {}

    /**
     * What two decisions do together beyond what each does alone.
     *
     * @param first the earlier in the space
     * @param second the later
     * @param share of the variance, in [0, 1]
     */
    public record Interaction(String first, String second, double share) {}

    public Importance {
        effects = List.copyOf(effects);
        interactions = List.copyOf(interactions);
    }

    /**
     * Of one search.
     *
     * @param space the search's
     * @param history with at least 10 comparable trials, repeats left out
     * @return the same for the same history
     * @throws IllegalArgumentException when there are too few
     */
    public static Importance of(SearchSpace space, History history) {
        return of(space, List.of(history), false);
    }

    /**
     * Of several searches of one space. Where their measures differ, scores are compared within
     * each search only, in its standard deviations.
     *
     * @param space of all of them
     * @param histories with at least 10 comparable trials together
     * @return the same for the same histories
     * @throws IllegalArgumentException when there are too few
     */
    public static Importance of(SearchSpace space, List<History> histories) {
        boolean different = histories.stream().map(History::measure).distinct().count() > 1;
        return of(space, histories, different);
    }

    private static Importance of(SearchSpace space, List<History> histories, boolean standardised) {
        List<Architecture> architectures = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        for (History history : histories) {
            List<Trial> trials =
                    history.comparable().stream().filter(trial -> !trial.reused()).toList();
            double[] raw = trials.stream().mapToDouble(t -> t.score().getAsDouble()).toArray();
            double mean = AnovaModel.mean(raw);
            double unit = standardised ? AnovaModel.deviation(raw) : 1;
            for (int i = 0; i < raw.length; i++) {
                architectures.add(trials.get(i).architecture());
                scores.add(standardised ? (unit == 0 ? 0 : (raw[i] - mean) / unit) : raw[i]);
            }
        }
        require(
                scores.size() >= LEAST,
                "explaining needs at least %d comparable trials, but there are %d. Try a search of"
                        + " more trials.",
                LEAST,
                scores.size());
        return model(space, architectures, scores.stream().mapToDouble(s -> s).toArray());
    }

    private static Importance model(
            SearchSpace space, List<Architecture> architectures, double[] scores) {
        List<Decision> decisions =
                space.decisions().stream().filter(decision -> decision.arity() >= 2).toList();
        List<Map<String, Integer>> answers = architectures.stream().map(space::answers).toList();
        int[] arities = new int[decisions.size()];
        int[][] choices = new int[scores.length][decisions.size()];
        for (int d = 0; d < arities.length; d++) {
            Decision decision = decisions.get(d);
            arities[d] = decision.arity();
            for (int i = 0; i < scores.length; i++) {
                Integer answer = answers.get(i).get(decision.id());
                choices[i][d] = answer == null ? decision.arity() : answer;
                arities[d] = Math.max(arities[d], choices[i][d] + 1);
            }
        }
        AnovaModel model = AnovaModel.fit(choices, arities, scores);
        return new Importance(
                scores.length,
                model.explained(),
                effects(model, decisions, choices, arities),
                interactions(model, decisions));
    }

    private static List<Effect> effects(
            AnovaModel model, List<Decision> decisions, int[][] choices, int[] arities) {
        List<Effect> effects = new ArrayList<>();
        for (int d = 0; d < arities.length; d++) {
            double[] differences = model.effect(d);
            List<Marginal> options = new ArrayList<>();
            for (int option = 0; option < arities[d]; option++) {
                int decision = d;
                int wanted = option;
                long count =
                        java.util.Arrays.stream(choices)
                                .filter(choice -> choice[decision] == wanted)
                                .count();
                String label =
                        option < decisions.get(d).arity() ? decisions.get(d).label(option) : ABSENT;
                options.add(new Marginal(label, differences[option], (int) count));
            }
            effects.add(new Effect(decisions.get(d).id(), model.share(d), options));
        }
        effects.sort(Comparator.comparingDouble((Effect effect) -> -effect.share()));
        return effects;
    }

    private static List<Interaction> interactions(AnovaModel model, List<Decision> decisions) {
        List<Interaction> all = new ArrayList<>();
        for (int i = 0; i < decisions.size(); i++) {
            for (int j = i + 1; j < decisions.size(); j++) {
                all.add(
                        new Interaction(
                                decisions.get(i).id(), decisions.get(j).id(), model.share(i, j)));
            }
        }
        all.sort(Comparator.comparingDouble((Interaction pair) -> -pair.share()));
        return all;
    }

    /**
     * How far the shares can be believed.
     *
     * @return a sentence
     */
    public String trust() {
        String found =
                String.format(
                        Locale.ROOT,
                        "predicts %.0f%% of the variance of trials left out, of %d trials",
                        100 * Math.max(0, explained),
                        trials);
        return explained < 0.3 ? found + ": hardly to be believed, try more trials" : found;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("what the score depends on; " + trust() + "\n");
        effects.stream()
                .limit(SHOWN)
                .forEach(
                        effect ->
                                text.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%5.1f%%  %s: best %s (%+.4f)%n",
                                                100 * effect.share(),
                                                effect.decision(),
                                                effect.best().option(),
                                                effect.best().difference())));
        interactions.stream()
                .limit(SHOWN / 2)
                .forEach(
                        pair ->
                                text.append(
                                        String.format(
                                                Locale.ROOT,
                                                "%5.1f%%  %s with %s%n",
                                                100 * pair.share(),
                                                pair.first(),
                                                pair.second())));
        return text.toString().stripTrailing();
    }
}
