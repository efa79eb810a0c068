package io.nas4j.notebook;

import io.nas4j.notebook.BriefTrace.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import org.apache.commons.lang3.reflect.FieldUtils;

/**
 * Makes the errors of cells brief: JShell tells its listeners of an error before the kernel hears
 * of it and writes it down.
 */
final class BriefErrors {

    /** Where JJava keeps its JShell, which it hands to nobody. */
    private static final String FIELD = "jShell";

    private BriefErrors() {}

    /**
     * Installs.
     *
     * @param kernel JJava
     * @throws IllegalAccessException when it is of another version; its traces are then whole
     */
    static void install(Object kernel) throws IllegalAccessException {
        listen((JShell) FieldUtils.readField(kernel, FIELD, true));
    }

    static void listen(JShell shell) {
        shell.onSnippetEvent(
                event -> {
                    if (event.exception() instanceof EvalException error) {
                        shorten(error);
                    }
                });
    }

    private static void shorten(EvalException error) {
        List<EvalException> chain = new ArrayList<>();
        JShellException next = error;
        while (next instanceof EvalException one) {
            chain.add(one);
            next = one.getCause();
        }
        List<List<StackTraceElement>> brief =
                BriefTrace.of(chain.stream().map(BriefErrors::thrown).toList());
        for (int i = 0; i < chain.size(); i++) {
            chain.get(i).setStackTrace(brief.get(i).toArray(StackTraceElement[]::new));
        }
    }

    private static Thrown thrown(EvalException error) {
        return new Thrown(
                error.getExceptionClassName(),
                Objects.requireNonNullElse(error.getMessage(), ""),
                List.of(error.getStackTrace()));
    }
}
