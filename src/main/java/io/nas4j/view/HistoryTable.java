package io.nas4j.view;

import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A history as tablesaw's table, to be filtered, grouped and saved with tablesaw's own means. */
public final class HistoryTable {

    private HistoryTable() {}

    /**
     * One row per trial, one column per decision.
     *
     * @param history what was tried
     * @param space what the architectures mean
     * @return columns {@code trial} (its number, from 0), {@code score, measure, outcome, seconds,
     *     parameters, multiply_adds} and {@code architecture}, then a text column for each
     *     decision; the score is missing where a trial has none, a decision where the trial did not
     *     reach it
     */
    public static Table of(History history, SearchSpace space) {
        IntColumn number = IntColumn.create("trial");
        DoubleColumn score = DoubleColumn.create(Metrics.SCORE);
        StringColumn measure = StringColumn.create("measure");
        StringColumn outcome = StringColumn.create("outcome");
        DoubleColumn seconds = DoubleColumn.create("seconds");
        LongColumn parameters = LongColumn.create(Metrics.PARAMETERS);
        LongColumn multiplyAdds = LongColumn.create(Metrics.MULTIPLY_ADDS);
        StringColumn architecture = StringColumn.create("architecture");
        Map<String, StringColumn> decisions = new LinkedHashMap<>();
        for (Decision decision : space.decisions()) {
            decisions.put(decision.id(), StringColumn.create(decision.id()));
        }
        for (Trial trial : history.trials()) {
            number.append(trial.number());
            if (trial.score().isPresent()) {
                score.append(trial.score().getAsDouble());
            } else {
                score.appendMissing();
            }
            measure.append(trial.measure());
            outcome.append(outcome(trial, "completed"));
            seconds.append(trial.cost().compute().toNanos() / 1e9);
            parameters.append(trial.cost().parameters());
            multiplyAdds.append(trial.cost().multiplyAdds());
            architecture.append(trial.architecture().id());
            answers(trial, space, decisions);
        }
        Table table = Table.create(space.name(), number, score, measure, outcome, seconds);
        table.addColumns(parameters, multiplyAdds, architecture);
        decisions.values().forEach(table::addColumns);
        return table;
    }

    private static void answers(
            Trial trial, SearchSpace space, Map<String, StringColumn> decisions) {
        Walk walk = space.walk(trial.architecture());
        for (int i = 0; i < walk.decisions().size(); i++) {
            Decision decision = walk.decisions().get(i);
            int answer = trial.architecture().choices().get(i);
            decisions.get(decision.id()).append(decision.label(answer));
        }
        int rows = trial.number() + 1;
        for (StringColumn column : decisions.values()) {
            if (column.size() < rows) {
                column.appendMissing();
            }
        }
    }

    /** How a trial ended; {@code estimated}: what is said of one with an estimate of its own. */
    static String outcome(Trial trial, String estimated) {
        if (trial.outcome() instanceof Outcome.Failed failed) {
            return "failed: " + failed.reason();
        }
        if (trial.outcome() instanceof Outcome.Stopped stopped) {
            return stopped.summary();
        }
        return trial.repeats().isPresent()
                ? "repeat of trial " + trial.repeats().getAsInt()
                : estimated;
    }

    /** Any table of tablesaw, its first rows. */
    static MimeBundle render(Table table, int most) {
        List<String> header = table.columnNames();
        List<List<String>> rows = new ArrayList<>();
        int shown = Math.min(most, table.rowCount());
        for (int row = 0; row < shown; row++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < header.size(); column++) {
                cells.add(cell(table, row, column));
            }
            rows.add(cells);
        }
        int left = table.rowCount() - shown;
        String foot = left == 0 ? "" : "\u2026 " + left + " more";
        return MimeBundle.html(Html.table(header, rows, foot), Html.text(header, rows, foot));
    }

    private static String cell(Table table, int row, int column) {
        if (table.column(column) instanceof DoubleColumn numbers && !numbers.isMissing(row)) {
            return String.format(Locale.ROOT, "%.4f", numbers.getDouble(row));
        }
        return table.getString(row, column);
    }
}
