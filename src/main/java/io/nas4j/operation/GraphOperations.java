package io.nas4j.operation;

import java.util.List;
import java.util.Optional;

/**
 * The operations of graph neural networks that NAS-Bench-Graph knows, by its names. They are names
 * only: nas4j builds networks for images and rows, so that spaces of these are searched in a table.
 *
 * @see <a href="https://arxiv.org/abs/2206.09166">Qin et al., 2022</a>
 */
public final class GraphOperations {

    /** Graph attention with two heads. */
    public static final Operation GAT = of("gat");

    /** Graph convolution. */
    public static final Operation GCN = of("gcn");

    /** Graph isomorphism network. */
    public static final Operation GIN = of("gin");

    /** Chebyshev polynomials of the graph's Laplacian. */
    public static final Operation CHEB = of("cheb");

    /** GraphSAGE: sample and aggregate. */
    public static final Operation SAGE = of("sage");

    /** Auto-regressive moving average filters. */
    public static final Operation ARMA = of("arma");

    /** The k-dimensional graph network of Morris et al. */
    public static final Operation GRAPH = of("graph");

    /** A fully connected layer at each vertex, which sees no neighbours. */
    public static final Operation FC = of("fc");

    private GraphOperations() {}

    /**
     * All of them, for texts of spaces that hold them.
     *
     * @return in the benchmark's order
     */
    public static List<Operation> all() {
        return List.of(GAT, GCN, GIN, CHEB, SAGE, ARMA, GRAPH, FC);
    }

    /**
     * One by name.
     *
     * @param name any
     * @return the operation, or empty
     */
    public static Optional<Operation> find(String name) {
        return all().stream().filter(operation -> operation.name().equals(name)).findFirst();
    }

    private static Operation of(String name) {
        return Operation.of(
                name,
                in -> {
                    throw Argument.refused(
                            "operation \"%s\" works on graphs, and nas4j builds networks for images"
                                    + " and rows only. Try .estimator(tabular(GRAPH_CORA)), and a"
                                    + " strategy that trains nothing itself, for example EVOLUTION:"
                                    + " such a space is searched in a table.",
                            name);
                });
    }
}
