package io.nas4j.trial;

import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;

/**
 * What a search is about.
 *
 * @param space which architectures exist
 * @param data what they are to learn
 * @param seeds where all randomness comes from
 * @param device where networks train: {@code auto} (a GPU when the engine sees one), {@code cpu},
 *     {@code gpu} or {@code gpu:1}
 */
public record Task(SearchSpace space, Data data, Seeds seeds, String device) {

    public Task(SearchSpace space, Data data, Seeds seeds) {
        this(space, data, seeds, "auto");
    }
}
