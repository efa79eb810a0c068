package io.nas4j.supernet;

import io.nas4j.operation.Primitive;
import io.nas4j.supernet.SupernetStep.Apply;

/**
 * How far training has turned the weights of each path away from where they started: the angle
 * between the vector of a path's first weights and that of its weights now. Paths of better
 * networks have larger angles; neither images nor labels are looked at.
 *
 * <p>An average pooling takes part as the convolution that it is, a fixed kernel of 1/k² a channel,
 * and so does any pooling; an identity has no weights. Only operations that the images reach count;
 * a path whose answer does not depend on the images has an angle of 0.
 *
 * <p>The papers count a weight once for each way through its cell that leads past it, here each
 * counts once: what a way through a cell is, only spaces of cells know.
 *
 * @see <a href="https://arxiv.org/abs/2004.13431">Hu et al., 2020, section 3.2</a>
 * @see <a href="https://arxiv.org/abs/2101.11834">Zhang et al., 2021 (RLNAS)</a>
 */
public final class PathAngles {

    /** Sums over some weights: of products, and of squares before and after. */
    private record Products(double both, double before, double now) {

        static final Products NONE = new Products(0, 0, 0);

        static Products fixed(double squares) {
            return new Products(squares, squares, squares);
        }

        Products plus(Products other) {
            return new Products(both + other.both, before + other.before, now + other.now);
        }

        double angle() {
            double lengths = Math.sqrt(before * now);
            return lengths == 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, both / lengths)));
        }
    }

    /** By array of weights. */
    private final Products[] products;

    /**
     * Compares.
     *
     * @param net whose paths are asked for
     * @param before the weights at the start, {@code [weightCount]}
     * @param now the weights after training, as many
     */
    public PathAngles(Supernet net, float[] before, float[] now) {
        products =
                net.places().values().stream()
                        .map(place -> products(place, before, now))
                        .toArray(Products[]::new);
    }

    private static Products products(Supernet.Place place, float[] before, float[] now) {
        double both = 0;
        double first = 0;
        double last = 0;
        int end = place.offset() + (int) place.shape().size();
        for (int i = place.offset(); i < end; i++) {
            both += (double) before[i] * now[i];
            first += (double) before[i] * before[i];
            last += (double) now[i] * now[i];
        }
        return new Products(both, first, last);
    }

    /**
     * The angle of one path.
     *
     * @param path of the supernet that was compared
     * @return in [0, π]; 0 where the images do not reach the output
     */
    public double of(SupernetPath path) {
        Products sum = Products.NONE;
        for (Apply step : path.reached()) {
            for (int i = 0; i < step.weightCount(); i++) {
                sum = sum.plus(products[step.firstWeight() + i]);
            }
            sum = sum.plus(Products.fixed(pooled(step, path.channels(step))));
        }
        return sum.angle();
    }

    /** The squares of the fixed kernels: 1/k² at k² places of each channel. */
    private static double pooled(Apply step, int channels) {
        double squares = 0;
        for (Primitive layer : step.fragment().layers()) {
            if (layer instanceof Primitive.Pool pool) {
                squares += (double) channels / (pool.kernel() * pool.kernel());
            }
        }
        return squares;
    }
}
