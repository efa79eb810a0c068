package io.nas4j.bench;

import io.nas4j.curve.ExtrapolationRule;
import io.nas4j.curve.MedianRule;
import io.nas4j.curve.StoppingRule;
import io.nas4j.curve.UnderWay;
import io.nas4j.space.Architecture;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Point;
import io.nas4j.trial.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Searches that end trainings early, on recorded curves: how many epochs they save, and how much
 * worse the best final score is than without the rule. Each search draws its networks at random.
 *
 * <pre>{@code
 * StoppingReport curves.csv 60 200   file, networks a search, searches
 * }</pre>
 */
public final class StoppingReport {

    private StoppingReport() {}

    /**
     * Prints the report.
     *
     * @param args file, networks a search, searches
     * @throws IOException when it cannot be read
     */
    public static void main(String[] args) throws IOException {
        List<CurveReport.Curve> curves = CurveReport.read(Path.of(args[0]));
        int networks = Math.min(curves.size(), Integer.parseInt(args[1]));
        int searches = Integer.parseInt(args[2]);
        System.out.printf(
                Locale.ROOT,
                "%d networks of %d, %d epochs, %d searches%n",
                networks,
                curves.size(),
                curves.get(0).epochs(),
                searches);
        for (Map.Entry<String, StoppingRule> rule : rules().entrySet()) {
            double[] saved = new double[searches];
            double[] lost = new double[searches];
            for (int i = 0; i < searches; i++) {
                List<CurveReport.Curve> drawn = new ArrayList<>(curves);
                Collections.shuffle(drawn, new Random(i));
                double[] both = search(drawn.subList(0, networks), rule.getValue());
                saved[i] = both[0];
                lost[i] = 100 * both[1];
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-34s epochs saved %.1f %% (sd %.1f)   points lost %.3f (se %.3f), in %.0f %% of"
                            + " searches none%n",
                    rule.getKey(),
                    100 * mean(saved),
                    100 * deviation(saved),
                    mean(lost),
                    deviation(lost) / Math.sqrt(searches),
                    100 * Arrays.stream(lost).map(l -> l == 0 ? 1 : 0).average().orElseThrow());
        }
    }

    private static Map<String, StoppingRule> rules() {
        Map<String, StoppingRule> rules = new LinkedHashMap<>();
        for (int grace : new int[] {0, 1, 2}) {
            rules.put("median, grace " + grace, new MedianRule().grace(grace));
        }
        rules.put("extrapolation", new ExtrapolationRule());
        rules.put("extrapolation, chance 0.1", new ExtrapolationRule().chance(0.1));
        return rules;
    }

    /** The share of the epochs that is saved, and what the best end lacks of the best of all. */
    private static double[] search(List<CurveReport.Curve> networks, StoppingRule rule) {
        Fidelity fidelity = Fidelity.epochs(networks.get(0).epochs());
        History history = History.empty("curves");
        int epochs = 0;
        double found = 0;
        for (int i = 0; i < networks.size(); i++) {
            CurveReport.Curve curve = networks.get(i);
            Outcome outcome =
                    new Outcome.Completed(
                            new Estimate(
                                    curve.end(), Map.of(), curve.first(curve.epochs()), Cost.ZERO));
            int done = curve.epochs();
            for (int epoch = 1; epoch < curve.epochs(); epoch++) {
                List<Point> seen = curve.first(epoch);
                if (rule.stop(new UnderWay(fidelity, seen, i, history)).isPresent()) {
                    outcome = new Outcome.Stopped(Outcome.Stopped.early("it"), seen, Cost.ZERO);
                    done = epoch;
                    break;
                }
            }
            if (outcome instanceof Outcome.Completed) {
                found = Math.max(found, curve.end());
            }
            epochs += done;
            history =
                    history.plus(
                            new Trial(
                                    i,
                                    new Architecture("curves", List.of(i)),
                                    "curves",
                                    fidelity,
                                    i,
                                    OptionalInt.empty(),
                                    outcome));
        }
        double all = networks.stream().mapToDouble(CurveReport.Curve::end).max().orElseThrow();
        return new double[] {
            1 - epochs / (double) (networks.size() * fidelity.epochs()), all - found
        };
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(
                Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum()
                        / (values.length - 1));
    }
}
