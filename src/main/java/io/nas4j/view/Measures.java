package io.nas4j.view;

import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a score measures, in words that fit beside an axis. */
final class Measures {

    private static final String ACCURACY = "accuracy";
    private static final Pattern TRAINED = Pattern.compile("train\\(epochs=(\\d+).*");
    private static final Pattern TABLE = Pattern.compile("tabular\\(([^()]*)\\)");
    private static final Pattern WRAPPED = Pattern.compile("(inherited|extrapolated)\\((.*)");

    private Measures() {}

    /** The same; what is not an accuracy is told by the metrics beside it. */
    static String words(History history) {
        String score =
                history.scored().stream()
                        .findFirst()
                        .map(trial -> ((Outcome.Completed) trial.outcome()).estimate().metrics())
                        .map(Measures::score)
                        .orElse(ACCURACY);
        return words(history.measure()).replaceFirst(ACCURACY, score);
    }

    private static String score(Map<String, Double> metrics) {
        if (metrics.containsKey(Metrics.RMSE)) {
            return "R²";
        }
        if (metrics.containsKey(Metrics.F1_MICRO)) {
            return "F1";
        }
        return metrics.containsKey(Metrics.ACCURACY) ? "balanced accuracy" : ACCURACY;
    }

    /** For example {@code validation accuracy after 10 epochs}; another measure as it is. */
    static String words(String measure) {
        Matcher trained = TRAINED.matcher(measure);
        if (trained.matches()) {
            String epochs = trained.group(1);
            return "validation accuracy after "
                    + epochs
                    + (epochs.equals("1") ? " epoch" : " epochs");
        }
        Matcher table = TABLE.matcher(measure);
        if (table.matches()) {
            return "accuracy in the table " + table.group(1);
        }
        Matcher wrapped = WRAPPED.matcher(measure);
        if (wrapped.matches()) {
            return words(wrapped.group(2)) + ", " + wrapped.group(1);
        }
        return switch (measure) {
            case "supernet" -> "accuracy of the supernet";
            case "one-shot" -> "accuracy with shared weights";
            default -> measure.replace('_', ' ');
        };
    }
}
