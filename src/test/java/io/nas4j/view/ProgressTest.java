package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.space.Spaces;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static Progress progress(double fraction, String failure, String ending) {
        return new Progress(
                "random search",
                17,
                OptionalInt.of(50),
                "",
                fraction,
                Duration.ofSeconds(42),
                Optional.of(Duration.ofSeconds(81)),
                OptionalDouble.of(0.87312),
                List.of(0.1, 0.5, 0.3, 0.87312),
                "trial 17, epoch 3: 0.8000",
                "cells-0f3ab81c22",
                failure,
                "",
                ending,
                OptionalLong.empty());
    }

    @Test
    void aLineSaysEverything() {
        assertThat(progress(0.34, "trial 3, out of memory", ""))
                .hasToString(
                        "random search  17/50 trials, 34 %  \u2581\u2585\u2583\u2588  best 0.8731  0:42,"
                                + " about 1:21 left  trial 17, epoch 3: 0.8000 (cells-0f3ab81c22)"
                                + "  last failure: trial 3, out of memory");
    }

    @Test
    void theLastFrameHasNoTimeLeftAndNoCandidate() {
        assertThat(progress(1, "", "done: 50 trials"))
                .hasToString(
                        "random search  17/50 trials, 100 %  \u2581\u2585\u2583\u2588  best 0.8731  0:42"
                                + "  done: 50 trials");
        assertThat(progress(1, "", "done: 50 trials").html()).contains("value=\"1000\"");
    }

    @Test
    void markupInAFailureStaysText() {
        Progress progress = progress(0.5, "<script>alert(1)</script>", "");
        assertThat(progress.html()).contains("&lt;script&gt;");
        assertThat(progress.html()).doesNotContain("<script");
    }

    @Test
    void longRunsKeepAShortSparklineWithTheBest() {
        List<Double> scores =
                IntStream.range(0, 100_000).mapToObj(i -> i == 777 ? 1.0 : 0.0).toList();
        String line = Sparkline.of(scores, 24);
        assertThat(line).hasSize(24).contains("\u2588");
    }

    @Test
    void aFractionIsAShare() {
        assertThatThrownBy(() -> progress(1.2, "", ""))
                .hasMessage("a fraction must be in [0, 1], but was 1.2.");
    }

    @Test
    void aDashboardIsSmallEnoughToBeSentTwiceASecond() {
        Dashboard dashboard =
                new Dashboard(
                        progress(0.5, "", ""),
                        Optional.empty(),
                        Optional.of(Chart.bestSoFar(Samples.history(Spaces.darts(), 150))),
                        Optional.of(Diagram.of(Samples.network(Spaces.darts(), 1)).cells()));
        MimeBundle bundle = dashboard.render();
        Xml.requireSafe(bundle);
        assertThat(bundle.data()).containsOnlyKeys(MimeBundle.HTML, MimeBundle.TEXT);
        assertThat(bundle.data().get(MimeBundle.HTML).length()).isLessThan(50_000);
    }
}
