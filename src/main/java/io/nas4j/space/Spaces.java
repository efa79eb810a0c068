package io.nas4j.space;

import static io.nas4j.space.Grammar.avgPool;
import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.dilConv;
import static io.nas4j.space.Grammar.facConv;
import static io.nas4j.space.Grammar.maxPool;
import static io.nas4j.space.Grammar.none;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.op;
import static io.nas4j.space.Grammar.sepConv;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Require.require;

import io.nas4j.operation.GraphOperations;
import java.util.List;

/** Ready-made spaces: those of the papers, and small ones for a laptop. */
public final class Spaces {

    private Spaces() {}

    /**
     * Small DARTS-like cells, the default for a laptop: 8 channels, 5 cells of 3 vertices, 5
     * operations.
     *
     * @return normal and reduction cell, each edge one of max pooling, skip connection, separable
     *     convolution 3×3 and 5×5, dilated convolution 3×3
     */
    public static SearchSpace cells() {
        return cells(8, 5, 3);
    }

    /**
     * Small DARTS-like cells of a size of your own; architectures of the same {@code vertices} are
     * interchangeable.
     *
     * @param channels of the first cells, at least 1; doubled at each reduction
     * @param cells how many are stacked, at least 3
     * @param vertices a cell, at least 1
     * @return the space
     */
    public static SearchSpace cells(int channels, int cells, int vertices) {
        return CellSpaces.darts(
                "cells" + (vertices == 3 ? "" : "-" + vertices),
                List.of(maxPool(3), skip(), sepConv(3), sepConv(5), dilConv(3)),
                channels,
                cells,
                vertices);
    }

    /**
     * The space of DARTS at the size of its search: 16 channels, 8 cells.
     *
     * @return about 1.08e18 architectures
     * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019</a>
     */
    public static SearchSpace darts() {
        return darts(16, 8);
    }

    /**
     * The space of DARTS at another size; its architectures are interchangeable with {@link
     * #darts()}'s. The paper evaluates with 36 channels and 20 cells.
     *
     * @param channels of the first cells
     * @param cells how many are stacked, at least 3
     * @return the space
     */
    public static SearchSpace darts(int channels, int cells) {
        return CellSpaces.darts(
                "darts",
                List.of(
                        maxPool(3),
                        avgPool(3),
                        skip(),
                        sepConv(3),
                        sepConv(5),
                        dilConv(3),
                        dilConv(5)),
                channels,
                cells,
                4);
    }

    /**
     * DARTS' stack of cells: a 3×3 stem of three times the channels, then cells that each read the
     * two before; those at a third and at two thirds reduce: they halve the map and double the
     * channels.
     *
     * @param name of the space
     * @param normal a cell of two inputs, with or without holes
     * @param reduce the same for the two reducing places
     * @param channels of the first cells, at least 1
     * @param cells how many are stacked, at least 3
     * @return a space; a network where neither cell has holes
     */
    public static SearchSpace stack(
            String name, Node.Cell normal, Node.Cell reduce, int channels, int cells) {
        return CellSpaces.stacked(name, normal, reduce, channels, cells);
    }

    /**
     * The same cells in a stack of another size: of {@link #stack}, so of {@link #cells()}, {@link
     * #darts()}, {@link #nasnet()} and published cells, or of {@link #nasBench201()}.
     *
     * @param space with or without holes; its architectures are those of the other one too
     * @param channels of the first cells, at least 1
     * @param cells how many are stacked, at least 3; of NAS-Bench-201's, in each of three stages
     * @return the space, or the network, of that size
     * @throws IllegalArgumentException for any other space
     */
    public static SearchSpace scaled(SearchSpace space, int channels, int cells) {
        return CellSpaces.scaled(space, channels, cells);
    }

    /**
     * NASNet's and AmoebaNet's cells in small: 5 vertices, each the sum of two operations on any
     * two earlier values; the loose ends are concatenated.
     *
     * @return the space at 8 channels and 5 cells
     * @see <a href="https://arxiv.org/abs/1802.01548">Real et al., 2019</a>
     */
    public static SearchSpace nasnet() {
        return nasnet(8, 5, 5);
    }

    /**
     * NASNet's cells of a size of your own.
     *
     * @param channels of the first cells
     * @param cells how many are stacked, at least 3
     * @param vertices a cell; the papers' is 5
     * @return the space
     */
    public static SearchSpace nasnet(int channels, int cells, int vertices) {
        return CellSpaces.nasnet(
                "nasnet" + (vertices == 5 ? "" : "-" + vertices),
                List.of(
                        skip(),
                        sepConv(3),
                        sepConv(5),
                        sepConv(7),
                        avgPool(3),
                        maxPool(3),
                        dilConv(3),
                        facConv(7)),
                channels,
                cells,
                vertices);
    }

    /**
     * NAS-Bench-201: 15,625 cells of four nodes and six edges; three stages of five cells, 16
     * channels.
     *
     * @return the space; {@link SearchSpace#stream()} counts the first edge (1←0) most significant,
     *     then 2←0, 2←1, 3←0, 3←1, 3←2
     * @see <a href="https://arxiv.org/abs/2001.00326">Dong and Yang, 2020</a>
     */
    public static SearchSpace nasBench201() {
        return nasBench201(16, 5);
    }

