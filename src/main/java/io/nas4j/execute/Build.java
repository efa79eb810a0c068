package io.nas4j.execute;

import static io.nas4j.space.Require.require;

import io.nas4j.json.Json;
import io.nas4j.json.Message;

/** Which nas4j this is: search and workers must be of one. */
final class Build {

    private static final int PROTOCOL = 1;

    private Build() {}

    static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return (version == null ? "unpackaged" : version)
                + ", text form "
                + Json.VERSION
                + ", protocol "
                + PROTOCOL;
    }

    /** What a worker says of itself first. */
    static Message signature(Message message) {
        return message.with("version", version()).with("pid", ProcessHandle.current().pid());
    }

    static void requireSame(String worker, Message ready, String remedy) {
        require(
                ready.text("version").equals(version()),
                "%s is nas4j %s, but the search is %s. Try %s",
                worker,
                ready.text("version"),
                version(),
                remedy);
    }
}
