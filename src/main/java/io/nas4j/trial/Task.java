package io.nas4j.trial;

import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;

/**
 * What a search is about.
 *
 * @param space which architectures exist
 * @param data what they are to learn
 * @param seeds where all randomness comes from
 */
public record Task(SearchSpace space, Data data, Seeds seeds) {}
