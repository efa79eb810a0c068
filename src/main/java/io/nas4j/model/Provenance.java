package io.nas4j.model;

import ai.djl.engine.Engine;
import io.nas4j.train.Retrained;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Where a model comes from, as names and texts. */
final class Provenance {

    private Provenance() {}

    /** What is known of a training; what the caller says is kept. */
    static Map<String, String> of(Retrained trained, Map<String, String> told) {
        Map<String, String> all = new TreeMap<>();
        String version = NasModel.class.getPackage().getImplementationVersion();
        all.put("nas4j", version == null ? "unpackaged" : version);
        all.put("java", System.getProperty("java.version"));
        all.put(
                "engine",
                Engine.getInstance().getEngineName() + " " + Engine.getInstance().getVersion());
        all.put(
                "test " + trained.answer().score(),
                String.format(Locale.ROOT, "%.4f", trained.test().score()));
        all.put("epochs", String.valueOf(trained.course().epochs()));
        if (!trained.course().whole()) {
            all.put("stopped", "after these epochs");
        }
        if (trained.replicates().size() > 1) {
            all.put(
                    "mean test accuracy",
                    String.format(
                            Locale.ROOT,
                            "%.4f of %d seeds",
                            trained.meanScore(),
                            trained.replicates().size()));
        }
        all.put(
                "training seconds",
                String.format(Locale.ROOT, "%.1f", trained.cost().compute().toMillis() / 1e3));
        all.put("space", trained.network().name());
        all.putAll(told);
        return all;
    }
}
