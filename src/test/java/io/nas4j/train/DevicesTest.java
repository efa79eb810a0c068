package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class DevicesTest {

    @Test
    void theNamesAreThoseThatAreTaken() {
        assertThat(Devices.names(0)).containsExactly("cpu");
        assertThat(Devices.names(2)).containsExactly("cpu", "gpu:0", "gpu:1");
        for (String name : Devices.names(2)) {
            assertThat(Devices.of(name, 2).isGpu()).isEqualTo(name.startsWith("gpu"));
        }
    }

    @Test
    void theDefaultIsTheFirstGpuElseTheCpu() {
        assertThat(Devices.of("auto", 0)).isEqualTo(Device.cpu());
        assertThat(Devices.of("auto", 2)).isEqualTo(Device.gpu(0));
    }

    @Test
    void namesMeanWhatTheySay() {
        assertThat(Devices.of("CPU ", 2)).isEqualTo(Device.cpu());
        assertThat(Devices.of("gpu", 2)).isEqualTo(Device.gpu(0));
        assertThat(Devices.of("gpu:1", 2)).isEqualTo(Device.gpu(1));
    }

    @Test
    void aMissingDeviceIsRefusedWithTheListOfThoseThatExist() {
        assertThatThrownBy(() -> Devices.of("gpu:3", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "device \"gpu:3\" does not exist: DJL sees 2 GPUs here. Try one of"
                                + " [\"cpu\", \"gpu:0\", \"gpu:1\"].");
        assertThatThrownBy(() -> Devices.of("gpu", 0)).hasMessageContaining("[\"cpu\"]");
        assertThatThrownBy(() -> Devices.of("tpu", 0))
                .hasMessageContaining("\"tpu\"")
                .hasMessageContaining("[\"cpu\"]");
    }
}
