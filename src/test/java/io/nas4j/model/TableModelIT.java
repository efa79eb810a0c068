package io.nas4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nas4j.data.Csv;
import io.nas4j.data.Data;
import io.nas4j.data.Frame;
import io.nas4j.data.TableReader;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.train.Retrain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that learned from a table reads tables. */
class TableModelIT {

    @TempDir Path folder;

    /** Has a column of every kind, with a missing cell in each. */
    private static Frame flats(int rows) {
        StringBuilder text = new StringBuilder("rooms,town,sold,built,note,id,price,kind\n");
        for (int i = 0; i < rows; i++) {
            text.append(i % 7 == 0 ? "" : i % 5 + 1).append(',');
            text.append(i % 11 == 0 ? "" : List.of("Ulm", "Bonn", "Kiel").get(i % 3)).append(',');
            text.append(i % 13 == 0 ? "" : "2024-0" + (i % 9 + 1) + "-11").append(',');
            text.append("2020-01-0").append(i % 9 + 1).append("T1").append(i % 10).append(":30,");
            text.append("flat number ").append(i).append(" with a garden,same,");
            text.append(100 + 37 * i % 300 + 0.5).append(',').append(i % 2 == 0 ? "a" : "b");
            text.append('\n');
        }
        return Frame.of(Csv.parse("flats", text.toString()));
    }

    private NasModel trained(String target, String left) throws InterruptedException {
        Data data = new TableReader().read(without(flats(60), left), target);
        SearchSpace space = Spaces.mlp();
        SearchSpace network = space.network(space.sample(new SplittableRandom(1)));
        return NasModel.of(Retrain.of(1).run(network, data, 1), Map.of());
    }

    private static Frame without(Frame frame, String name) {
        return new Frame(
                frame.name(),
                frame.columns().stream().filter(c -> !c.name().equals(name)).toList());
    }

    @Test
    void aSavedModelAnswersToTheCellsOfATableAsToTheRowsThatItLearnedFrom()
            throws IOException, InterruptedException {
        NasModel model = trained("price", "kind");
        model.save(folder.resolve("model"));
        NasModel again = NasModel.load(folder.resolve("model"));
        assertThat(again.card()).isEqualTo(NasModel.load(folder.resolve("model")).card());
        assertThat(again.card().encoding()).isEqualTo(model.card().encoding());

        Data data = new TableReader().read(without(flats(60), "kind"), "price");
        float[][] byTable = again.predictNumbers(flats(60));
        float[][] byRows = model.predictNumbers(data.values());
        assertThat(byTable).hasDimensions(60, 1);
        for (int i = 0; i < 60; i++) {
            assertThat(byTable[i][0]).isCloseTo(byRows[i][0], within(1e-3f));
        }
        assertThat(again.card().encoding().orElseThrow().encode(flats(60)))
                .isEqualTo(data.values());
        // of another table, too, in which every cell of a column is missing
        Csv one = Csv.parse("one", "id,sold,built,note,rooms,town\n,2024-03-11,,,2,Rome\n");
        assertThat(again.predictNumbers(Frame.of(one))[0][0]).isFinite();
    }

    @Test
    void classesOfATableAreAnsweredByRow() throws InterruptedException {
        NasModel model = trained("kind", "price");
        List<Classification> answers = model.predict(flats(5));
        assertThat(answers).hasSize(5);
        assertThat(answers.get(0).toString()).containsAnyOf("a", "b");
        assertThatThrownBy(() -> model.predict(without(flats(5), "rooms")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"rooms\" must be a column of \"flats\"");
    }

    @Test
    void aNetworkOfPlainRowsSaysWhatToAskItWith() throws InterruptedException {
        float[] values = new float[40 * 3];
        IntStream.range(0, values.length).forEach(i -> values[i] = i % 7);
        int[] labels = IntStream.range(0, 40).map(i -> i % 2).toArray();
        Data data = Data.rows("plain", values, 3, labels, List.of("a", "b"));
        SearchSpace space = Spaces.mlp();
        SearchSpace network = space.network(space.sample(new SplittableRandom(1)));
        NasModel model = NasModel.of(Retrain.of(1).run(network, data, 1), Map.of());
        assertThat(model.card().encoding()).isEmpty();
        assertThatThrownBy(() -> model.predict(flats(2)))
                .hasMessageContaining("but this read rows. Try predict(float[])");
    }
}
