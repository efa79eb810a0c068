package io.nas4j.json;

import io.nas4j.operation.Operation;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Proposal;
import io.nas4j.trial.Place;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of a search's journal: a header; then a line for each trial that has ended, in the
 * order in which they ended; before it, where several are under way at a time, a line of its
 * proposal.
 */
public final class JournalJson {

    private JournalJson() {}

    /**
     * What a journal belongs to.
     *
     * @param space of the architectures
     * @param measure of the search
     * @param settings further texts by name; two searches with other settings are not the same
     * @param provenance versions and machine by name, which may differ; empty in journals of before
     */
    public record Header(
            SearchSpace space,
            String measure,
            Map<String, String> settings,
            Map<String, String> provenance) {
        public Header {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
        }

        /**
         * Of which no provenance is known.
         *
         * @param space of the architectures
         * @param measure of the search
         * @param settings further texts by name
         */
        public Header(SearchSpace space, String measure, Map<String, String> settings) {
            this(space, measure, settings, Map.of());
        }
    }

    /** What a line after the header tells of a trial. */
    public sealed interface Line {

        /**
         * Which trial.
         *
         * @return its number, from 0 in the order of proposals
         */
        int number();

        /**
         * What the strategy knew when it proposed the trial.
         *
         * @return of how many trials it had heard
         */
        int seen();
    }

    /**
     * A trial that has been proposed and may run beside others: what is needed to run it again.
     *
     * @param number of the trial
     * @param seen how many trials the strategy had heard of
     * @param proposal what it wants
     */
    public record Begun(int number, int seen, Proposal.Evaluate proposal) implements Line {}

    /**
     * One trial of a journal.
     *
     * @param trial finished
     * @param seen how many trials the strategy had heard of when it proposed this one
     * @param advance whether it was a slice of the strategy's own training
     * @param elapsed wall-clock time when it ended
     * @param place where it ran; empty for the searching thread
     */
    public record Entry(
            Trial trial, int seen, boolean advance, Duration elapsed, Optional<Place> place)
            implements Line {

        /**
         * A trial of the searching thread.
         *
         * @param trial finished
         * @param seen how many trials the strategy had heard of when it proposed this one
         * @param advance whether it was a slice of the strategy's own training
         * @param elapsed wall-clock time when it ended
         */
        public Entry(Trial trial, int seen, boolean advance, Duration elapsed) {
            this(trial, seen, advance, elapsed, Optional.empty());
        }

        @Override
        public int number() {
            return trial.number();
        }
    }

    /**
     * Writes the first line.
     *
     * @param header of the search
     * @return one line, without its end
     */
    public static String write(Header header) {
        return Json.document(
                "journal",
                out ->
                        out.field("measure", header.measure())
                                .object("settings", () -> header.settings().forEach(out::field))
                                .object("provenance", () -> header.provenance().forEach(out::field))
                                .object("space", () -> SpaceJson.write(out, header.space())));
    }

    /**
     * A journal's first line.
     *
     * @param line as {@link #write(Header)} wrote it
     * @param own the operations in its space that are not nas4j's
     * @return equal to the one that was written
     */
    public static Header header(String line, Collection<Operation> own) {
        Fields in = Json.document("journal", line);
        return new Header(
                SpaceJson.space(in.object("space"), own),
                in.text("measure"),
                texts(in.object("settings")),
                in.has("provenance") ? texts(in.object("provenance")) : Map.of());
    }

    private static Map<String, String> texts(Fields in) {
        Map<String, String> texts = new LinkedHashMap<>();
        in.names().forEach(name -> texts.put(name, in.text(name)));
        return texts;
    }

    /**
     * Writes a line of a trial.
     *
     * @param entry a finished trial
     * @return one line, without its end
     */
    public static String write(Entry entry) {
        return Writer.object(
                out -> {
                    out.object("trial", () -> TrialJson.write(out, entry.trial()));
                    out.field("elapsed", entry.elapsed().toString());
                    if (entry.seen() != entry.trial().number()) {
                        out.field("seen", entry.seen());
                    }
                    if (entry.advance()) {
                        out.field("advance", 1);
                    }
                    entry.place()
                            .ifPresent(
                                    place ->
                                            out.field("worker", place.worker())
                                                    .field("device", place.device()));
                });
    }

    /**
     * Writes a line of a trial that begins.
     *
     * @param begun a proposal
     * @return one line, without its end
     */
    public static String write(Begun begun) {
        Proposal.Evaluate proposal = begun.proposal();
        return Writer.object(
                out -> {
                    out.field("begun", begun.number())
                            .field("seen", begun.seen())
                            .integers("choices", proposal.architecture().choices())
                            .object("fidelity", () -> TrialJson.write(out, proposal.fidelity()));
                    proposal.continues().ifPresent(number -> out.field("continues", number));
                    if (!proposal.learned().isEmpty()) {
                        out.object("learned", () -> TrialJson.write(out, proposal.learned()));
                    }
                });
    }

    /**
     * Reads any line but the first.
     *
     * @param space of the header
     * @param line without its end
     * @return what it tells
     */
    public static Line line(SearchSpace space, String line) {
        Fields in = Fields.parse(line);
        return in.has("begun") ? begun(space, in) : entry(space, in);
    }

    private static Begun begun(SearchSpace space, Fields in) {
        return new Begun(
                in.integer("begun"),
                in.integer("seen"),
                new Proposal.Evaluate(
                        SpaceJson.listed(space, in),
                        TrialJson.fidelity(in.object("fidelity")),
                        TrialJson.optional(in, "continues"),
                        TrialJson.learned(in)));
    }

    /**
     * Reads a line of a trial that has ended.
     *
     * @param space of the header
     * @param line without its end
     * @return the entry
     */
    public static Entry entry(SearchSpace space, String line) {
        return entry(space, Fields.parse(line));
    }

    private static Entry entry(SearchSpace space, Fields in) {
        Trial trial = TrialJson.trial(space, in.object("trial"));
        return new Entry(
                trial,
                in.has("seen") ? in.integer("seen") : trial.number(),
                in.has("advance"),
                TrialJson.duration(in, "elapsed"),
                in.has("worker")
                        ? Optional.of(new Place(in.text("worker"), in.text("device")))
                        : Optional.empty());
    }
}
