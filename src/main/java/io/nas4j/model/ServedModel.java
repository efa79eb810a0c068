package io.nas4j.model;

import static io.nas4j.space.Require.require;

import ai.djl.Application;
import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.modality.Classifications;
import ai.djl.modality.cv.Image;
import ai.djl.repository.MRL;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ModelZoo;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Translator;
import ai.djl.util.Progress;
import io.nas4j.data.Target;
import io.nas4j.operation.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The folder of a model as a zoo of DJL, with this one model in it. */
final class ServedModel extends ModelZoo {

    private static final String GROUP = "io.nas4j";

    ServedModel(Path folder, Operation... own) {
        addModel(new Loader(folder, own));
    }

    @Override
    public String getGroupId() {
        return GROUP;
    }

    @Override
    public Set<String> getSupportedEngines() {
        return Set.of(Engine.getDefaultEngineName());
    }

    /**
     * A model with its weights on a device.
     *
     * @param input what its predictors are asked with
     */
    static <I> ZooModel<I, Classifications> of(NasModel model, Class<I> input, Device device) {
        model.card().answer().requireKind(Target.Kind.CLASSES, "serving by DJL");
        Translator<I, Classifications> translator = translator(model, input);
        Model served = Model.newInstance(model.card().network().name(), device);
        try {
            served.setBlock(model.block(served.getNDManager()));
            model.card().provenance().forEach(served::setProperty);
        } catch (RuntimeException | Error e) {
            served.close();
            throw e;
        }
        return new ZooModel<>(served, translator);
    }

    // of the type that was asked for, which is compared with both that there are
    @SuppressWarnings("unchecked")
    private static <I> Translator<I, Classifications> translator(NasModel model, Class<I> input) {
        if (input.equals(Image.class)) {
            require(
                    model.card().images(),
                    "the network reads rows of %d features, not images. Try float[].class.",
                    model.card().channels());
            return (Translator<I, Classifications>) new ServedInputs.OfImages(model.card());
        }
        require(
                input.equals(float[].class),
                "a model is asked with Image.class or float[].class, but the criteria say %s.",
                input.getSimpleName());
        return (Translator<I, Classifications>) new ServedInputs.OfNumbers(model.card());
    }

    /** Reads the folder, whenever a model of it is asked for. */
    private record Loader(Path folder, Operation... own) implements ModelLoader {

        @Override
        public String getGroupId() {
            return GROUP;
        }

        @Override
        public String getArtifactId() {
            return String.valueOf(folder.toAbsolutePath().getFileName());
        }

        @Override
        public Application getApplication() {
            return Application.UNDEFINED;
        }

        @Override
        public MRL getMrl() {
            return MRL.undefined(null, "", GROUP);
        }

        // the translator is the criteria's own, or of the types that they name
        @SuppressWarnings("unchecked")
        @Override
        public <I, O> ZooModel<I, O> loadModel(Criteria<I, O> criteria)
                throws IOException, ModelNotFoundException {
            if (!criteria.getOutputClass().isAssignableFrom(Classifications.class)) {
                throw new ModelNotFoundException(
                        "a model of nas4j answers Classifications, not "
                                + criteria.getOutputClass().getSimpleName()
                                + ".");
            }
            Device device =
                    criteria.getDevice() == null
                            ? Engine.getInstance().defaultDevice()
                            : criteria.getDevice();
            return (ZooModel<I, O>)
                    of(NasModel.load(folder, own), criteria.getInputClass(), device);
        }

        @Override
        public <I, O> boolean isDownloaded(Criteria<I, O> criteria) {
            return true;
        }

        @Override
        public <I, O> void downloadModel(Criteria<I, O> criteria, Progress progress) {
            // the folder is here
        }
    }
}
