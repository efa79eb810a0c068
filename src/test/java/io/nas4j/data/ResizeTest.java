package io.nas4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResizeTest {

    @Test
    void halvingAveragesFourPixels() {
        byte[] image = {0, 4, 10, 10, 8, (byte) 200, 10, 10};
        assertThat(Resize.area(image, 1, 2, 4, 1, 2)).containsExactly(53, 10);
    }

    @Test
    void aPixelThatIsCoveredInPartCountsInPart() {
        // three pixels to two: each new one covers one and a half old ones
        byte[] row = {30, 60, 90};
        assertThat(Resize.area(row, 1, 1, 3, 1, 2)).containsExactly(40, 80);
    }

    @Test
    void everyOldPixelIsSharedOutOnce() {
        for (int size = 1; size <= 32; size++) {
            for (int smaller = 1; smaller <= size; smaller++) {
                double[] used = new double[size];
                for (float[] share : Resize.shares(size, smaller)) {
                    for (int k = 1; k < share.length; k++) {
                        used[(int) share[0] + k - 1] += share[k];
                    }
                }
                for (double sum : used) {
                    assertThat(sum * size / smaller).isBetween(1 - 1e-5, 1 + 1e-5);
                }
            }
        }
    }

    @Test
    void planesDoNotMix() {
        byte[] pixels = new byte[3 * 28 * 28];
        SplittableRandom random = new SplittableRandom(1);
        for (int plane = 0; plane < 3; plane++) {
            byte value = (byte) random.nextInt(256);
            java.util.Arrays.fill(pixels, plane * 784, (plane + 1) * 784, value);
        }
        byte[] small = Resize.area(pixels, 3, 28, 28, 9, 9);
        for (int plane = 0; plane < 3; plane++) {
            for (int i = 0; i < 81; i++) {
                assertThat(small[plane * 81 + i]).isEqualTo(pixels[plane * 784]);
            }
        }
    }
}
