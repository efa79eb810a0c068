package io.nas4j.model;

import static io.nas4j.space.Require.require;

import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import io.nas4j.json.ModelCard;
import java.awt.image.BufferedImage;

/** What predictors of DJL are asked with becomes what the network reads; logits become classes. */
abstract class ServedInputs<I> implements Translator<I, Classifications> {

    final ModelCard card;

    ServedInputs(ModelCard card) {
        this.card = card;
    }

    /** One example as the data have it: images of 0 to 255. */
    abstract float[] raw(I input, NDManager manager);

    @Override
    public NDList processInput(TranslatorContext context, I input) {
        Shape one = new Shape(card.channels(), 1, 1);
        NDArray scale = context.getNDManager().create(Classifier.floats(card.scale()), one);
        NDArray offset = context.getNDManager().create(Classifier.floats(card.offset()), one);
        Shape shape = new Shape(card.channels(), card.height(), card.width());
        NDArray example = context.getNDManager().create(raw(input, context.getNDManager()), shape);
        return new NDList(example.muli(scale).addi(offset));
    }

    @Override
    public Classifications processOutput(TranslatorContext context, NDList answers) {
        return new Classifications(card.classes(), answers.singletonOrThrow().softmax(0));
    }

    /** Pictures, as {@link Classifier#predict(BufferedImage)} takes them. */
    static final class OfImages extends ServedInputs<Image> {

        OfImages(ModelCard card) {
            super(card);
        }

        @Override
        float[] raw(Image image, NDManager manager) {
            return new RawInputs(card).of(picture(image, manager));
        }

        /** As the JVM has it; those of other libraries by way of their pixels. */
        private static BufferedImage picture(Image image, NDManager manager) {
            if (image.getWrappedImage() instanceof BufferedImage here) {
                return here;
            }
            BufferedImage copy =
                    new BufferedImage(
                            image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
            try (NDArray bytes = image.toNDArray(manager, Image.Flag.COLOR);
                    NDArray pixels = bytes.toType(DataType.INT32, false)) {
                int[] colours = pixels.toIntArray();
                for (int i = 0; i < colours.length; i += 3) {
                    int rgb = colours[i] << 16 | colours[i + 1] << 8 | colours[i + 2];
                    copy.setRGB(i / 3 % copy.getWidth(), i / 3 / copy.getWidth(), rgb);
                }
            }
            return copy;
        }
    }

    /** Numbers of one example, as {@link Classifier#predict(float[])} takes them. */
    static final class OfNumbers extends ServedInputs<float[]> {

        OfNumbers(ModelCard card) {
            super(card);
        }

        @Override
        float[] raw(float[] values, NDManager manager) {
            int size = new RawInputs(card).size();
            require(
                    values.length == size,
                    "a predictor is asked with one example of %d numbers, but was given %d. Try"
                            + " batchPredict for several.",
                    size,
                    values.length);
            float[] raw = values.clone();
            for (int i = 0; card.images() && i < size; i++) {
                raw[i] *= 255;
            }
            return raw;
        }
    }
}
