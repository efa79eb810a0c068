package io.nas4j.train;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.data.Split;
import io.nas4j.nn.InputShape;
import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Fidelity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a retraining trains on what.
 *
 * @param settings how
 * @param network a space without holes
 * @param data with a test split
 * @param shape of what the network reads
 * @param examples to learn from: indices into the data
 * @param validation to draw a curve by; may be empty
 */
record RetrainTask(
        Retrain settings,
        SearchSpace network,
        Data data,
        InputShape shape,
        int[] examples,
        int[] validation) {

    /** Checks that they fit each other. */
    static RetrainTask of(Retrain settings, SearchSpace network, Data data) {
        Split split = data.split();
        require(
                split.test().length > 0,
                "retraining needs examples to test on, but the test split of \"%s\" is empty. Try"
                        + " data.split(0.7, 0.15).",
                data.name());
        Readiness.check(data);
        DeviceData.requireResolution(data, settings.resolution());
        return new RetrainTask(
                settings,
                network,
                data,
                TrainingSession.shape(data, Fidelity.epochs(1).resolution(settings.resolution())),
                settings.everything()
                        ? Sampling.concat(split.train(), split.validation())
                        : split.train(),
                settings.everything() ? new int[0] : split.validation());
    }

    int classes() {
        return data.outputs();
    }

    /** What makes two trainings the same, as names and texts. */
    Map<String, String> identity(long seed) {
        String print = network.fingerprint(new Architecture(network.name(), List.of()));
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("architecture", network.name() + ", fingerprint " + print);
        parts.put("input", shape.toString());
        parts.put("data", data.name() + ", content " + data.contentHash());
        parts.put("split", Integer.toHexString(Arrays.hashCode(examples)));
        parts.put("recipe", settings.recipe().toString());
        parts.put("drop path", String.valueOf(settings.dropPath()));
        parts.put("auxiliary head", String.valueOf(settings.auxiliary()));
        parts.put("number of epochs", String.valueOf(settings.epochs()));
        parts.put("seed", String.valueOf(seed));
        return parts;
    }
}
