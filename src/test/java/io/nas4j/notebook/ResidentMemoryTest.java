package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

    @Test
    void kilobytesAreReadAsBytes() {
        assertThat(ResidentMemory.read("VmSize:\t  200 kB\nVmRSS:\t  812000 kB\n"))
                .isEqualTo(OptionalLong.of(831_488_000L));
    }

    @Test
    void aSystemThatDoesNotTellIsNoError() {
        assertThat(ResidentMemory.read("")).isEmpty();
        assertThat(ResidentMemory.read("VmRSS:")).isEmpty();
    }

    @Test
    void whereItIsToldItIsThatOfAVirtualMachine() {
        ResidentMemory.now().ifPresent(bytes -> assertThat(bytes).isBetween(10_000_000L, 1L << 42));
    }
}
