package io.nas4j.estimate;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Csv;
import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Metrics;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Rows of a user's table of text; see {@link Tabular#csv(java.nio.file.Path, SearchSpace)}.
 *
 * @param csv the table
 * @param space what the choices mean
 */
record ScoreCsv(Csv csv, SearchSpace space) {

    private static final Set<String> KNOWN =
            Set.of(
                    "architecture",
                    Metrics.SCORE,
                    "seconds",
                    "cost",
                    "epochs",
                    "seed",
                    Metrics.PARAMETERS,
                    Metrics.MULTIPLY_ADDS);

    List<TableRow> rows() {
        for (String column : List.of("architecture", Metrics.SCORE)) {
            require(
                    csv.column(column) >= 0,
                    "table \"%s\" must have a column \"%s\", but has %s. Try renaming one.",
                    csv.name(),
                    column,
                    csv.header());
        }
        return IntStream.range(0, csv.rows().size()).mapToObj(this::row).toList();
    }

    private TableRow row(int row) {
        double seconds = number(row, csv.column("seconds") >= 0 ? "seconds" : "cost");
        require(
                seconds >= 0,
                "a cost must be at least 0 seconds, but row %d has %s.",
                row + 1,
                seconds);
        Cost cost =
                new Cost(
                        TableRow.duration(seconds),
                        Math.round(number(row, Metrics.PARAMETERS)),
                        Math.round(number(row, Metrics.MULTIPLY_ADDS)));
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String column : csv.header()) {
            if (!KNOWN.contains(column) && isNumber(csv.rows().get(0).get(csv.column(column)))) {
                metrics.put(column, csv.number(row, csv.column(column)));
            }
        }
        return new TableRow(
                architecture(row),
                (int) Math.round(number(row, "epochs")),
                Math.round(number(row, "seed")),
                new Estimate(csv.number(row, csv.column(Metrics.SCORE)), metrics, List.of(), cost));
    }

    private double number(int row, String column) {
        int at = csv.column(column);
        return at < 0 ? 0 : csv.number(row, at);
    }

    private static boolean isNumber(String text) {
        return text.matches("[-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?");
    }

    private Architecture architecture(int row) {
        String text = csv.rows().get(row).get(csv.column("architecture"));
        // NAS-Bench-201 writes |op~input|+|op~input|op~input|
        Deque<String> words =
                new ArrayDeque<>(
                        Arrays.stream(text.split("[\\s;,|\\[\\]]+"))
                                .map(word -> word.replaceFirst("~\\d+$", ""))
                                .filter(word -> !word.isEmpty() && !word.equals("+"))
                                .toList());
        Architecture architecture =
                space.choose(decision -> answer(decision, words.poll(), row, text));
        require(
                words.isEmpty(),
                "an architecture of \"%s\" must have %d choices here, but row %d of \"%s\" has \"%s\".",
                space.name(),
                architecture.choices().size(),
                row + 1,
                csv.name(),
                text);
        return architecture;
    }

    private int answer(Decision decision, String word, int row, String text) {
        require(
                word != null,
                "an architecture of \"%s\" must answer \"%s\", but row %d of \"%s\" ends before: \"%s\".",
                space.name(),
                decision.id(),
                row + 1,
                csv.name(),
                text);
        int answer =
                word.matches("\\d{1,9}")
                        ? Integer.parseInt(word)
                        : IntStream.range(0, decision.arity())
                                .filter(i -> decision.label(i).equals(word))
                                .findFirst()
                                .orElse(-1);
        require(
                answer >= 0 && answer < decision.arity(),
                "\"%s\" must be in [0, %d) or one of %s, but row %d of \"%s\" says \"%s\".",
                decision.id(),
                decision.arity(),
                decision.labels(),
                row + 1,
                csv.name(),
                word);
        return answer;
    }
}
