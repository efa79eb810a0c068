package io.nas4j.sharing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.nas4j.supernet.Supernet;
import io.nas4j.train.Optimizer;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Everything that the training of a supernet changes. */
public final class SupernetState implements AutoCloseable {

    /** The state on the heap. */
    public record Copy(
            int epoch,
            float[] weights,
            float[] alpha,
            Optimizer.Moments weightMoments,
            Optimizer.Moments alphaMoments) {}

    private static final int MAGIC = 0x6e347332;

    /** All weights, one vector. */
    public final NDArray weights;

    /** Logits of the space's decisions, one vector. */
    public final NDArray alpha;

    /** What the weights' optimizer knows. */
    public final Optimizer.State weightOptimizer;

    /** What alpha's optimizer knows. */
    public final Optimizer.State alphaOptimizer;

    /** How many epochs are done. */
    public int epoch;

    /**
     * Whether a loss was no number. The weights go back to the start of that epoch, but this stays:
     * the same epoch again would end in the same way.
     */
    public boolean diverged;

    SupernetState(
            Supernet net,
            NDManager manager,
            long seed,
            RandomGenerator random,
            Optimizer forWeights,
            Optimizer forAlpha) {
        float[] start = new float[net.logitCount()];
        for (int i = 0; i < start.length; i++) {
            start[i] = (float) (1e-3 * random.nextGaussian());
        }
        weights = manager.create(net.initialWeights(seed));
        alpha = manager.create(start);
        // whatever scope is open, these outlive it
        NDScope.unregister(weights, alpha);
        weightOptimizer = forWeights.start(weights);
        alphaOptimizer = forAlpha.start(alpha);
    }

    /** Everything, on the heap. */
    public Copy copy() {
        return new Copy(
                epoch,
                weights.toFloatArray(),
                alpha.toFloatArray(),
                weightOptimizer.save(),
                alphaOptimizer.save());
    }

    /** Goes back to a copy; {@link #diverged} stays. */
    public void restore(Copy copy) {
        epoch = copy.epoch();
        write(weights, copy.weights());
        write(alpha, copy.alpha());
        weightOptimizer.restore(copy.weightMoments());
        alphaOptimizer.restore(copy.alphaMoments());
    }

    private static void write(NDArray target, float[] values) {
        try (NDArray source = target.getManager().create(values, target.getShape())) {
            target.set(new NDIndex("..."), source);
        }
    }

    /** Writes everything. */
    public void save(OutputStream out) throws IOException {
        Copy copy = copy();
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out, 1 << 16));
        data.writeInt(MAGIC);
        data.writeInt(copy.epoch());
        data.writeBoolean(diverged);
        write(data, copy.weights());
        write(data, copy.alpha());
        write(data, copy.weightMoments());
        write(data, copy.alphaMoments());
        data.flush();
    }

    /**
     * Reads what {@link #save} wrote; throws an {@code IOException} where it is of another size.
     */
    public void restore(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        if (data.readInt() != MAGIC) {
            throw new IOException("this is no saved supernet");
        }
        int done = data.readInt();
        diverged = data.readBoolean();
        Copy read =
                new Copy(
                        done,
                        floats(data, weights.size()),
                        floats(data, alpha.size()),
                        moments(data, weights.size()),
                        moments(data, alpha.size()));
        restore(read);
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static void write(DataOutputStream out, Optimizer.Moments moments) throws IOException {
        out.writeInt(moments.steps());
        out.writeInt(moments.values().size());
        for (float[] values : moments.values()) {
            write(out, values);
        }
    }

    private static float[] floats(DataInputStream in, long expected) throws IOException {
        int length = in.readInt();
        if (length != expected) {
            throw new IOException(
                    "a saved supernet of another size: "
                            + length
                            + " numbers where "
                            + expected
                            + " were expected");
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    private static Optimizer.Moments moments(DataInputStream in, long expected) throws IOException {
        int steps = in.readInt();
        int count = in.readInt();
        List<float[]> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(floats(in, expected));
        }
        return new Optimizer.Moments(steps, values);
    }

    /** Whether weights and alpha are numbers: the last step of an epoch shows in no loss. */
    public boolean isFinite() {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return Float.isFinite(weights.sum().getFloat() + alpha.sum().getFloat());
        }
    }

    @Override
    public void close() {
        weightOptimizer.close();
        alphaOptimizer.close();
        weights.close();
        alpha.close();
    }
}
