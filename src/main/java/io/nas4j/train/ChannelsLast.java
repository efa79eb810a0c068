package io.nas4j.train;

import io.nas4j.data.Resize;

/**
 * Images as a device holds them: {@code [height, width, channels]}, averaged down if need be.
 *
 * @param oldHeight of the images as they are
 * @param oldWidth the same
 */
record ChannelsLast(int channels, int oldHeight, int oldWidth, int height, int width) {

    /**
     * Lays images out anew.
     *
     * @param images unsigned bytes {@code [n, channels, oldHeight, oldWidth]}; not written to
     * @return {@code [n, height, width, channels]}; the same array where nothing changes
     */
    byte[] of(byte[] images) {
        int n = images.length / (channels * oldHeight * oldWidth);
        byte[] first = images;
        if (height != oldHeight || width != oldWidth) {
            first = Resize.area(first, n * channels, oldHeight, oldWidth, height, width);
        }
        if (channels == 1) {
            return first;
        }
        int area = height * width;
        byte[] last = new byte[first.length];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < channels; c++) {
                for (int p = 0; p < area; p++) {
                    last[(i * area + p) * channels + c] = first[(i * channels + c) * area + p];
                }
            }
        }
        return last;
    }
}
