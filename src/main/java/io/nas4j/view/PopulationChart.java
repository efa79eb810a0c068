package io.nas4j.view;

import io.nas4j.analysis.Lineage;
import io.nas4j.trial.Metrics;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.ArrayList;
import java.util.List;

/** The members of an ageing population as a chart. */
final class PopulationChart {

    /** Below this share of the members, a score is only marked as low. */
    private PopulationChart() {}

    static Chart of(Lineage lineage) {
        List<Double> lives = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        List<Double> births = new ArrayList<>();
        List<Double> inherited = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        for (Lineage.Member member : lineage.members()) {
            double number = member.trial().number();
            double score = member.trial().score().orElseThrow();
            lives.addAll(List.of(number, (double) member.leaves()));
            scores.addAll(List.of(score, score));
            numbers.add(number);
            own.add(score);
            member.parent()
                    .ifPresent(
                            parent -> {
                                births.addAll(List.of(number, number));
                                inherited.addAll(List.of(parent.score().orElseThrow(), score));
                            });
        }
        String measure =
                lineage.members().stream()
                        .findFirst()
                        .map(m -> m.trial().measure())
                        .orElse(Metrics.SCORE);
        return new Chart(
                "Population by age",
                Axis.of("trial"),
                Axis.withoutTheWorst(Measures.words(measure), own),
                List.of(
                        new Series("life, from birth to death", Mark.SEGMENTS, lives, scores),
                        new Series("from parent to child", Mark.SEGMENTS, births, inherited),
                        new Series("birth", Mark.POINTS, numbers, own),
                        ancestors(lineage)));
    }

    private static Series ancestors(Lineage lineage) {
        List<Lineage.Member> line =
                lineage.members().stream()
                        .map(Lineage.Member::trial)
                        .reduce((a, b) -> b.score().orElseThrow() > a.score().orElseThrow() ? b : a)
                        .map(lineage::ancestors)
                        .orElse(List.of());
        return new Series(
                "line of the best",
                Mark.STEPS,
                line.stream().map(m -> (double) m.trial().number()).toList(),
                line.stream().map(m -> m.trial().score().orElseThrow()).toList());
    }
}
