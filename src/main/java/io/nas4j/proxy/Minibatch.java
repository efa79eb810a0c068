package io.nas4j.proxy;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.nas4j.data.Data;
import io.nas4j.train.DeviceData;
import io.nas4j.train.Sampling;
import io.nas4j.trial.Seeds;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Some training examples, no two alike: equal images have equal codes, whatever the network.
 *
 * @param inputs float32 {@code [batch, channels, height, width]}, normalised
 * @param labels as {@link DeviceData.Batch#labels}
 */
record Minibatch(NDArray inputs, NDArray labels) {

    /**
     * The same examples for one seed.
     *
     * @param batch how many
     * @throws IllegalArgumentException when there are fewer different ones
     */
    static int[] choose(Data data, int batch, Seeds seeds) {
        int[] order = Sampling.shuffled(data.split().train(), seeds.random(0, "proxy batch"));
        int[] chosen = new int[batch];
        int count = 0;
        Set<Buffer> seen = new HashSet<>();
        for (int i = 0; i < order.length && count < batch; i++) {
            if (seen.add(content(data, order[i]))) {
                chosen[count++] = order[i];
            }
        }
        require(
                count == batch,
                "the minibatch needs %d different examples, but the training split of \"%s\" has"
                        + " %d. Try batch(%d).",
                batch,
                data.name(),
                count,
                Math.max(2, count));
        return chosen;
    }

    private static Buffer content(Data data, int example) {
        int size = data.channels() * data.height() * data.width();
        return data.isImages()
                ? ByteBuffer.wrap(data.pixels(example))
                : FloatBuffer.wrap(data.values(), example * size, size);
    }

    static Minibatch of(Data data, int[] examples, NDManager manager) {
        try (DeviceData all = new DeviceData(data, 0, manager);
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            DeviceData.Batch taken = all.batch(examples);
            return new Minibatch(
                    keep(taken.inputs().duplicate(), manager),
                    keep(taken.labels().duplicate(), manager));
        }
    }

    private static NDArray keep(NDArray array, NDManager manager) {
        NDScope.unregister(array);
        array.attach(manager);
        return array;
    }
}
