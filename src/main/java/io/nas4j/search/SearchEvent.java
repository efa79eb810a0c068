package io.nas4j.search;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Place;
import io.nas4j.trial.Trial;
import java.util.Optional;

/** Something that happened in a search. */
public sealed interface SearchEvent {

    /**
     * How the search stood.
     *
     * @return an immutable snapshot
     */
    Snapshot now();

    /**
     * The search is about to open its parts, which may load data, start workers, or measure a few
     * steps; {@link Started} follows, or {@link Refused}.
     *
     * @param now without a trial
     * @param search what is to be run
     */
    record Preparing(Snapshot now, SearchSpec search) implements SearchEvent {}

    /**
     * The search does not begin: its parts do not fit each other, or this machine. The error itself
     * is thrown.
     *
     * @param now without a trial
     * @param reason in words
     */
    record Refused(Snapshot now, String reason) implements SearchEvent {}

    /**
     * The search began, or went on.
     *
     * @param now with the resumed trials
     * @param search what is run
     */
    record Started(Snapshot now, SearchSpec search) implements SearchEvent {}

    /**
     * A trial began; of an executor that takes trials {@linkplain TrialExecutor.Session#ahead()
     * ahead}, perhaps to wait for a slot.
     *
     * @param now without it
     * @param trial its number
     * @param architecture the candidate; empty for a slice of a strategy's own training
     * @param measure what its score will be called
     * @param fidelity how much is to be spent
     */
    record TrialStarted(
            Snapshot now,
            int trial,
            Optional<Architecture> architecture,
            String measure,
            Fidelity fidelity)
            implements SearchEvent {}

    /**
     * A trial began to run somewhere, where there are several places; again where it was lost.
     *
     * @param now without it
     * @param trial its number
     * @param place where it runs
     */
    record TrialPlaced(Snapshot now, int trial, Place place) implements SearchEvent {}

    /**
     * A running trial told an intermediate score.
     *
     * @param now without it
     * @param trial its number
     * @param step the epoch, from 1
     * @param score after it
     */
    record TrialReported(Snapshot now, int trial, int step, double score) implements SearchEvent {}

    /**
     * A running trial told how far it is.
     *
     * @param now without it
     * @param trial its number
     * @param fraction in [0, 1]
     */
    record TrialProgressed(Snapshot now, int trial, double fraction) implements SearchEvent {}

    /**
     * A running trial told what it is about.
     *
     * @param now without it
     * @param trial its number
     * @param phase in few words
     */
    record TrialEntered(Snapshot now, int trial, String phase) implements SearchEvent {}

    /**
     * A trial ended.
     *
     * @param now with it
     * @param trial the newest of the history
     */
    record TrialFinished(Snapshot now, Trial trial) implements SearchEvent {}

    /**
     * The search ended.
     *
     * @param now final
     * @param end the kind of end
     * @param reason in words
     */
    record Ended(Snapshot now, EndReason end, String reason) implements SearchEvent {}
}