    /**
     * NAS-Bench-201's cells in a network of another size.
     *
     * @param channels of the first stage; doubled twice
     * @param cells a stage, at least 1
     * @return the space
     */
    public static SearchSpace nasBench201(int channels, int cells) {
        require(cells >= 1, "a stage must have at least 1 cell, but had %d.", cells);
        return CellSpaces.dense(
                "nas-bench-201",
                List.of(none(), skip(), norConv(1), norConv(3), avgPool(3)),
                4,
                channels,
                cells);
    }

    /**
     * A cell of three nodes and three edges, of which every network has been trained: three stages
     * of one cell with 8, 16 and 32 channels.
     *
     * @return 216 architectures; {@link SearchSpace#stream()} counts the edge 1←0 most significant,
     *     then 2←0, 2←1
     */
    public static SearchSpace smallBench() {
        return CellSpaces.dense(
                "small-bench",
                List.of(none(), skip(), norConv(1), norConv(3), sepConv(3), avgPool(3)),
                3,
                8,
                1);
    }

    /**
     * A plain convolutional network: 1 to 4 blocks; each decides its kernel, its filters, its
     * activation and whether it pools.
     *
     * @return the space
     */
    public static SearchSpace chain() {
        return ChainSpaces.convolutional(4);
    }

    /**
     * A plain convolutional network of up to {@code blocks} blocks.
     *
     * @param blocks the largest depth, at least 1
     * @return the space
     */
    public static SearchSpace chain(int blocks) {
        return ChainSpaces.convolutional(blocks);
    }

    /**
     * A multi-layer perceptron: 1 to 4 hidden layers; each decides its width, its activation and
     * its dropout.
     *
     * @return the space, for tables and for small images
     */
    public static SearchSpace mlp() {
        return ChainSpaces.perceptron(4);
    }

    /**
     * A multi-layer perceptron of up to {@code layers} hidden layers.
     *
     * @param layers the largest depth, at least 1
     * @return the space
     */
    public static SearchSpace mlp(int layers) {
        return ChainSpaces.perceptron(layers);
    }

    /**
     * Zoph and Le's strings in small: 4 layers, each with filter height, filter width, stride,
     * number of filters and skip connections from earlier layers.
     *
     * @return the space
     * @see <a href="https://arxiv.org/abs/1611.01578">Zoph and Le, 2017</a>
     */
    public static SearchSpace zophLe() {
        return zophLe(4);
    }

    /**
     * Zoph and Le's strings of a depth of your own.
     *
     * @param layers how many convolutions, at least 1
     * @return the space
     */
    public static SearchSpace zophLe(int layers) {
        return ChainSpaces.zophLe(layers);
    }

    /**
     * Two levels of motifs: small graphs of operations become the operations of a larger graph.
     *
     * @return the space
     * @see <a href="https://arxiv.org/abs/1711.00436">Liu et al., 2018</a>
     */
    public static SearchSpace hierarchical() {
        return CellSpaces.hierarchical(
                List.of(none(), skip(), norConv(1), sepConv(3), maxPool(3), avgPool(3)), 16);
    }

    /**
     * NAS-Bench-Graph: graph neural networks of four operations, each on the input or on one
     * earlier operation; those that no other reads are the output. Their operations are names only:
     * such a space is searched in a table.
     *
     * @return 157,440 ways to write one of 26,206 networks down, all but those of skips alone;
     *     {@link SearchSpace#stream()} counts the first operation most significant, then input and
     *     operation of the second, third and fourth
     * @see <a href="https://arxiv.org/abs/2206.09166">Qin et al., 2022</a>
     */
    public static SearchSpace nasBenchGraph() {
        return CellSpaces.tree(
                "nas-bench-graph",
                GraphOperations.all().stream().<Node>map(Grammar::op).toList(),
                4);
    }

    /**
     * Inverted residuals of MobileNetV2 one after the other, as ProxylessNAS and FBNet choose them:
     * three stages of two blocks with 8, 16 and 24 channels, for small images.
     *
     * @return 86,436 architectures, at 8, 16 and 24 channels
     * @see <a href="https://arxiv.org/abs/1812.00332">Cai et al., 2019</a>
     * @see <a href="https://arxiv.org/abs/1812.03443">Wu et al., 2019</a>
     */
    public static SearchSpace mobile() {
        return mobile(2, 8, 16, 24);
    }

    /**
     * Such a space of a size of your own. Each block decides on a kernel of 3, 5 or 7 and an
     * expansion of 3 or 6; where it keeps the shape, also on being left out. All stages but the
     * first begin by halving the map.
     *
     * @param blocks a stage, at least 1; the papers' is 4
     * @param channels of each stage, at least one; ProxylessNAS's are 24, 40, 80, 96, 192, 320
     * @return the space
     */
    public static SearchSpace mobile(int blocks, int... channels) {
        return ChainSpaces.mobile(blocks, channels);
    }

    static Node activation(String name) {
        return choice(name, op("relu"), op("elu"), op("silu"), op("tanh"));
    }
}
