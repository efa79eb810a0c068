package io.nas4j.nn;

import io.nas4j.space.SearchSpace;

/** The compiler: from the grammar to what DJL trains. */
public final class Networks {

    private Networks() {}

    /**
     * Builds a network for training; weights are drawn by {@link Network#initialize}.
     *
     * @param network a space without holes: {@code space.network(architecture)}
     * @param input the shape of a sample
     * @param classes how many outputs
     * @param width a factor in (0, 1] on all channels and units
     * @return a block from {@code [batch, channels, height, width]} to {@code [batch, classes]}
     * @throws IllegalArgumentException when the network does not fit the data, naming the place
     */
    public static Network compile(
            SearchSpace network, InputShape input, int classes, double width) {
        return new Network(lower(network, input, classes, width));
    }

    /**
     * Builds the list of array operations, without any arrays.
     *
     * @param network a space without holes
     * @param input the shape of a sample
     * @param classes how many outputs
     * @param width a factor in (0, 1] on all channels and units, rounded, that leaves at least 1
     * @return the program
     * @throws IllegalArgumentException when the network does not fit the data
     */
    public static Program lower(SearchSpace network, InputShape input, int classes, double width) {
        return Lowering.of(network, input, classes, width);
    }
}
