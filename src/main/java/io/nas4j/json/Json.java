package io.nas4j.json;

import static io.nas4j.space.Require.require;

import io.nas4j.data.DataReference;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.operation.Operation;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Trial;
import java.util.List;
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

    /**
     * Writes a space.
     *
     * @param space with or without holes
     * @return one line of JSON
     */
    public static String write(SearchSpace space) {
        return document("space", out -> SpaceJson.write(out, space));
    }

    /**
     * A space.
     *
     * @param text as {@link #write(SearchSpace)} wrote it
     * @param own the operations in it that are not nas4j's, by whose names they are found
     * @return equal to the one that was written
     * @throws IllegalArgumentException also for an operation that is neither nas4j's nor given
     */
    public static SearchSpace space(String text, Operation... own) {
        return SpaceJson.space(document("space", text), List.of(own));
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

    /**
     * Reads an architecture by walking: what the space cannot build is refused.
     *
     * @param space it belongs to
     * @param text what {@code write} gave
     * @return the architecture
     */
    public static Architecture architecture(SearchSpace space, String text) {
        return SpaceJson.architecture(space, document("architecture", text));
    }

    /**
     * Writes a trial.
     *
     * @param trial of whatever outcome
     * @return one line of JSON
     */
    public static String write(Trial trial) {
        return document("trial", out -> TrialJson.write(out, trial));
    }

    /**
     * Reads a trial.
     *
     * @param space its architecture belongs to
     * @param text what {@link #write(Trial)} gave
     * @return the trial
     */
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

    /**
     * A whole history.
     *
     * @param text as {@link #write(SearchSpace, History)} wrote it
     * @param own the operations in its space that are not nas4j's
     * @return equal to the one that was written
     */
    public static History history(String text, Operation... own) {
        Fields in = document("history", text);
        SearchSpace space = SpaceJson.space(in.object("space"), List.of(own));
        History history = History.empty(in.text("measure"));
        for (Fields trial : in.objects("trials")) {
            history = history.plus(TrialJson.trial(space, trial));
        }
        return history;
    }

    /**
     * Writes a fidelity.
     *
     * @param fidelity how much is spent
     * @return one line of JSON
     */
    public static String write(Fidelity fidelity) {
        return document("fidelity", out -> TrialJson.write(out, fidelity));
    }

    /**
     * Reads a fidelity.
     *
     * @param text what {@link #write(Fidelity)} gave
     * @return the fidelity
     */
    public static Fidelity fidelity(String text) {
        return TrialJson.fidelity(document("fidelity", text));
    }

    /**
     * Writes an estimate.
     *
     * @param estimate of a trial
     * @return one line of JSON
     */
    public static String write(Estimate estimate) {
        return document("estimate", out -> TrialJson.write(out, estimate));
    }

    /**
     * Reads an estimate.
     *
     * @param text what {@link #write(Estimate)} gave
     * @return the estimate
     */
    public static Estimate estimate(String text) {
        return TrialJson.estimate(document("estimate", text));
    }

    /**
     * Writes what a strategy has learned.
     *
     * @param weights by decision
     * @return one line of JSON
     */
    public static String write(OptionWeights weights) {
        return document(
                "weights", out -> out.object("weights", () -> TrialJson.write(out, weights)));
    }

    /**
     * Reads what a strategy has learned.
     *
     * @param text what {@link #write(OptionWeights)} gave
     * @return the weights
     */
    public static OptionWeights weights(String text) {
        return TrialJson.weights(document("weights", text).object("weights"));
    }

    /**
     * Writes seeds.
     *
     * @param seeds of a search
     * @return one line of JSON
     */
    public static String write(Seeds seeds) {
        return document("seeds", out -> out.field("master", seeds.master()));
    }

    /**
     * Reads seeds.
     *
     * @param text what {@link #write(Seeds)} gave
     * @return the seeds
     */
    public static Seeds seeds(String text) {
        return new Seeds(document("seeds", text).whole("master"));
    }

    /**
     * Writes what a trained network is besides its weights.
     *
     * @param card of the network
     * @return one line of JSON
     */
    public static String write(ModelCard card) {
        return document("model", out -> ModelJson.write(out, card));
    }

    /**
     * Reads what a trained network is besides its weights.
     *
     * @param text what {@link #write(ModelCard)} gave
     * @param own the operations in it that are not nas4j's
     * @return equal to the one that was written
     */
    public static ModelCard modelCard(String text, Operation... own) {
        return ModelJson.card(document("model", text), List.of(own));
    }

    /**
     * Writes the header of a safetensors file.
     *
     * @param entries in the order of the file
     * @return one JSON object
     */
    public static String tensorHeader(List<TensorEntry> entries) {
        return ModelJson.header(entries);
    }

    /**
     * Reads the header of a safetensors file, whoever wrote it.
     *
     * @param text one JSON object
     * @return in the order of the header; metadata is passed over
     */
    public static List<TensorEntry> tensorHeader(String text) {
        return ModelJson.entries(text);
    }

    /**
     * Writes an estimator.
     *
     * @param estimator a record of numbers, texts and further records
     * @param vocabulary the types that it may be made of
     * @return one line of JSON
     * @throws IllegalArgumentException when a part of it is code, which has no text form
     */
    public static String write(PerformanceEstimator estimator, Vocabulary vocabulary) {
        return record("estimator", estimator, vocabulary);
    }

    /**
     * Reads an estimator.
     *
     * @param text what {@link #write(PerformanceEstimator, Vocabulary)} gave
     * @param vocabulary the types that the text may name
     * @return equal to the one that was written
     */
    public static PerformanceEstimator estimator(String text, Vocabulary vocabulary) {
        return record("estimator", text, PerformanceEstimator.class, vocabulary);
    }

    /**
     * Writes a strategy.
     *
     * @param strategy a record of numbers, texts and further records
     * @param vocabulary the types that it may be made of
     * @return one line of JSON
     * @throws IllegalArgumentException when a part of it is code, which has no text form
     */
    public static String write(SearchStrategy strategy, Vocabulary vocabulary) {
        return record("strategy", strategy, vocabulary);
    }

    /**
     * Reads a strategy.
     *
     * @param text what {@link #write(SearchStrategy, Vocabulary)} gave
     * @param vocabulary the types that the text may name
     * @return equal to the one that was written
     */
    public static SearchStrategy strategy(String text, Vocabulary vocabulary) {
        return record("strategy", text, SearchStrategy.class, vocabulary);
    }

    /**
     * Writes what a worker is to do.
     *
     * @param job of one search
     * @param vocabulary the types that its estimator may be made of
     * @return one line of JSON
     * @throws IllegalArgumentException when a part of the estimator is code
     */
    public static String write(Job job, Vocabulary vocabulary) {
        RecordJson records = new RecordJson(vocabulary.with(List.of(DataReference.class)));
        return document(
                "job",
                out ->
                        out.object("space", () -> SpaceJson.write(out, job.space()))
                                .object("data", () -> records.write(out, job.data()))
                                .field("seed", job.seeds().master())
                                .field("device", job.device())
                                .object("estimator", () -> records.write(out, job.estimator())));
    }

    /**
     * Reads what a worker is to do.
     *
     * @param text what {@link #write(Job, Vocabulary)} gave
     * @param vocabulary the types that the text may name
     * @param own the operations in its space that are not nas4j's
     * @return equal to the one that was written
     */
    public static Job job(String text, Vocabulary vocabulary, Operation... own) {
        RecordJson records = new RecordJson(vocabulary.with(List.of(DataReference.class)));
        Fields in = document("job", text);
        return new Job(
                SpaceJson.space(in.object("space"), List.of(own)),
                records.read(in.object("data"), DataReference.class),
                new Seeds(in.whole("seed")),
                in.text("device"),
                records.read(in.object("estimator"), PerformanceEstimator.class));
    }

    /**
     * Writes a message.
     *
     * @param message between a search and its workers
     * @return one line of JSON
     */
    public static String write(Message message) {
        return document(
                "message",
                out ->
                        out.field("about", message.kind())
                                .object("fields", () -> message.fields().forEach(out::field)));
    }

    /**
     * Reads a message.
     *
     * @param text what {@link #write(Message)} gave
     * @return the message
     */
    public static Message message(String text) {
        Fields in = document("message", text);
        Message message = Message.of(in.text("about"));
        Fields given = in.object("fields");
        for (String name : given.names()) {
            message = message.with(name, given.text(name));
        }
        return message;
    }

    private static String record(String kind, Object value, Vocabulary vocabulary) {
        return document(
                kind, out -> out.object(kind, () -> new RecordJson(vocabulary).write(out, value)));
    }

    private static <T> T record(String kind, String text, Class<T> wanted, Vocabulary vocabulary) {
        return new RecordJson(vocabulary).read(document(kind, text).object(kind), wanted);
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
