package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;

/** Scored trials of an earlier search that another one learns from; prints as its content. */
public final class Earlier {

    /** Of no search. */
    public static final Earlier NONE = new Earlier("", List.of());

    private static final int DIGITS = 12;

    private final String measure;
    private final List<Trial> trials;

    private Earlier(String measure, List<Trial> trials) {
        this.measure = measure;
        this.trials = List.copyOf(trials);
    }

    /**
     * The comparable trials of a history; repeats, and architectures that another space has, are
     * left out.
     *
     * @param space of the search that learns from them
     * @param history of an earlier search
     * @return at least one trial
     * @throws IllegalArgumentException when none is of the space
     */
    public static Earlier of(SearchSpace space, History history) {
        List<Trial> kept = new ArrayList<>();
        for (Trial trial : history.comparable()) {
            if (!trial.reused() && belongs(space, trial)) {
                kept.add(
                        new Trial(
                                kept.size(),
                                trial.architecture(),
                                trial.measure(),
                                trial.fidelity(),
                                trial.seed(),
                                OptionalInt.empty(),
                                new Outcome.Completed(
                                        ((Outcome.Completed) trial.outcome()).estimate())));
            }
        }
        require(
                !kept.isEmpty(),
                "an earlier search must have scored an architecture of space \"%s\", but none of"
                        + " its %d scored trials is of it. Try the journal of a search of this"
                        + " space.",
                space.name(),
                history.scored().size());
        return new Earlier(history.measure(), kept);
    }

    private static boolean belongs(SearchSpace space, Trial trial) {
        try {
            space.check(trial.architecture());
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * What produced the scores.
     *
     * @return empty for {@link #NONE}
     */
    public String measure() {
        return measure;
    }

    /**
     * How many trials there are.
     *
     * @return at least 0
     */
    public int size() {
        return trials.size();
    }

    /** These trials, and behind them those of a search. */
    History before(History history) {
        if (trials.isEmpty()) {
            return history;
        }
        History whole = History.empty(history.measure());
        for (Trial trial : trials) {
            whole = whole.plus(trial);
        }
        for (Trial trial : history.trials()) {
            whole = whole.plus(trial.renumbered(-trials.size()));
        }
        return whole;
    }

    /** For a journal: another content is another search. */
    @Override
    public String toString() {
        if (trials.isEmpty()) {
            return "no earlier search";
        }
        StringBuilder content = new StringBuilder();
        for (Trial trial : trials) {
            content.append(trial.architecture()).append(trial.score().getAsDouble()).append('\n');
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String hash =
                    HexFormat.of()
                            .formatHex(
                                    digest.digest(
                                            content.toString().getBytes(StandardCharsets.UTF_8)));
            return trials.size() + " trials of " + measure + ", " + hash.substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
