package io.nas4j.json;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Trial;
import java.util.function.Consumer;

/**
 * The one text form: every {@code write} has a reader that gives an equal value back. One line of
 * JSON; {@code nas4j} is the version of the form, {@code kind} says what it is.
 *
 * <p>Readers check as constructors do, and architectures are read by walking their space, so that
 * no text yields an invalid one. All throw {@link IllegalArgumentException} that names the field.
 */
public final class Json {

    /** The version of the form that is written; later ones are not read. */
    public static final int VERSION = 1;

    private Json() {}

    public static String write(SearchSpace space) {
        return document("space", out -> SpaceJson.write(out, space));
    }

    public static SearchSpace space(String text) {
        return SpaceJson.space(document("space", text));
    }

    /**
     * An architecture with the names of its decisions, readable on its own.
     *
     * @param space it belongs to
     * @param architecture of that space
     * @return a line
     */
    public static String write(SearchSpace space, Architecture architecture) {
        return document("architecture", out -> SpaceJson.write(out, space.walk(architecture)));
    }

    public static Architecture architecture(SearchSpace space, String text) {
        return SpaceJson.architecture(space, document("architecture", text));
    }

    public static String write(Trial trial) {
        return document("trial", out -> TrialJson.write(out, trial));
    }

    public static Trial trial(SearchSpace space, String text) {
        return TrialJson.trial(space, document("trial", text));
    }

    /**
     * A whole history, with its space.
     *
     * @param space of the architectures
     * @param history all trials
     * @return a line
     */
    public static String write(SearchSpace space, History history) {
        return document(
                "history",
                out ->
                        out.field("measure", history.measure())
                                .object("space", () -> SpaceJson.write(out, space))
                                .objects(
                                        "trials",
                                        history.trials(),
                                        trial -> TrialJson.write(out, trial)));
    }

    public static History history(String text) {
        Fields in = document("history", text);
        SearchSpace space = SpaceJson.space(in.object("space"));
        History history = History.empty(in.text("measure"));
        for (Fields trial : in.objects("trials")) {
            history = history.plus(TrialJson.trial(space, trial));
        }
        return history;
    }

    public static String write(Fidelity fidelity) {
        return document("fidelity", out -> TrialJson.write(out, fidelity));
    }

    public static Fidelity fidelity(String text) {
        return TrialJson.fidelity(document("fidelity", text));
    }

    public static String write(Estimate estimate) {
        return document("estimate", out -> TrialJson.write(out, estimate));
    }

    public static Estimate estimate(String text) {
        return TrialJson.estimate(document("estimate", text));
    }

    public static String write(OptionWeights weights) {
        return document(
                "weights", out -> out.object("weights", () -> TrialJson.write(out, weights)));
    }

    public static OptionWeights weights(String text) {
        return TrialJson.weights(document("weights", text).object("weights"));
    }

    public static String write(Seeds seeds) {
        return document("seeds", out -> out.field("master", seeds.master()));
    }

    public static Seeds seeds(String text) {
        return new Seeds(document("seeds", text).whole("master"));
    }

    static String document(String kind, Consumer<Writer> body) {
        return Writer.object(
                out -> {
                    out.field("nas4j", VERSION).field("kind", kind);
                    body.accept(out);
                });
    }

    static Fields document(String kind, String text) {
        Fields fields = Fields.parse(text);
        require(
                fields.has("nas4j") && fields.has("kind"),
                "JSON of nas4j has fields \"nas4j\" and \"kind\", but this has %s.",
                fields.names());
        int version = fields.integer("nas4j");
        require(
                version >= 1 && version <= VERSION,
                "JSON of version 1 to %d can be read, but this is of version %d. Try a newer"
                        + " nas4j.",
                VERSION,
                version);
        require(
                fields.text("kind").equals(kind),
                "JSON of a %s was expected, but this is of a %s.",
                kind,
                fields.text("kind"));
        return fields;
    }
}
