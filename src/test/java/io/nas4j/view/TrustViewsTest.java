package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.analysis.Trust;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TrustViewsTest {

    private static final Pattern CIRCLE =
            Pattern.compile("<circle cx=\"([\\d.]+)\" cy=\"([\\d.]+)\" r=\"5\" fill=\"(#\\w+)\"");
    private static final Pattern NAME =
            Pattern.compile(
                    "<text x=\"([\\d.]+)\" y=\"([\\d.]+)\" font-size=\"12\" fill=\"#\\w+\">"
                            + "(mine\\d|parameters|reference: [^<]*)</text>");

    private static CostAgainstTrust picture(List<Trust> estimators) {
        return new CostAgainstTrust(estimators, "train(epochs=50)", Duration.ofSeconds(100));
    }

    private static List<MatchResult> points(List<Trust> estimators) {
        return CIRCLE.matcher(picture(estimators).svg().document()).results().toList();
    }

    private static double number(MatchResult match, int group) {
        return Double.parseDouble(match.group(group));
    }

    @Test
    void tenTimesTheCostIsOneStepToTheRight() {
        List<MatchResult> points = points(Samples.trust("mine"));
        assertThat(points).hasSize(9);
        double step = number(points.get(2), 1) - number(points.get(0), 1);
        assertThat(step).isPositive();
        for (int i = 4; i < points.size(); i += 2) {
            // coordinates are written with one digit behind the point
            assertThat(number(points.get(i), 1) - number(points.get(i - 2), 1))
                    .isCloseTo(step, within(0.11));
        }
    }

    @Test
    void aHigherTauIsHigherUpAndFreeCountsAreHollow() {
        List<MatchResult> points = points(Samples.trust("mine"));
        for (int i = 1; i < points.size(); i++) {
            assertThat(number(points.get(i), 2)).isLessThan(number(points.get(i - 1), 2));
            assertThat(points.get(i).group(3)).isNotEqualTo("#ffffff");
        }
        assertThat(points.get(0).group(3)).isEqualTo("#ffffff");
    }

    @Test
    void intervalsAreDrawnThroughTheirPoints() {
        String svg = picture(Samples.trust("mine")).svg().document();
        for (MatchResult point : points(Samples.trust("mine"))) {
            String x = point.group(1);
            List<MatchResult> bars =
                    Pattern.compile(
                                    "<line x1=\""
                                            + x
                                            + "\" y1=\"([\\d.]+)\" x2=\""
                                            + x
                                            + "\" y2=\"([\\d.]+)\"")
                            .matcher(svg)
                            .results()
                            .filter(bar -> number(bar, 1) > number(point, 2))
                            .filter(bar -> number(bar, 2) < number(point, 2))
                            .toList();
            assertThat(bars).isNotEmpty();
        }
    }

    @Test
    void everyNameIsDrawnAndNoneCoversAnother() {
        String svg = picture(Samples.trust("mine")).svg().document();
        List<MatchResult> names = NAME.matcher(svg).results().toList();
        assertThat(names).hasSize(10);
        List<double[]> boxes = new ArrayList<>();
        for (MatchResult name : names) {
            double x = number(name, 1);
            double y = number(name, 2);
            boxes.add(new double[] {x, y, x + TextWidth.of(name.group(3), 12)});
        }
        for (int i = 0; i < boxes.size(); i++) {
            for (int k = 0; k < i; k++) {
                double[] a = boxes.get(i);
                double[] b = boxes.get(k);
                boolean apart = a[2] <= b[0] || b[2] <= a[0] || Math.abs(a[1] - b[1]) >= 11;
                assertThat(apart).isTrue();
            }
        }
    }

    @Test
    void withoutARankingThereIsStillAPicture() {
        assertThat(points(List.of())).isEmpty();
        assertThat(picture(List.of()).toString()).contains("judged by train(epochs=50)");
    }

    @Test
    void theTableTellsWhatTheSampleDoesNot() {
        String text = new TrustTable(Samples.trust("mine"), "judged by a table").toString();
        assertThat(text)
                .contains("parameters (free)", "0.30 [0.10, 0.40]", "precision@5", "1/100,000")
                .contains("judged by a table", "mine9: nothing is ranked by mine");
    }

    @Test
    void durationsComeInTheirOwnUnit() {
        assertThat(CostAgainstTrust.words(Duration.ZERO)).isEqualTo("nothing");
        assertThat(CostAgainstTrust.words(Duration.ofNanos(42_000))).isEqualTo("42 \u00b5s");
        assertThat(CostAgainstTrust.words(Duration.ofMillis(4))).isEqualTo("4.0 ms");
        assertThat(CostAgainstTrust.words(Duration.ofSeconds(31))).isEqualTo("31 s");
        assertThat(CostAgainstTrust.words(Duration.ofMinutes(5))).isEqualTo("5.0 min");
        assertThat(CostAgainstTrust.words(Duration.ofHours(30))).isEqualTo("30 h");
    }
}
