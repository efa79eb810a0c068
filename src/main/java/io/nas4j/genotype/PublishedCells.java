package io.nas4j.genotype;

import io.nas4j.space.SearchSpace;

/**
 * Cells that papers found, ready to be drawn, counted, trained, or put into a space.
 *
 * <pre>{@code
 * SearchSpace network = PublishedCells.DARTS_V2.network(36, 20);
 * }</pre>
 */
public enum PublishedCells {

    /** NASNet-A, found by reinforcement learning: Zoph et al., 2018. */
    NASNET_A(
            "https://arxiv.org/abs/1707.07012",
            "sep_conv_5x5 1 sep_conv_3x3 0 sep_conv_5x5 0 sep_conv_3x3 0 avg_pool_3x3 1"
                    + " skip_connect 0 avg_pool_3x3 0 avg_pool_3x3 0 sep_conv_3x3 1 skip_connect 1",
            "sep_conv_5x5 1 sep_conv_7x7 0 max_pool_3x3 1 sep_conv_7x7 0 avg_pool_3x3 1"
                    + " sep_conv_5x5 0 skip_connect 3 avg_pool_3x3 2 sep_conv_3x3 2 max_pool_3x3 1"),

    /** AmoebaNet-A, found by regularized evolution: Real et al., 2019. */
    AMOEBANET_A(
            "https://arxiv.org/abs/1802.01548",
            "avg_pool_3x3 0 max_pool_3x3 1 sep_conv_3x3 0 sep_conv_5x5 2 sep_conv_3x3 0"
                    + " avg_pool_3x3 3 sep_conv_3x3 1 skip_connect 1 skip_connect 0 avg_pool_3x3 1",
            "avg_pool_3x3 0 sep_conv_3x3 1 max_pool_3x3 0 sep_conv_7x7 2 sep_conv_7x7 0"
                    + " avg_pool_3x3 1 max_pool_3x3 0 max_pool_3x3 1 conv_7x1_1x7 0 sep_conv_3x3 5"),

    /** DARTS, first order: Liu et al., 2019. */
    DARTS_V1(
            "https://arxiv.org/abs/1806.09055",
            "sep_conv_3x3 1 sep_conv_3x3 0 skip_connect 0 sep_conv_3x3 1 skip_connect 0"
                    + " sep_conv_3x3 1 sep_conv_3x3 0 skip_connect 2",
            "max_pool_3x3 0 max_pool_3x3 1 skip_connect 2 max_pool_3x3 0 max_pool_3x3 0"
                    + " skip_connect 2 skip_connect 2 avg_pool_3x3 0"),

    /** DARTS, second order: Liu et al., 2019. */
    DARTS_V2(
            "https://arxiv.org/abs/1806.09055",
            "sep_conv_3x3 0 sep_conv_3x3 1 sep_conv_3x3 0 sep_conv_3x3 1 sep_conv_3x3 1"
                    + " skip_connect 0 skip_connect 0 dil_conv_3x3 2",
            "max_pool_3x3 0 max_pool_3x3 1 skip_connect 2 max_pool_3x3 1 max_pool_3x3 0"
                    + " skip_connect 2 skip_connect 2 max_pool_3x3 1"),

    /** PC-DARTS on CIFAR-10: Xu et al., 2020. */
    PC_DARTS_CIFAR(
            "https://arxiv.org/abs/1907.05737",
            "sep_conv_3x3 1 skip_connect 0 sep_conv_3x3 0 dil_conv_3x3 1 sep_conv_5x5 0"
                    + " sep_conv_3x3 1 avg_pool_3x3 0 dil_conv_3x3 1",
            "sep_conv_5x5 1 max_pool_3x3 0 sep_conv_5x5 1 sep_conv_5x5 2 sep_conv_3x3 0"
                    + " sep_conv_3x3 3 sep_conv_3x3 1 sep_conv_3x3 2"),

    /** PC-DARTS on ImageNet: Xu et al., 2020. */
    PC_DARTS_IMAGENET(
            "https://arxiv.org/abs/1907.05737",
            "skip_connect 1 sep_conv_3x3 0 sep_conv_3x3 0 skip_connect 1 sep_conv_3x3 1"
                    + " sep_conv_3x3 3 sep_conv_3x3 1 dil_conv_5x5 4",
            "sep_conv_3x3 0 skip_connect 1 dil_conv_5x5 2 max_pool_3x3 1 sep_conv_3x3 2"
                    + " sep_conv_3x3 1 sep_conv_5x5 0 sep_conv_3x3 3");

    private final String source;
    private final Genotype genotype;

    /** Every vertex that no other reads is concatenated; in DARTS and PC-DARTS every vertex. */
    PublishedCells(String source, String normal, String reduce) {
        this.source = source;
        boolean all = normal.split(" ").length == 16;
        genotype = PublishedEdges.genotype(normal, reduce, all);
    }

    /**
     * The cells.
     *
     * @return edges of both
     */
    public Genotype genotype() {
        return genotype;
    }

    /**
     * Where they were published.
     *
     * @return an address
     */
    public String source() {
        return source;
    }

    /**
     * {@link Genotype#network}.
     *
     * @param channels of the first cells, at least 1
     * @param cells how many are stacked, at least 3
     * @return a space of one architecture
     */
    public SearchSpace network(int channels, int cells) {
        return genotype.network(channels, cells);
    }
}
