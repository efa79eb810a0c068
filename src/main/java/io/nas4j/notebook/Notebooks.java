package io.nas4j.notebook;

import static io.nas4j.space.Require.require;

import io.nas4j.view.MimeBundle;
import io.nas4j.view.Renderers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The notebook around us, whichever kernel it has.
 *
 * <p>{@code -Dnas4j.display} says where views go: {@code auto} (a notebook, else the terminal),
 * {@code notebook} (a notebook, else nowhere), {@code text} (the terminal), {@code off}.
 */
public final class Notebooks {

    /** What a cell needs to write searches down; JJava runs these when it loads the library. */
    public static final List<String> IMPORTS =
            List.of(
                    "import static io.nas4j.Nas.*;",
                    "import static io.nas4j.space.Grammar.*;",
                    "import static io.nas4j.operation.Primitive.*;",
                    "import static io.nas4j.operation.Argument.*;",
                    "import io.nas4j.*;",
                    "import io.nas4j.operation.*;",
                    "import io.nas4j.space.*;",
                    "import io.nas4j.data.*;",
                    "import io.nas4j.trial.*;",
                    "import io.nas4j.analysis.*;",
                    "import io.nas4j.estimate.*;",
                    "import io.nas4j.strategy.*;",
                    "import io.nas4j.train.*;",
                    "import io.nas4j.controller.*;",
                    "import io.nas4j.genotype.*;",
                    "import io.nas4j.gradient.*;",
                    "import io.nas4j.export.*;",
                    "import io.nas4j.model.*;",
                    "import io.nas4j.oneshot.*;",
                    "import io.nas4j.sharing.*;",
                    "import io.nas4j.journal.JournalContent;",
                    "import io.nas4j.search.*;",
                    "import io.nas4j.study.*;",
                    "import io.nas4j.view.*;");

    /** A process is one kernel, which has one page. */
    private static final PlotlyPage PAGE = PlotlyPage.here();

    private Notebooks() {}

    /**
     * Where views go now.
     *
     * @return never throws when used
     */
    public static NotebookSink sink() {
        String display = System.getProperty("nas4j.display", "auto").toLowerCase(Locale.ROOT);
        return SafeSink.of(
                switch (display) {
                    case "off" -> new SilentSink();
                    case "text" -> new TerminalSink();
                    case "notebook" -> kernel().orElseGet(SilentSink::new);
                    default -> kernel().orElseGet(TerminalSink::new);
                });
    }

    private static Optional<NotebookSink> kernel() {
        return Stream.<Supplier<Optional<NotebookSink>>>of(
                        KernelSink::jjava, KernelSink::ijava, RapaioSink::running)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Shows a value in the middle of a cell.
     *
     * @param value drawn when it is ours, else as its text
     */
    public static void show(Object value) {
        sink().display(bundle(value));
    }

    static MimeBundle bundle(Object value) {
        try {
            boolean carries = Renderers.isScripted(value) && PAGE.isDue();
            return Renderers.render(value, carries)
                    .orElseGet(() -> MimeBundle.text(String.valueOf(value)));
        } catch (Throwable e) {
            return MimeBundle.text(String.valueOf(value));
        }
    }

    /**
     * From now on an error in a cell comes with its whole stack trace. Without it JJava shows the
     * message and the line of the cell where the message says all. The environment variable {@code
     * NAS4J_ERRORS=full} does the same from the start.
     */
    public static void fullErrors() {
        System.setProperty(BriefTrace.PROPERTY, "full");
    }

    /**
     * Teaches the IJava kernel to draw our values; JJava and rapaio need no call.
     *
     * @return the imports that a cell needs, to be run next
     * @throws IllegalStateException when IJava does not run here
     */
    public static String install() {
        QuietDefaults.set();
        try {
            Object kernel =
                    Kernels.load("io.github.spencerpark.ijava.IJava")
                            .getMethod("getKernelInstance")
                            .invoke(null);
            require(kernel != null, "no IJava kernel runs here.");
            IJavaRenderers.register(kernel);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "install() is for the IJava kernel, which does not run here. Try JJava, which"
                            + " needs no call.",
                    e);
        }
        return String.join("\n", IMPORTS);
    }
}
