package io.nas4j.supernet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.BatchNorm;
import java.util.ArrayList;
import java.util.List;

/**
 * The means and variances that one path of a supernet normalises by, gathered on training batches:
 * with them an image's output does not depend on the other images of its batch.
 *
 * <p>A supernet keeps no running statistics, since those of different paths differ; what
 * single-path one-shot search calls recalibration is to gather them for each path anew.
 *
 * @see <a href="https://arxiv.org/abs/1904.00420">Guo et al., 2020, section 3.3</a>
 */
public final class PathStatistics implements AutoCloseable {

    private static final float EPSILON = 1e-5f;

    private record Moments(NDArray mean, NDArray variance) {}

    private final SupernetPath path;
    private final NDManager manager;
    private final List<Moments> moments = new ArrayList<>();
    private int batches;

    /**
     * Nothing gathered yet.
     *
     * @param path what is to be run
     * @param parent owns the statistics
     */
    public PathStatistics(SupernetPath path, NDManager parent) {
        this.path = path;
        this.manager = parent.newSubManager();
    }

    /**
     * Takes in a training batch; all batches weigh the same.
     *
     * @param images {@code [batch, channels, height, width]}
     * @param weights of the supernet
     */
    public void gather(NDArray images, NDArray weights) {
        // DJL's momentum is the share of the old value
        float old = (float) batches / (batches + 1);
        int[] next = {0};
        path.forward(
                images,
                weights,
                null,
                (x, gamma, beta) -> {
                    if (batches == 0) {
                        moments.add(start(x.getShape().get(1)));
                    }
                    return normalise(x, gamma, beta, moments.get(next[0]++), old, true);
                });
        batches++;
    }

    private Moments start(long channels) {
        NDArray mean = manager.zeros(new Shape(channels));
        NDArray variance = manager.zeros(new Shape(channels));
        NDScope.unregister(mean, variance);
        return new Moments(mean, variance);
    }

    /**
     * Runs the path by the statistics gathered so far.
     *
     * @param images {@code [batch, channels, height, width]}
     * @param weights of the supernet, as they were when the statistics were gathered
     * @return {@code [batch, classes]}
     * @throws IllegalStateException before the first batch was gathered
     */
    public NDArray forward(NDArray images, NDArray weights) {
        if (batches == 0) {
            throw new IllegalStateException(
                    "a path needs statistics of at least 1 batch, but has 0. Try gather(..).");
        }
        int[] next = {0};
        return path.forward(
                images,
                weights,
                null,
                (x, gamma, beta) -> normalise(x, gamma, beta, moments.get(next[0]++), 1, false));
    }

    private static NDArray normalise(
            NDArray x,
            NDArray gamma,
            NDArray beta,
            Moments moments,
            float old,
            boolean batchStatistics) {
        NDManager scratch = x.getManager();
        Shape channels = moments.mean().getShape();
        return BatchNorm.batchNorm(
                        x,
                        moments.mean(),
                        moments.variance(),
                        gamma == null ? scratch.ones(channels) : gamma,
                        beta == null ? scratch.zeros(channels) : beta,
                        1,
                        old,
                        EPSILON,
                        batchStatistics)
                .singletonOrThrow();
    }

    @Override
    public void close() {
        manager.close();
    }
}
