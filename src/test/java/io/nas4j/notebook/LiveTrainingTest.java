package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.trial.Point;
import io.nas4j.view.MimeBundle;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveTrainingTest {

    private final RecordedSink recorder = new RecordedSink();
    private long now;
    private final LiveTraining live = new LiveTraining(recorder, () -> now, "retraining cells");

    @Test
    void itIsDrawnAtMostTwiceASecondAndAlwaysAtTheEnd() {
        for (int i = 0; i <= 100; i++) {
            live.on(state(i / 100.0, 600));
            now += 20_000_000; // two seconds in all
        }
        live.end("done: test accuracy 0.9");
        assertThat(recorder.calls)
                .containsExactly("display", "update", "update", "update", "update", "complete");
        assertThat(recorder.last().text()).endsWith("done: test accuracy 0.9");
    }

    @Test
    void theFirstFrameComesBeforeTheDataAndIsReplacedAtTheFirstStep() {
        live.prepare(3, 20);
        assertThat(recorder.last().text())
                .startsWith("retraining cells, seed 1 of 3  epoch 0/20, 0 %")
                .endsWith("note: preparing: the data and the network");
        live.on(state(0, 0));
        assertThat(recorder.calls).containsExactly("display", "update");
        assertThat(recorder.last().text()).doesNotContain("preparing");
        assertThat(live.withdraw()).isFalse();
    }

    @Test
    void ofATrainingThatIsRefusedNothingIsLeft() {
        live.prepare(1, 20);
        assertThat(live.withdraw()).isTrue();
        assertThat(recorder.calls).containsExactly("display", "withdraw");
    }

    @Test
    void aLineTellsHowFarItIsAndThePanelDrawsTheCurve() {
        live.on(state(0, 0));
        now += 60_000_000_000L;
        live.on(state(0.25, 5));
        assertThat(recorder.last().text())
                .startsWith("retraining cells, seed 2 of 3  epoch 5/20, 25 %  ")
                .contains("validation 0.4000, training 0.5000, loss 0.7000")
                .endsWith("1:00, about 3:00 left  note: a checkpoint could not be written");
        assertThat(recorder.last().data().get(MimeBundle.HTML))
                .contains("<img ")
                .contains("<progress max=\"1000\" value=\"250\"");
    }

    @Test
    void whatACheckpointHadIsNotCountedAsSpeed() {
        live.on(state(0.5, 10));
        now += 60_000_000_000L;
        live.on(state(0.75, 15));
        assertThat(recorder.last().text()).contains("1:00, about 1:00 left");
    }

    @Test
    void aCurveOfManyEpochsStaysSmall() {
        live.on(state(1, 5000));
        assertThat(recorder.last().data().get(MimeBundle.HTML).length()).isLessThan(50_000);
    }

    private static LiveTraining.State state(double fraction, int epochs) {
        List<Point> training =
                IntStream.rangeClosed(1, epochs).mapToObj(e -> new Point(e, e / 10.0)).toList();
        List<Point> validation =
                IntStream.rangeClosed(1, epochs)
                        .mapToObj(e -> new Point(e, (e - 1) / 10.0))
                        .toList();
        return new LiveTraining.State(
                2,
                3,
                epochs,
                20,
                fraction,
                epochs == 0 ? OptionalDouble.empty() : OptionalDouble.of(0.7),
                training,
                validation,
                "a checkpoint could not be written");
    }
}
