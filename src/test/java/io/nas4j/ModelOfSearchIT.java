package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.data.Split;
import io.nas4j.model.NasModel;
import io.nas4j.search.Budget;
import io.nas4j.space.Spaces;
import io.nas4j.train.Retrain;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelOfSearchIT {

    @TempDir Path folder;

    @Test
    void aSavedModelKnowsWhereItComesFrom() throws Exception {
        Data data =
                Readers.fashionMnistSample()
                        .split(
                                new Split(
                                        IntStream.range(0, 200).toArray(),
                                        IntStream.range(200, 250).toArray(),
                                        IntStream.range(250, 300).toArray()));
        SearchResult result =
                Nas.space(Spaces.nasBench201(4, 1))
                        .data(data)
                        .estimator("my score", candidate -> candidate.trial())
                        .seed(7)
                        .budget(Budget.trials(3))
                        .quiet()
                        .run();
        result.model(result.retrain(Retrain.of(1).resolution(8))).save(folder.resolve("model"));
        assertThat(NasModel.load(folder.resolve("model")).card().provenance())
                .containsEntry("search seed", "7")
                .containsEntry("search data content", data.contentHash())
                .containsEntry("search data split", data.split().contentHash())
                .containsEntry("search trials", "3 trials")
                .containsEntry("search score", "2.0 (my score)")
                .containsEntry("epochs", "1")
                .containsKeys("nas4j", "java", "engine", "test accuracy", "training seconds")
                .containsKeys("search strategy", "search estimator", "search seconds");
    }
}
