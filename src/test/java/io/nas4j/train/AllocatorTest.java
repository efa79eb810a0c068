package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.NativeLibrary;
import org.junit.jupiter.api.Test;

class AllocatorTest {

    /** Elsewhere there is nothing to tell, and nothing fails. */
    @Test
    void glibcIsToldToReuseArrays() {
        assertThat(Allocator.reuses()).isEqualTo(isGlibc());
    }

    private static boolean isGlibc() {
        try {
            NativeLibrary.getProcess().getFunction("gnu_get_libc_version");
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }
}
