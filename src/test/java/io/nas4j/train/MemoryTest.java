package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What the system tells of memory, where it does. */
class MemoryTest {

    private static final Memory CPU = new Memory(Device.cpu());

    private static final long TERABYTE = 1L << 40;

    /** So that it is in bytes, and not in pages or units of 1024: what was just written is held. */
    @Test
    void whatIsUsedIsMoreThanWhatWasJustWritten() {
        byte[] touched = new byte[64 << 20];
        Arrays.fill(touched, (byte) 1);
        OptionalLong used = CPU.used();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        assertThat(heap).isGreaterThan(touched.length);
        used.ifPresent(
                bytes -> assertThat(bytes).isGreaterThan(touched.length).isLessThan(TERABYTE));
    }
}
