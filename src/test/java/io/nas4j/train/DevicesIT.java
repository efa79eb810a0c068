package io.nas4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DevicesIT {

    @Test
    void aCopyHasMemoryOfItsOwnAndBelongsToItsManager() throws ReflectiveOperationException {
        try (NDManager first = NDManager.newBaseManager(Device.cpu());
                NDManager second = NDManager.newBaseManager(Device.cpu())) {
            NDArray original = first.create(new float[] {1, 2, 3});
            NDArray copy = Devices.copy(original, second);
            original.muli(2);
            assertThat(copy.toFloatArray()).containsExactly(1, 2, 3);
            assertThat(copy.getManager()).isSameAs(second);
            assertThat(copy.mul(2).getManager()).isSameAs(second);
            assertThat(held(first)).isEqualTo(1);
        }
    }

    @Test
    void copiesThatAreClosedLeaveNothingWithEitherManager() throws ReflectiveOperationException {
        try (NDManager first = NDManager.newBaseManager(Device.cpu());
                NDManager second = NDManager.newBaseManager(Device.cpu())) {
            NDArray original = first.create(new float[] {1, 2, 3});
            for (int i = 0; i < 10; i++) {
                Devices.copy(original, second).close();
            }
            assertThat(held(first)).isEqualTo(1);
            assertThat(held(second)).isZero();
        }
    }

    /** Arrays and managers. */
    private static int held(NDManager manager) throws ReflectiveOperationException {
        Field field = BaseNDManager.class.getDeclaredField("resources");
        field.setAccessible(true);
        return ((Map<?, ?>) field.get(manager)).size();
    }
}
