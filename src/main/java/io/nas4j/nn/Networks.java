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
        return new Network(lower(network, input, classes, Setting.EVALUATION.withWidth(width)));
    }

    /**
     * Builds the list of array operations, without any arrays.
     *
     * <p>Where holes decide what vertices read, a cell of {@code LOOSE_ENDS} concatenates only
     * those that no option reads: a supernet of NASNet's cells has narrower outputs than its
     * networks.
     *
     * @param space a network, or a space whose holes become {@link Kernel.Mix}
     * @param input the shape of a sample
     * @param classes how many outputs
     * @param setting how it is built
     * @return the program
     * @throws IllegalArgumentException when the network does not fit the data, or a hole cannot be
     *     mixed
     */
    public static Program lower(SearchSpace space, InputShape input, int classes, Setting setting) {
        return Lowering.of(space, input, classes, setting);
    }
}
