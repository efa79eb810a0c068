package io.nas4j.model;

import io.nas4j.data.Answer;
import io.nas4j.json.ModelCard;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Slot;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.train.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A model that nobody trained. */
final class SmallModel {

    private SmallModel() {}

    /** Of images of 8 by 8 and three classes. */
    static NasModel of(int channels) {
        SplittableRandom random = new SplittableRandom(4);
        SearchSpace space = Spaces.nasBench201(4, 1);
        SearchSpace network = space.network(space.sample(random));
        List<Tensor> weights = new ArrayList<>();
        for (Slot slot : Networks.lower(network, new InputShape(channels, 8, 8), 3, 1).slots()) {
            weights.add(
                    new Tensor(
                            slot.name(),
                            slot.shape().stream().map(Integer::longValue).toList(),
                            slot.initial(random)));
        }
        return new NasModel(
                new ModelCard(
                        network,
                        channels,
                        8,
                        8,
                        true,
                        Optional.empty(),
                        Answer.classes(List.of("cat", "dog", "other")),
                        Collections.nCopies(channels, 0.02),
                        Collections.nCopies(channels, -1.5),
                        Map.of("author", "me")),
                weights);
    }
}
