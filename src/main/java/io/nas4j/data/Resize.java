package io.nas4j.data;

/** Smaller images by averaging areas: each new pixel is the mean of the part that it covers. */
public final class Resize {

    private Resize() {}

    /**
     * Resizes planes; where the new one is larger, each new pixel is the mean of the old ones that
     * it lies in.
     *
     * @param pixels unsigned bytes {@code [planes, height, width]}
     * @param planes how many
     * @param height of the old planes, at least 1
     * @param width of the old planes, at least 1
     * @param newHeight at least 1
     * @param newWidth at least 1
     * @return unsigned bytes {@code [planes, newHeight, newWidth]}, rounded to the nearest
     */
    public static byte[] area(
            byte[] pixels, int planes, int height, int width, int newHeight, int newWidth) {
        float[][] vertical = shares(height, newHeight);
        float[][] horizontal = shares(width, newWidth);
        byte[] result = new byte[planes * newHeight * newWidth];
        float[] narrow = new float[height * newWidth];
        for (int plane = 0; plane < planes; plane++) {
            int start = plane * height * width;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < newWidth; x++) {
                    float sum = 0;
                    int first = (int) horizontal[x][0];
                    for (int k = 1; k < horizontal[x].length; k++) {
                        int value = pixels[start + y * width + first + k - 1] & 0xff;
                        sum += horizontal[x][k] * value;
                    }
                    narrow[y * newWidth + x] = sum;
                }
            }
            for (int y = 0; y < newHeight; y++) {
                int first = (int) vertical[y][0];
                for (int x = 0; x < newWidth; x++) {
                    float sum = 0;
                    for (int k = 1; k < vertical[y].length; k++) {
                        sum += vertical[y][k] * narrow[(first + k - 1) * newWidth + x];
                    }
                    result[(plane * newHeight + y) * newWidth + x] = (byte) Math.round(sum);
                }
            }
        }
        return result;
    }

    /** For each new pixel: the first old pixel it covers, then the share of each it covers. */
    static float[][] shares(int size, int newSize) {
        float[][] result = new float[newSize][];
        for (int i = 0; i < newSize; i++) {
            double from = (double) i * size / newSize;
            double to = (double) (i + 1) * size / newSize;
            int first = (int) Math.floor(from + 1e-9);
            int last = Math.min(size, (int) Math.ceil(to - 1e-9));
            result[i] = new float[last - first + 1];
            result[i][0] = first;
            for (int old = first; old < last; old++) {
                double covered = Math.min(to, old + 1) - Math.max(from, old);
                result[i][old - first + 1] = (float) (covered / (to - from));
            }
        }
        return result;
    }
}
