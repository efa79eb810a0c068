package io.nas4j.trial;

import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;
import java.util.List;

/**
 * What a search is about.
 *
 * @param space which architectures exist; its constraints are meant for networks of the data
 * @param data what they are to learn
 * @param objectives what the search states that it wants, the first one foremost; empty: what its
 *     strategy optimises by default
 * @param seeds where all randomness comes from
 * @param device where networks train: {@code auto} (a GPU when the engine sees one), {@code cpu},
 *     {@code gpu} or {@code gpu:1}
 */
public record Task(
        SearchSpace space, Data data, List<Objective> objectives, Seeds seeds, String device) {

    public Task {
        if (!space.constraints().isEmpty()) {
            space = space.on(data.channels(), data.height(), data.width(), data.outputs(), device);
        }
        objectives = List.copyOf(objectives);
    }

    /**
     * Without objectives of its own.
     *
     * @param space which architectures exist
     * @param data what they are to learn
     * @param seeds where all randomness comes from
     * @param device where networks train
     */
    public Task(SearchSpace space, Data data, Seeds seeds, String device) {
        this(space, data, List.of(), seeds, device);
    }

    /**
     * On a GPU when the engine sees one.
     *
     * @param space which architectures exist
     * @param data what they are to learn
     * @param seeds where all randomness comes from
     */
    public Task(SearchSpace space, Data data, Seeds seeds) {
        this(space, data, seeds, "auto");
    }

    /**
     * Sets {@link #data}.
     *
     * @param other what is to be learned
     * @return a copy
     */
    public Task data(Data other) {
        return new Task(space, other, objectives, seeds, device);
    }

    /**
     * Sets {@link #objectives}.
     *
     * @param others empty: what the strategy optimises by default
     * @return a copy
     */
    public Task objectives(List<Objective> others) {
        return new Task(space, data, others, seeds, device);
    }

    /**
     * Sets {@link #seeds}.
     *
     * @param others where all randomness comes from
     * @return a copy
     */
    public Task seeds(Seeds others) {
        return new Task(space, data, objectives, others, device);
    }

    /**
     * Sets {@link #device}.
     *
     * @param other {@code auto}, the default, {@code cpu}, {@code gpu} or {@code gpu:1}
     * @return a copy
     */
    public Task device(String other) {
        return new Task(space, data, objectives, seeds, other);
    }
}
