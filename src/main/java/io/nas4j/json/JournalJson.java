package io.nas4j.json;

import io.nas4j.operation.Operation;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The lines of a search's journal: a header, then one line per trial. */
public final class JournalJson {

    private JournalJson() {}

    /**
     * What a journal belongs to.
     *
     * @param space of the architectures
     * @param measure of the search
     * @param settings further texts by name; two searches with other settings are not the same
     */
    public record Header(SearchSpace space, String measure, Map<String, String> settings) {
        public Header {
            settings = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        }
    }

    /**
     * One trial of a journal.
     *
     * @param trial finished
     * @param seen how many trials the strategy had heard of when it proposed this one
     * @param advance whether it was a slice of the strategy's own training
     * @param elapsed wall-clock time when it ended
     */
    public record Entry(Trial trial, int seen, boolean advance, Duration elapsed) {}

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
        Map<String, String> settings = new LinkedHashMap<>();
        Fields given = in.object("settings");
        given.names().forEach(name -> settings.put(name, given.text(name)));
        return new Header(SpaceJson.space(in.object("space"), own), in.text("measure"), settings);
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
                });
    }

    /**
     * Reads a line of a trial.
     *
     * @param space of the header
     * @param line without its end
     * @return the entry
     */
    public static Entry entry(SearchSpace space, String line) {
        Fields in = Fields.parse(line);
        Trial trial = TrialJson.trial(space, in.object("trial"));
        return new Entry(
                trial,
                in.has("seen") ? in.integer("seen") : trial.number(),
                in.has("advance"),
                TrialJson.duration(in, "elapsed"));
    }
}
