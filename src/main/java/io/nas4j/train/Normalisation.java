package io.nas4j.train;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;

/**
 * What makes raw numbers into inputs: {@code x * scale + offset}, by channel (images, from 0 to
 * 255) or by feature (rows).
 *
 * @param scale one per channel
 * @param offset one per channel
 */
public record Normalisation(float[] scale, float[] offset) {

    public Normalisation {
        require(
                scale.length == offset.length,
                "there must be one scale and one offset a channel, but there were %d and %d.",
                scale.length,
                offset.length);
    }

    /**
     * Mean 0 and deviation 1 over the training split; a constant channel becomes 0.
     *
     * @param data images at any resolution, or rows
     * @return one scale and one offset a channel
     */
    public static Normalisation of(Data data) {
        int channels = data.channels();
        int area = data.height() * data.width();
        double[] sum = new double[channels];
        double[] squares = new double[channels];
        for (int example : data.split().train()) {
            byte[] pixels = data.isImages() ? data.pixels(example) : new byte[0];
            for (int c = 0; c < channels; c++) {
                for (int i = c * area; i < (c + 1) * area; i++) {
                    double value =
                            data.isImages()
                                    ? pixels[i] & 0xff
                                    : data.values()[example * channels + i];
                    sum[c] += value;
                    squares[c] += value * value;
                }
            }
        }
        double count = (double) data.split().train().length * area;
        Normalisation result = new Normalisation(new float[channels], new float[channels]);
        for (int c = 0; c < channels; c++) {
            double mean = sum[c] / count;
            double variance = Math.max(0, squares[c] / count - mean * mean);
            double deviation = variance < 1e-12 * (1 + mean * mean) ? 1 : Math.sqrt(variance);
            result.scale[c] = (float) (1 / deviation);
            result.offset[c] = (float) (-mean / deviation);
        }
        return result;
    }
}
