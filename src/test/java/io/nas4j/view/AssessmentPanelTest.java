package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.analysis.Assessment;
import io.nas4j.analysis.Tabulated;
import io.nas4j.data.Data;
import io.nas4j.view.Grid.Tile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssessmentPanelTest {

    /** Of five images, number 4 is taken for the other class, and the network is sure of it. */
    static AssessmentPanel panel(String name) {
        byte[] pixels = new byte[6 * 4];
        Arrays.fill(pixels, 16, 20, (byte) 255);
        Data data =
                Data.images(
                        "five", pixels, 1, 2, 2, new int[] {0, 1, 0, 1, 0, 1}, List.of(name, "b"));
        float[][] answers = {{0.9f, 0.1f}, {0.2f, 0.8f}, {0.7f, 0.3f}, {0.05f, 0.95f}};
        return new AssessmentPanel(
                new Assessment(
                                data.classes(),
                                new int[] {0, 1, 2, 4},
                                new int[] {0, 1, 0, 0},
                                answers)
                        .on(data));
    }

    @Test
    void itTellsTheNumbersAndTheMistakes() {
        String text = panel("a").toString();
        assertThat(text)
                .startsWith("accuracy 0.7500 [0.194, 0.994] on 4 examples")
                .contains("example 4: a, not b (0.95)");
        assertThat(panel("a").confusion().values())
                .containsExactly(List.of(2 / 3.0, 1 / 3.0), List.of(0.0, 1.0));
        assertThat(panel("a").calibration().series().get(1).ys()).containsExactly(1.0, 1.0, 0.0);
    }

    @Test
    void theWorstMistakesAreShownAsTheyAre() {
        Grid shown = panel("a").mistakes().orElseThrow();
        assertThat(shown.tiles()).hasSize(1);
        Tile tile = shown.tiles().get(0);
        assertThat(tile.caption()).isEqualTo("a, not b (0.95)");
        assertThat(((Thumbnail) tile.picture()).pixels()).containsOnly((byte) 255);
        // one bright path for four equal pixels
        assertThat(tile.picture().svg().body()).containsOnlyOnce("<path").contains("#fff");
    }

    @Test
    void aNotebookDrawsAssessmentsAndTables() {
        String html =
                Renderers.render(panel("a").found()).orElseThrow().data().get(MimeBundle.HTML);
        assertThat(html).contains("<table").contains("calibration", "Heat map", "Image of 2 by 2");
        Tabulated table =
                new Tabulated() {
                    @Override
                    public List<String> header() {
                        return List.of("class", "probability");
                    }

                    @Override
                    public List<List<String>> rows() {
                        return List.of(List.of("cat", "0.9"));
                    }
                };
        assertThat(Renderers.render(table).orElseThrow().data().get(MimeBundle.HTML))
                .contains("<table", "cat");
    }

    @Test
    void ofManyClassesThePairsThatAreConfusedAreListed() {
        List<String> names = IntStream.range(0, 60).mapToObj(i -> "class " + i).toList();
        float[][] answers = new float[3][60];
        answers[0][7] = 1;
        answers[1][7] = 1;
        answers[2][2] = 1;
        Assessment found = new Assessment(names, new int[] {0, 1, 2}, new int[] {5, 5, 2}, answers);
        MimeBundle bundle = new AssessmentPanel(found).render();
        assertThat(bundle.data().get(MimeBundle.HTML))
                .contains("taken for")
                .doesNotContain("Heat map");
    }
}
