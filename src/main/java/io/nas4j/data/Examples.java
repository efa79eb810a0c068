package io.nas4j.data;

import static io.nas4j.space.Require.require;

/** What a network reads of each example, all of one shape: an image, or a row of numbers. */
sealed interface Examples {

    /** Of an image; of a row its features. */
    int channels();

    /** In pixels; 1 for rows. */
    int height();

    /** In pixels; 1 for rows. */
    int width();

    /** Continues a hash with their numbers. */
    void addTo(ContentHash hash);

    /** What they are, in words. */
    String told();

    /**
     * Images.
     *
     * @param pixels {@code [n, channels, height, width]}
     */
    record Images(Pixels pixels, int channels, int height, int width) implements Examples {

        /** Checks that there are as many as there should be. */
        static Images of(Pixels pixels, int channels, int height, int width, int count) {
            require(
                    channels > 0 && height > 0 && width > 0,
                    "images must have channels, height and width, but were %d×%d×%d.",
                    channels,
                    height,
                    width);
            long image = (long) channels * height * width;
            require(
                    pixels.length() == count * image,
                    "images and labels must be of one length, but %d pixels make %s images of"
                            + " %d×%d×%d for %d labels.",
                    pixels.length(),
                    pixels.length() / (double) image,
                    channels,
                    height,
                    width,
                    count);
            return new Images(pixels, channels, height, width);
        }

        byte[] image(int example) {
            byte[] image = new byte[channels * height * width];
            pixels.read((long) example * image.length, image);
            return image;
        }

        @Override
        public void addTo(ContentHash hash) {
            hash.add(pixels);
        }

        @Override
        public String told() {
            return "images of " + channels + "×" + height + "×" + width;
        }
    }

    /**
     * Rows.
     *
     * @param values {@code [n, channels]}
     */
    record Rows(float[] values, int channels) implements Examples {

        /** Checks that there are as many as there should be, and their numbers. */
        static Rows of(float[] values, int features, int count) {
            require(features > 0, "rows must have a feature, but had %d.", features);
            require(
                    values.length == (long) count * features,
                    "rows and labels must be of one length, but %d numbers make %s rows of %d for"
                            + " %d labels.",
                    values.length,
                    values.length / (double) features,
                    features,
                    count);
            for (int i = 0; i < values.length; i++) {
                require(
                        Float.isFinite(values[i]),
                        "numbers must be finite, but row %d, feature %d is %s. Try dropping or"
                                + " filling it.",
                        i / features,
                        i % features,
                        values[i]);
            }
            return new Rows(values, features);
        }

        @Override
        public int height() {
            return 1;
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public void addTo(ContentHash hash) {
            hash.add(values);
        }

        @Override
        public String told() {
            return "rows of " + channels + " features";
        }
    }
}
