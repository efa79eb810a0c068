package io.nas4j.morph;

import io.nas4j.nn.Slot;
import java.util.List;

/** What two arrays of one name have in common: their first units, the middle of their kernels. */
final class Overlap {

    private Overlap() {}

    /**
     * Copies it, and lets old units begin with zeros for what they did not read before.
     *
     * @return how many numbers were copied
     */
    static long copy(Slot from, float[] source, Slot to, float[] target) {
        if (from.role() != to.role() || from.shape().size() != to.shape().size()) {
            return 0;
        }
        int[] old = four(from.shape());
        int[] now = four(to.shape());
        int units = Math.min(old[0], now[0]);
        int read = Math.min(old[1], now[1]);
        int size = now[1] * now[2] * now[3];
        java.util.Arrays.fill(target, 0, units * size, 0);
        long copied = 0;
        for (int unit = 0; unit < units; unit++) {
            for (int in = 0; in < read; in++) {
                for (int y = 0; y < now[2]; y++) {
                    for (int x = 0; x < now[3]; x++) {
                        int row = y + old[2] / 2 - now[2] / 2;
                        int column = x + old[3] / 2 - now[3] / 2;
                        if (row >= 0 && row < old[2] && column >= 0 && column < old[3]) {
                            target[((unit * now[1] + in) * now[2] + y) * now[3] + x] =
                                    source[((unit * old[1] + in) * old[2] + row) * old[3] + column];
                            copied++;
                        }
                    }
                }
            }
        }
        return copied;
    }

    private static int[] four(List<Integer> shape) {
        int[] sizes = {1, 1, 1, 1};
        for (int i = 0; i < shape.size(); i++) {
            sizes[i] = shape.get(i);
        }
        return sizes;
    }
}
