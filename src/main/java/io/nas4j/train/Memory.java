package io.nas4j.train;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;

/**
 * The memory that training on a device uses: of the CPU this process' resident memory, of a GPU
 * what its allocator holds.
 *
 * @param device where networks train
 */
public record Memory(Device device) {

    private static final Path PROCESS = Path.of("/proc/self/status");
    private static final Path MACHINE = Path.of("/proc/meminfo");
    private static final long INTERVAL_NANOS = 2_000_000;

    /**
     * What is in use now.
     *
     * @return bytes; empty where the system does not tell
     */
    public OptionalLong used() {
        if (device.isGpu()) {
            return OptionalLong.of(CudaUtils.getGpuMemory(device).getCommitted());
        }
        return bytes(PROCESS, "VmRSS:");
    }

    /**
     * What may be in use before the system runs short: what is used now and what is free, within
     * the limit of a container.
     *
     * @return bytes
     */
    public long limit() {
        if (device.isGpu()) {
            MemoryUsage usage = CudaUtils.getGpuMemory(device);
            return usage.getMax();
        }
        long total =
                ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize();
        long own = used().orElse(0);
        return Math.min(total, own + free().orElse(total));
    }

    /**
     * What further processes of this machine may use before it runs short.
     *
     * @return bytes; empty where the system does not tell
     */
    public static OptionalLong free() {
        return bytes(MACHINE, "MemAvailable:");
    }

    /** The line is told in units of 1024 bytes, whatever the size of a page. */
    private static OptionalLong bytes(Path file, String line) {
        if (!Files.isReadable(file)) {
            return OptionalLong.empty();
        }
        return read(file)
                .lines()
                .filter(text -> text.startsWith(line))
                .mapToLong(text -> Long.parseLong(text.replaceAll("\\D", "")) * 1024)
                .findFirst();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Looks at what is in use, every two milliseconds, until closed.
     *
     * @return to be closed
     */
    public Watch watch() {
        return used().isEmpty() ? Watch.NONE : new Watch(this);
    }

    /** A look at the memory while something runs. */
    public static final class Watch implements AutoCloseable {

        /** Where the system tells nothing. */
        public static final Watch NONE = new Watch(null);

        private final Memory memory;
        private volatile boolean ended;
        private final LongAccumulator most = new LongAccumulator(Math::max, 0);

        private Watch(Memory memory) {
            this.memory = memory;
            if (memory != null) {
                Thread thread = new Thread(this::look, "nas4j-memory");
                thread.setDaemon(true);
                thread.start();
            }
        }

        private void look() {
            while (!ended) {
                most.accumulate(memory.used().orElse(0));
                LockSupport.parkNanos(INTERVAL_NANOS);
            }
        }

        /**
         * The most that was in use.
         *
         * @return bytes; empty where the system does not tell
         */
        public OptionalLong peak() {
            return memory == null ? OptionalLong.empty() : OptionalLong.of(most.get());
        }

        @Override
        public void close() {
            if (memory != null) {
                most.accumulate(memory.used().orElse(0));
            }
            ended = true;
        }
    }
}
