package io.nas4j;

import io.nas4j.nn.Counts;
import io.nas4j.search.SearchSpec;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Trial;
import io.nas4j.view.Renderable;
import io.nas4j.view.Report;
import io.nas4j.view.Report.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A search as a page: what was found, how, what it depends on, and under which settings. */
final class SearchReport {

    /** A model of fewer trials than this explains nothing. */
    private static final int EXPLAINED = 10;

    private SearchReport() {}

    static Report of(SearchResult result, SearchSpec search) {
        History history = result.history();
        Trial best = result.best();
        List<Section> sections = new ArrayList<>();
        sections.add(
                new Section("What was found", "", List.of(result.diagram()), found(result, best)));
        sections.add(
                Section.of(
                        "How it was found",
                        "Every trial that was scored, and the best until then.",
                        result.plots()));
        long compared = history.comparable().stream().filter(trial -> !trial.reused()).count();
        boolean asked = search.task().space().decisions().stream().anyMatch(d -> d.arity() >= 2);
        if (compared >= EXPLAINED && asked) {
            sections.add(
                    Section.of(
                            "What the score depends on",
                            "By a model of all comparable trials; the best tenth is dark.",
                            result.charts().dependence(),
                            result.charts().parallel()));
        }
        List<Objective> objectives = search.objectives();
        if (objectives.size() >= 2) {
            Renderable front = result.charts().pareto(objectives.get(1), objectives.get(0));
            sections.add(
                    Section.of(
                            "Trade-off",
                            result.pareto().size() + " trials are dominated by no other.",
                            front));
        }
        sections.add(Section.of("The best trials", "", result.trials()));
        sections.add(new Section("Settings", "", List.of(), settings(search, result)));
        return new Report(
                "Search of " + search.task().space().name(),
                String.format(
                        Locale.ROOT,
                        "%s by %s: the best of %s scored %.4f (%s). It ended because %s.",
                        search.task().space().name(),
                        search.strategy().name(),
                        history.counted(),
                        result.bestScore(),
                        best.measure(),
                        result.reason()),
                sections);
    }

    private static Map<String, String> found(SearchResult result, Trial best) {
        Map<String, String> facts = new LinkedHashMap<>();
        Counts counts = result.counts();
        facts.put("trial", "" + best.number());
        facts.put("score", String.format(Locale.ROOT, "%.4f", result.bestScore()));
        facts.put("parameters", String.format(Locale.ROOT, "%,d", counts.parameters()));
        facts.put("multiply-adds", String.format(Locale.ROOT, "%,d", counts.multiplyAdds()));
        facts.put("architecture", best.architecture().choices().toString());
        return facts;
    }

    private static Map<String, String> settings(SearchSpec search, SearchResult result) {
        Map<String, String> facts = new LinkedHashMap<>(result.settings());
        facts.put("space", search.task().space().toString());
        facts.put("budget", search.budget().toString());
        facts.put("computing", String.format(Locale.ROOT, "%,.1f s", result.computeSeconds()));
        if (!result.warnings().isEmpty()) {
            facts.put("warnings", String.join("; ", result.warnings()));
        }
        return facts;
    }
}
