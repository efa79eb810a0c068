package io.nas4j.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What the JVM may do at any time, done now. */
final class Garbage {

    private Garbage() {}

    /** Frees unreachable buffers and writes over their memory. */
    static void collect() {
        // the JVM frees one batch of what it found after the other: behind the second, the first is
        // done
        for (int batch = 0; batch < 2; batch++) {
            ReferenceQueue<Object> found = new ReferenceQueue<>();
            PhantomReference<Object> canary = new PhantomReference<>(new Object(), found);
            System.gc();
            while (found.poll() != canary) {
                Thread.onSpinWait();
            }
        }
        List<ByteBuffer> garbage = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
            garbage.add(buffer.putFloat(0, 7e30f).putFloat(4, 7e30f));
        }
        assertThat(garbage).hasSize(1000);
    }
}
