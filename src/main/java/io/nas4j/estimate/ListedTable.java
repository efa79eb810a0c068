package io.nas4j.estimate;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A table of a user's rows, by architecture and rung. */
final class ListedTable implements ScoreTable {

    private final String name;
    private final List<TableRow> rows;
    private final Map<Architecture, Map<Integer, Repetitions>> entries = new LinkedHashMap<>();
    private final List<Integer> rungs;
    private final Architecture best;

    ListedTable(String name, List<TableRow> rows) {
        require(!rows.isEmpty(), "table \"%s\" must have a row, but has none.", name);
        this.name = name;
        this.rows = List.copyOf(rows);
        Map<List<Object>, Integer> seen = new LinkedHashMap<>();
        Map<Architecture, Map<Integer, List<Estimate>>> grouped = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            TableRow row = rows.get(i);
            double score = row.estimate().score();
            require(
                    Double.isFinite(score),
                    "scores of table \"%s\" must be finite, but row %d has %s. Try dropping that"
                            + " row.",
                    name,
                    i + 1,
                    score);
            require(
                    row.epochs() >= 0,
                    "epochs must be at least 0, but row %d has %d.",
                    i + 1,
                    row.epochs());
            Integer twin =
                    seen.putIfAbsent(List.of(row.architecture(), row.epochs(), row.seed()), i);
            if (twin == null) {
                grouped.computeIfAbsent(row.architecture(), a -> new LinkedHashMap<>())
                        .computeIfAbsent(row.epochs(), e -> new ArrayList<>())
                        .add(row.estimate());
            } else {
                double other = rows.get(twin).estimate().score();
                require(
                        other == score,
                        "two rows of table \"%s\" for one architecture must agree, but rows %d and"
                                + " %d of %s say %s and %s. Try a different seed for each"
                                + " repetition.",
                        name,
                        twin + 1,
                        i + 1,
                        row.architecture().choices(),
                        other,
                        score);
            }
        }
        grouped.forEach(
                (architecture, byRung) -> {
                    Map<Integer, Repetitions> entry = new LinkedHashMap<>();
                    byRung.forEach((rung, seeds) -> entry.put(rung, Repetitions.of(seeds)));
                    entries.put(architecture, entry);
                });
        this.rungs = rows.stream().map(TableRow::epochs).distinct().sorted().toList();
        this.best = ScoreTable.best(this);
    }

    @Override
    public String title() {
        return name;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Stream<Architecture> architectures() {
        return entries.keySet().stream();
    }

    @Override
    public List<Integer> rungs() {
        return rungs;
    }

    @Override
    public Architecture best() {
        return best;
    }

    @Override
    public Optional<Estimate> find(Architecture architecture, int rung, OptionalLong seed) {
        Repetitions found = entries.getOrDefault(architecture, Map.of()).get(rung);
        if (found == null) {
            return Optional.empty();
        }
        if (seed.isEmpty()) {
            return Optional.of(found.mean());
        }
        int index = (int) Long.remainderUnsigned(seed.getAsLong(), found.seeds().size());
        return Optional.of(found.seeds().get(index));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ListedTable that
                && name.equals(that.name)
                && rows.equals(that.rows);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + rows.hashCode();
    }

    @Override
    public String toString() {
        return name
                + ": "
                + size()
                + " architectures"
                + (rungs.size() > 1 ? ", rungs " + rungs : "");
    }

    private record Repetitions(List<Estimate> seeds, Estimate mean) {

        static Repetitions of(List<Estimate> seeds) {
            Estimate first = seeds.get(0);
            if (seeds.size() == 1) {
                return new Repetitions(List.copyOf(seeds), first);
            }
            double score = seeds.stream().mapToDouble(Estimate::score).average().orElseThrow();
            double nanos =
                    seeds.stream()
                            .mapToDouble(seed -> seed.cost().compute().toNanos())
                            .average()
                            .orElseThrow();
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (String metric : first.metrics().keySet()) {
                if (seeds.stream().allMatch(seed -> seed.metrics().containsKey(metric))) {
                    metrics.put(
                            metric,
                            seeds.stream()
                                    .mapToDouble(seed -> seed.metrics().get(metric))
                                    .average()
                                    .orElseThrow());
                }
            }
            Cost cost =
                    new Cost(
                            Duration.ofNanos(Math.round(nanos)),
                            first.cost().parameters(),
                            first.cost().multiplyAdds());
            return new Repetitions(
                    List.copyOf(seeds), new Estimate(score, metrics, List.of(), cost));
        }
    }
}
