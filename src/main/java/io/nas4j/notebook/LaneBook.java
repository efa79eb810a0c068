package io.nas4j.notebook;

import io.nas4j.search.SearchEvent;
import io.nas4j.trial.Place;
import io.nas4j.view.Lanes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Which worker is about what, by the events of a search. */
final class LaneBook {

    private static final class Entry {
        private final String worker;
        private OptionalInt trial = OptionalInt.empty();
        private String phase = "";
        private OptionalDouble fraction = OptionalDouble.empty();
        private int ended;
        private int lost;

        Entry(String worker) {
            this.worker = worker;
        }

        void begin(OptionalInt next) {
            trial = next;
            phase = "";
            fraction = OptionalDouble.empty();
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<Integer, Entry> byTrial = new TreeMap<>();

    void hear(SearchEvent event) {
        if (event instanceof SearchEvent.TrialPlaced placed) {
            place(placed.trial(), placed.place());
        } else if (event instanceof SearchEvent.TrialReported reported) {
            Entry entry = byTrial.get(reported.trial());
            if (entry != null) {
                entry.phase =
                        String.format(
                                Locale.ROOT, "epoch %d: %.4f", reported.step(), reported.score());
            }
        } else if (event instanceof SearchEvent.TrialEntered entered) {
            Entry entry = byTrial.get(entered.trial());
            if (entry != null) {
                entry.phase = entered.phase();
            }
        } else if (event instanceof SearchEvent.TrialProgressed progressed) {
            Entry entry = byTrial.get(progressed.trial());
            if (entry != null) {
                entry.fraction = OptionalDouble.of(Math.max(0, Math.min(1, progressed.fraction())));
            }
        } else if (event instanceof SearchEvent.TrialFinished finished) {
            end(finished.trial().number());
        }
    }

    private void place(int trial, Place place) {
        Entry before = byTrial.remove(trial);
        if (before != null) {
            before.lost++;
            before.begin(OptionalInt.empty());
        }
        Entry entry = entries.computeIfAbsent(place.worker(), name -> new Entry(place.toString()));
        // it has ended, though an earlier trial keeps it out of the history
        entry.trial.ifPresent(this::end);
        entry.begin(OptionalInt.of(trial));
        byTrial.put(trial, entry);
    }

    private void end(int trial) {
        Entry entry = byTrial.remove(trial);
        if (entry != null) {
            entry.ended++;
            entry.begin(OptionalInt.empty());
        }
    }

    Lanes lanes() {
        List<Lanes.Lane> lanes =
                entries.values().stream()
                        .map(
                                entry ->
                                        new Lanes.Lane(
                                                entry.worker,
                                                entry.trial,
                                                entry.phase,
                                                entry.fraction,
                                                entry.ended,
                                                entry.lost))
                        .toList();
        return new Lanes(lanes);
    }
}
