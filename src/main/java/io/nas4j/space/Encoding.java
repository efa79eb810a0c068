package io.nas4j.space;

import java.util.Collection;

/** An architecture as numbers, for surrogate models. */
public interface Encoding {

    /**
     * How many numbers.
     *
     * @return the same for every architecture of the space
     */
    int length();

    /**
     * Encodes.
     *
     * @param architecture of the encoding's space
     * @return {@link #length()} numbers
     */
    double[] encode(Architecture architecture);

    /**
     * One number an option, decisions in the order of {@link SearchSpace#decisions()}: 1 for what
     * was picked (of a subset, for each pick), 0 for the rest and for decisions that were not
     * reached.
     *
     * @param space whose architectures to encode
     * @return the encoding
     */
    static Encoding oneHot(SearchSpace space) {
        return new OneHot(space);
    }

    /**
     * One number a path of operations from the input of a cell (or of the whole network, where the
     * space has no shared cells) to its output: 1 where the architecture has it. Short paths come
     * first, since they are met more often.
     *
     * @param space whose architectures to encode
     * @param known the paths of these get a number; others are left out
     * @param length the most paths to keep
     * @return the encoding
     * @see <a href="https://arxiv.org/abs/1910.11858">White et al., 2021</a>
     */
    static Encoding paths(SearchSpace space, Collection<Architecture> known, int length) {
        return Paths.over(space, known, length);
    }
}
