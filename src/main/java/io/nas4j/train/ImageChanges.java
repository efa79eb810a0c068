package io.nas4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;

/**
 * What was drawn for a batch of images, done to them on their device.
 *
 * @param manager of the images
 * @param augmentation that was drawn from
 * @param draw of the batch
 * @param batch how many images
 */
record ImageChanges(
        NDManager manager,
        Augmentation augmentation,
        Augmentation.Draw draw,
        int batch,
        int height,
        int width,
        int channels) {

    /**
     * Takes the images moved, mirrored and coloured.
     *
     * @param rows where they lie, {@code [n, height * width * channels]}, from 0 to 255
     * @param at their rows, {@code [batch]}
     * @return {@code [batch, height, width, channels]}, from 0 to 255
     */
    NDArray taken(NDArray rows, NDArray at) {
        NDArray start = at.mul((long) height * width).reshape(batch, 1, 1);
        NDArray row = manager.create(draw.rows(), new Shape(batch, height, 1)).muli(width);
        NDArray column = manager.create(draw.columns(), new Shape(batch, 1, width));
        NDArray pixels = row.add(start).add(column);
        NDArray taken = rows.reshape(-1, channels).get(new NDIndex("{}", pixels));
        if (augmentation.shift() > 0) {
            taken = taken.mul(where(draw.rowInside(), draw.columnInside()));
        }
        return augmentation.isColoured()
                ? coloured(taken.toType(DataType.FLOAT32, true), draw.colours())
                : taken;
    }

    /**
     * Hides the squares.
     *
     * @param inputs normalised, {@code [batch, height, width, channels]}
     * @return the same shape
     */
    NDArray hidden(NDArray inputs) {
        if (augmentation.cutout() == 0) {
            return inputs;
        }
        NDArray hidden = where(draw.rowHidden(), draw.columnHidden());
        return inputs.mul(hidden.neg().addi(1).toType(DataType.FLOAT32, false));
    }

    /** 1 where both are, {@code [batch, height, width, 1]}. */
    private NDArray where(byte[] rows, byte[] columns) {
        return bytes(rows, height, 1).mul(bytes(columns, 1, width));
    }

    private NDArray bytes(byte[] values, int rows, int columns) {
        return manager.create(
                ByteBuffer.wrap(values), new Shape(batch, rows, columns, 1), DataType.INT8);
    }

    /** From 0 to 255, {@code [batch, height, width, channels]} in and out. */
    private NDArray coloured(NDArray taken, float[] factors) {
        NDArray all = manager.create(factors, new Shape(3, batch, 1, 1, 1));
        NDArray brighter = taken.mul(all.get(0)).clip(0, 255);
        NDArray mean = brightness(brighter).mean(new int[] {1}, true).mean(new int[] {2}, true);
        NDArray sharper = brighter.sub(mean).muli(all.get(1)).addi(mean).clip(0, 255);
        if (channels != 3) {
            return sharper;
        }
        NDArray grey = brightness(sharper);
        return sharper.sub(grey).muli(all.get(2)).addi(grey).clip(0, 255);
    }

    /** As in ITU-R BT.601; {@code [batch, height, width, 1]}. */
    private NDArray brightness(NDArray taken) {
        if (channels != 3) {
            return taken.mean(new int[] {3}, true);
        }
        NDArray shares = manager.create(new float[] {0.299f, 0.587f, 0.114f});
        return taken.mul(shares).sum(new int[] {3}, true);
    }
}
