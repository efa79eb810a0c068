package io.nas4j.notebook;

import java.util.Map;

/** Settings that keep DJL's bars and log lines out of a reader's cells; what is set stays. */
final class QuietDefaults {

    private static final Map<String, String> DEFAULTS =
            Map.of(
                    "disableProgressBar", "true",
                    "OPT_OUT_TRACKING", "true",
                    "ai.djl.pytorch.graph_optimizer", "false",
                    "slf4j.internal.verbosity", "ERROR",
                    "org.slf4j.simpleLogger.defaultLogLevel", "warn");

    private QuietDefaults() {}

    static void set() {
        DEFAULTS.forEach(
                (name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value);
                    }
                });
    }
}
