package io.nas4j.view;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** How sure a policy became of each token of one string, in slices of a search. */
final class TokenMap {

    private TokenMap() {}

    static HeatMap of(SearchSpace space, Architecture string, History history, int slices) {
        List<OptionWeights> learned = learned(history);
        require(
                slices >= 1 && slices <= learned.size(),
                "slices must be in [1, %d], the trials with a policy, but were %d.",
                learned.size(),
                slices);
        List<String> columns = new ArrayList<>();
        List<List<OptionWeights>> parts = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
            int from = learned.size() * i / slices;
            int to = learned.size() * (i + 1) / slices;
            columns.add(from + 1 == to ? "" + to : (from + 1) + "–" + to);
            parts.add(learned.subList(from, to));
        }
        Walk walk = space.walk(string);
        List<String> rows = new ArrayList<>();
        List<List<Double>> values = new ArrayList<>();
        for (int i = 0; i < walk.decisions().size(); i++) {
            Decision decision = walk.decisions().get(i);
            int answer = string.choices().get(i);
            String label = decision.label(answer);
            rows.add(
                    ControllerPicture.named(decision.id())
                            + ": "
                            + label.substring(label.indexOf('=') + 1));
            values.add(row(decision, answer, parts));
        }
        return new HeatMap(
                String.format(Locale.ROOT, "Probability of each token, %d trials", learned.size()),
                rows,
                columns,
                values);
    }

    /**
     * Where no string of a slice came to the decision, what was thought before; uniform at first.
     */
    private static List<Double> row(
            Decision decision, int answer, List<List<OptionWeights>> parts) {
        List<Integer> picked = decision.picked(answer);
        double last = (double) picked.size() / decision.options();
        List<Double> row = new ArrayList<>();
        for (List<OptionWeights> part : parts) {
            OptionalDouble mean =
                    part.stream()
                            .map(weights -> weights.byDecision().get(decision.id()))
                            .filter(java.util.Objects::nonNull)
                            .mapToDouble(
                                    weights ->
                                            picked.stream()
                                                    .mapToDouble(weights::get)
                                                    .min()
                                                    .orElseThrow())
                            .average();
            last = mean.orElse(last);
            row.add(last);
        }
        return row;
    }

    private static List<OptionWeights> learned(History history) {
        List<OptionWeights> result = new ArrayList<>();
        for (Trial trial : history.trials()) {
            if (trial.outcome() instanceof Outcome.Completed completed
                    && !completed.learned().isEmpty()) {
                result.add(completed.learned());
            }
        }
        return result;
    }
}
