package io.nas4j.model;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.data.Frame;
import io.nas4j.data.Photo;
import io.nas4j.data.Resize;
import io.nas4j.json.ModelCard;
import java.awt.image.BufferedImage;

/**
 * What a model is asked with becomes what it reads, but for the normalisation: images from 0 to
 * 255, rows as they are, one example after the other.
 *
 * @param card of the model
 */
record RawInputs(ModelCard card) {

    /** Numbers of one example. */
    int size() {
        return card.channels() * card.height() * card.width();
    }

    void requireImages(String given) {
        require(
                card.images(),
                "the network reads rows of %d features, but was given %s. Try numbers.",
                card.channels(),
                given);
    }

    void requireFit(Data data) {
        require(
                data.isImages() == card.images() && data.channels() == card.channels(),
                "the network reads %s of %d channels, but data \"%s\" are %s of %d.",
                kind(card.images()),
                card.channels(),
                data.name(),
                kind(data.isImages()),
                data.channels());
    }

    private static String kind(boolean images) {
        return images ? "images" : "rows";
    }

    float[] of(BufferedImage image) {
        byte[] pixels = Photo.pixels(image, card.channels(), card.height(), card.width());
        float[] raw = new float[pixels.length];
        addTo(raw, 0, pixels);
        return raw;
    }

    /** Of data that {@linkplain #requireFit fit}. */
    float[] of(Data data, int[] examples) {
        int size = size();
        float[] raw = new float[examples.length * size];
        for (int i = 0; i < examples.length; i++) {
            if (data.isImages()) {
                addTo(raw, i * size, image(data, examples[i]));
            } else {
                System.arraycopy(data.values(), examples[i] * size, raw, i * size, size);
            }
        }
        return raw;
    }

    private byte[] image(Data data, int example) {
        byte[] pixels = data.pixels(example);
        return data.height() == card.height() && data.width() == card.width()
                ? pixels
                : Resize.area(
                        pixels,
                        data.channels(),
                        data.height(),
                        data.width(),
                        card.height(),
                        card.width());
    }

    private static void addTo(float[] raw, int at, byte[] pixels) {
        for (int p = 0; p < pixels.length; p++) {
            raw[at + p] = pixels[p] & 0xff;
        }
    }

    /** Of images from 0 to 1, or of rows. */
    float[] of(float[] values) {
        int size = size();
        require(
                values.length > 0 && values.length % size == 0,
                "an example has %d numbers (%s), but there are %d.",
                size,
                card.images()
                        ? card.channels() + "×" + card.height() + "×" + card.width()
                        : card.channels() + " features",
                values.length);
        float[] raw = values.clone();
        for (int i = 0; i < raw.length; i++) {
            require(
                    Float.isFinite(raw[i]) && (!card.images() || raw[i] >= 0 && raw[i] <= 1),
                    "%s, but number %d is %s. Try %s.",
                    card.images() ? "pixels must be in [0, 1]" : "features must be finite",
                    i,
                    raw[i],
                    card.images() ? "dividing by 255" : "filling it");
            if (card.images()) {
                raw[i] *= 255;
            }
        }
        return raw;
    }

    /** A table's rows as numbers. */
    float[] encoded(Frame rows) {
        return card.encoding()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "a table can be answered where the network learned from"
                                                + " one, but this read "
                                                + kind(card.images())
                                                + ". Try predict(float[])."))
                .encode(rows);
    }
}
