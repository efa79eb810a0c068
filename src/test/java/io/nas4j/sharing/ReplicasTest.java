package io.nas4j.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicasTest {

    @Test
    void partsDifferByOneImageAtMostAndTheFirstAreTheLarger() {
        assertThat(Replicas.bounds(11, 3)).containsExactly(0, 4, 8, 11);
        assertThat(Replicas.bounds(64, 4)).containsExactly(0, 16, 32, 48, 64);
        assertThat(Replicas.bounds(5, 1)).containsExactly(0, 5);
    }

    @Test
    void everyDeviceGetsTwoImagesOrTheBatchIsRefused() {
        List<String> three = List.of("gpu:0", "gpu:1", "gpu:2");
        assertThatCode(() -> Replicas.requireShares(6, three)).doesNotThrowAnyException();
        assertThatCode(() -> Replicas.requireShares(2, List.of("cpu"))).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Replicas.requireShares(5, three))
                .withMessage(
                        "the devices share a batch, and each needs at least 2 images of it to"
                                + " normalise by, but 5 images are to be shared by 3 (gpu:0, gpu:1,"
                                + " gpu:2). Try batch(6), or fewer devices.");
    }
}
