package io.nas4j.json;

import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The facts of a search. */
final class TrialJson {

    private TrialJson() {}

    static void write(Writer out, Trial trial) {
        out.field("number", trial.number())
                .integers("choices", trial.architecture().choices())
                .field("measure", trial.measure())
                .object("fidelity", () -> write(out, trial.fidelity()))
                .field("seed", trial.seed());
        trial.continues().ifPresent(number -> out.field("continues", number));
        Outcome outcome = trial.outcome();
        if (outcome instanceof Outcome.Completed completed) {
            out.field("outcome", "completed")
                    .object("estimate", () -> write(out, completed.estimate()));
            if (!completed.learned().isEmpty()) {
                out.object("learned", () -> write(out, completed.learned()));
            }
            completed.reuses().ifPresent(number -> out.field("reuses", number));
        } else if (outcome instanceof Outcome.Stopped stopped) {
            out.field("outcome", "stopped").field("reason", stopped.reason());
            curve(out, stopped.curve());
            out.object("cost", () -> write(out, stopped.cost()));
        } else {
            Outcome.Failed failed = (Outcome.Failed) outcome;
            out.field("outcome", "failed")
                    .field("reason", failed.reason())
                    .field("detail", failed.detail())
                    .object("cost", () -> write(out, failed.cost()));
        }
    }

    static Trial trial(SearchSpace space, Fields in) {
        return new Trial(
                in.integer("number"),
                SpaceJson.listed(space, in),
                in.text("measure"),
                fidelity(in.object("fidelity")),
                in.whole("seed"),
                optional(in, "continues"),
                outcome(in));
    }

    private static Outcome outcome(Fields in) {
        String kind = in.text("outcome");
        return switch (kind) {
            case "completed" ->
                    new Outcome.Completed(
                            estimate(in.object("estimate")), learned(in), optional(in, "reuses"));
            case "stopped" ->
                    new Outcome.Stopped(in.text("reason"), curve(in), cost(in.object("cost")));
            case "failed" ->
                    new Outcome.Failed(
                            in.text("reason"), in.text("detail"), cost(in.object("cost")));
            default ->
                    throw new IllegalArgumentException(
                            "an outcome must be completed, stopped or failed, but was \""
                                    + kind
                                    + "\".");
        };
    }

    static void write(Writer out, Fidelity fidelity) {
        out.field("epochs", fidelity.epochs())
                .field("data", fidelity.data())
                .field("width", fidelity.width())
                .field("resolution", fidelity.resolution());
        if (fidelity.horizon() > fidelity.epochs()) {
            out.field("horizon", fidelity.horizon());
        }
    }

    static Fidelity fidelity(Fields in) {
        return new Fidelity(
                in.integer("epochs"),
                in.number("data"),
                in.number("width"),
                in.integer("resolution"),
                in.has("horizon") ? in.integer("horizon") : in.integer("epochs"));
    }

    static void write(Writer out, Estimate estimate) {
        out.field("score", estimate.score());
        out.object("metrics", () -> estimate.metrics().forEach(out::field));
        curve(out, estimate.curve());
        out.object("cost", () -> write(out, estimate.cost()));
    }

    static Estimate estimate(Fields in) {
        Fields given = in.object("metrics");
        Map<String, Double> metrics = new LinkedHashMap<>();
        given.names().forEach(name -> metrics.put(name, given.number(name)));
        return new Estimate(in.number("score"), metrics, curve(in), cost(in.object("cost")));
    }

    static void write(Writer out, OptionWeights weights) {
        weights.byDecision().forEach(out::numbers);
    }

    static OptionWeights weights(Fields in) {
        Map<String, List<Double>> byDecision = new LinkedHashMap<>();
        in.names().forEach(id -> byDecision.put(id, in.numbers(id)));
        return new OptionWeights(byDecision);
    }

    private static void write(Writer out, Cost cost) {
        // exact to the nanosecond, and readable
        out.field("compute", cost.compute().toString())
                .field("parameters", cost.parameters())
                .field("multiplyAdds", cost.multiplyAdds());
    }

    private static Cost cost(Fields in) {
        return new Cost(duration(in, "compute"), in.whole("parameters"), in.whole("multiplyAdds"));
    }

    static Duration duration(Fields in, String name) {
        try {
            return Duration.parse(in.text(name));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "field \""
                            + name
                            + "\" must be a duration like PT1.5S, but was "
                            + in.text(name),
                    e);
        }
    }

    private static void curve(Writer out, List<Point> curve) {
        out.pairs(
                "curve",
                curve.stream()
                        .map(point -> List.of((double) point.step(), point.score()))
                        .toList());
    }

    private static List<Point> curve(Fields in) {
        return in.pairs("curve").stream()
                .map(pair -> new Point(pair.get(0).intValue(), pair.get(1)))
                .toList();
    }

    static OptionWeights learned(Fields in) {
        return in.has("learned") ? weights(in.object("learned")) : OptionWeights.NONE;
    }

    static OptionalInt optional(Fields in, String name) {
        return in.has(name) ? OptionalInt.of(in.integer(name)) : OptionalInt.empty();
    }
}
