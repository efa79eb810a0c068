package io.nas4j.train;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;

/**
 * How this process gives native memory back. A training step of a small network makes and frees
 * some hundred arrays of a few MiB; by its defaults, glibc returns many of them to the kernel and
 * asks for them again, and the kernel clears every page anew: 3,500 page faults a step and a fifth
 * of its time.
 */
final class Allocator {

    /** Arrays up to here come from a heap that is reused; glibc allows no more. */
    private static final int REUSED_BYTES = 32 << 20;

    /** So much free memory stays with the process. */
    private static final int KEPT_BYTES = 1 << 30;

    // mallopt's names
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_MMAP_THRESHOLD = -3;

    /** Once a process, which has one allocator. */
    private static final boolean TOLD = tell();

    private Allocator() {}

    /**
     * Lets freed arrays be reused from now on.
     *
     * @return whether the allocator is one that can be told: glibc's
     */
    static boolean reuses() {
        return TOLD;
    }

    private static boolean tell() {
        try {
            Function mallopt = NativeLibrary.getProcess().getFunction("mallopt");
            return set(mallopt, M_MMAP_THRESHOLD, REUSED_BYTES)
                    && set(mallopt, M_TRIM_THRESHOLD, KEPT_BYTES);
        } catch (UnsatisfiedLinkError e) {
            // another allocator: it has its own way
            return false;
        }
    }

    private static boolean set(Function mallopt, int parameter, int bytes) {
        return mallopt.invokeInt(new Object[] {parameter, bytes}) == 1;
    }
}
