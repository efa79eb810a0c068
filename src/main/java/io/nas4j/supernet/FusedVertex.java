package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.nas4j.space.Node.Merge;
import io.nas4j.supernet.SupernetStep.Merged;
import io.nas4j.supernet.SupernetStep.Mixed;
import io.nas4j.supernet.SupernetStep.Widened;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A vertex whose edges mix a part of the channels: what was mixed and what passed beside it are
 * summed over the edges first, and then put together and shuffled once, by a product with matrices
 * of zeros and ones.
 *
 * @param edges that enter
 * @param first where their shares begin in the mixture; -1 where they are summed as they are
 * @param output the vertex
 * @param mixedTo {@code [narrow, channels]}: where the mixed channels go
 * @param wholeTo {@code [channels, channels]}: where the others go, and the first ones nowhere
 */
record FusedVertex(List<Widened> edges, int first, int output, NDArray mixedTo, NDArray wholeTo) {

    /** The vertices of a graph whose edges nobody else reads, by the step that makes them. */
    static Map<SupernetStep, FusedVertex> of(SupernetGraph graph, NDManager manager) {
        Map<Integer, Integer> readers = new HashMap<>();
        for (SupernetStep step : graph.steps) {
            step.inputs().forEach(input -> readers.merge(input, 1, Integer::sum));
        }
        Map<SupernetStep, FusedVertex> found = new HashMap<>();
        for (SupernetStep step : graph.steps) {
            int first = first(graph, step);
            if (first < -1) {
                continue;
            }
            List<Widened> edges = new ArrayList<>();
            for (int input : step.inputs()) {
                if (graph.made.get(input) instanceof Widened edge && readers.get(input) == 1) {
                    edges.add(edge);
                }
            }
            if (edges.size() == step.inputs().size()) {
                found.put(step, of(graph, edges, first, step.output(), manager));
            }
        }
        return found;
    }

    /** Where the shares begin; -1 for a plain sum, less where the step sums no edges. */
    private static int first(SupernetGraph graph, SupernetStep step) {
        if (step instanceof Mixed mixed && mixed.picks() == 1) {
            return graph.logits.get(mixed.logits()).first();
        }
        return step instanceof Merged merged && merged.merge() == Merge.SUM ? -1 : -2;
    }

    private static FusedVertex of(
            SupernetGraph graph, List<Widened> edges, int first, int output, NDManager manager) {
        int channels = graph.values.get(output).channels();
        int narrow = graph.values.get(edges.get(0).mixed()).channels();
        int part = channels / narrow;
        float[] mixedTo = new float[narrow * channels];
        float[] wholeTo = new float[channels * channels];
        for (int from = 0; from < channels; from++) {
            int to = from % narrow * part + from / narrow;
            if (from < narrow) {
                mixedTo[from * channels + to] = 1;
            } else {
                wholeTo[from * channels + to] = 1;
            }
        }
        return new FusedVertex(
                edges,
                first,
                output,
                manager.create(mixedTo, new Shape(narrow, channels)),
                manager.create(wholeTo, new Shape(channels, channels)));
    }

    List<Integer> reads() {
        List<Integer> reads = new ArrayList<>();
        edges.forEach(edge -> reads.addAll(edge.inputs()));
        return reads;
    }

    /**
     * Runs the vertex.
     *
     * @param values of the graph
     * @param shares scalars, one a logit
     * @return {@code [batch, channels, height, width]}, channels innermost
     */
    NDArray run(NDArray[] values, NDArray[] shares) {
        NDArray mixed = null;
        NDArray whole = null;
        for (int i = 0; i < edges.size(); i++) {
            NDArray share = first < 0 ? null : shares[first + i];
            mixed = plus(mixed, values[edges.get(i).mixed()], share);
            whole = plus(whole, values[edges.get(i).whole()], share);
        }
        FusedRows beside = FusedRows.of(whole);
        NDArray rows = beside.rows().matMul(wholeTo);
        return beside.with(rows.addi(FusedRows.of(mixed).rows().matMul(mixedTo))).image();
    }

    private static NDArray plus(NDArray sum, NDArray value, NDArray share) {
        NDArray term = share == null ? value : value.mul(share);
        if (sum == null) {
            return term;
        }
        // the first term may be a value that others read: not ours to add to
        return share == null ? sum.add(term) : sum.addi(term);
    }
}
