package io.nas4j.model;

import ai.djl.modality.cv.ImageFactory;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;

/** A program that serves a model and knows nothing else of nas4j; run by {@link SmallRuntimeIT}. */
final class Serve {

    private Serve() {}

    /** Prints the classes and their probabilities, as the model says and as DJL's predictor. */
    public static void main(String[] args) throws Exception {
        NasModel model = NasModel.load(Path.of(args[0]));
        BufferedImage picture = new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB);
        System.out.println(text(model.predict(picture)));
        try (var served = NasModel.criteria(Path.of(args[0])).build().loadModel();
                var predictor = served.newPredictor()) {
            var answer = predictor.predict(ImageFactory.getInstance().fromImage(picture));
            float[] probabilities = new float[answer.getProbabilities().size()];
            for (int i = 0; i < probabilities.length; i++) {
                probabilities[i] = answer.getProbabilities().get(i).floatValue();
            }
            System.out.println(text(new Classification(answer.getClassNames(), probabilities)));
        }
    }

    static String text(Classification answer) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < answer.probabilities().length; i++) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%s %.3f ",
                            answer.classes().get(i),
                            answer.probabilities()[i]));
        }
        return text.toString().strip();
    }
}
