package io.nas4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.nio.FloatBuffer;

/** Arrays that outlive the step which made them. */
final class Moment {

    private Moment() {}

    /** Zeros of the shape, device and manager of {@code weights}, kept until closed. */
    static NDArray like(NDArray weights) {
        NDArray zeros = weights.zerosLike();
        NDScope.unregister(zeros);
        return zeros;
    }

    static void write(NDArray target, float[] values) {
        try (NDArray source =
                target.getManager().create(FloatBuffer.wrap(values), target.getShape())) {
            write(target, source);
        }
    }

    /** In place, so that views see it too; {@code copyTo} would give the target other memory. */
    static void write(NDArray target, NDArray source) {
        target.set(new NDIndex("..."), source);
    }
}
