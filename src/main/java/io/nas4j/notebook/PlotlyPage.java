package io.nas4j.notebook;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.lang3.reflect.FieldUtils;
import org.apache.commons.lang3.reflect.MethodUtils;

/**
 * Which output of the notebook holds the script for interactive figures: 0.6 MB that a page needs
 * once. It is the first figure of the kernel's life; when its cell runs again, its output is
 * replaced, so that the new one holds the script again.
 */
final class PlotlyPage {

    private final Supplier<Optional<Run>> running;
    private boolean sent;
    private Optional<Run> holder = Optional.empty();

    /**
     * A run of a cell.
     *
     * @param cell its id, which stays when it runs again; empty where a front end tells none
     * @param request the id of this very run
     */
    record Run(Optional<String> cell, String request) {}

    PlotlyPage(Supplier<Optional<Run>> running) {
        this.running = running;
    }

    /** The page of the notebook whose kernel this process is. */
    static PlotlyPage here() {
        return new PlotlyPage(PlotlyPage::jjava);
    }

    /** Whether the figure that is drawn now must bring the script along. */
    synchronized boolean isDue() {
        Optional<Run> now = running.get();
        boolean again =
                now.isPresent()
                        && holder.isPresent()
                        && now.get().cell().isPresent()
                        && now.get().cell().equals(holder.get().cell())
                        && !now.get().request().equals(holder.get().request());
        if (sent && !again) {
            return false;
        }
        sent = true;
        holder = now;
        return true;
    }

    /** JJava keeps the request that it answers where it sends outputs. */
    private static Optional<Run> jjava() {
        try {
            Object kernel =
                    MethodUtils.invokeStaticMethod(
                            Kernels.load("org.dflib.jjava.jupyter.kernel.BaseKernel"),
                            "notebookKernel");
            Object stream =
                    FieldUtils.readField(MethodUtils.invokeMethod(kernel, "getIO"), "display");
            Object request =
                    MethodUtils.invokeMethod(
                            FieldUtils.readField(stream, "env", true), "getContext");
            Object id =
                    MethodUtils.invokeMethod(
                            MethodUtils.invokeMethod(request, "getHeader"), "getId");
            Object metadata = MethodUtils.invokeMethod(request, "getNonNullMetadata");
            Object cell = MethodUtils.invokeMethod(metadata, "get", "cellId");
            return Optional.of(
                    new Run(Optional.ofNullable(cell).map(String::valueOf), String.valueOf(id)));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // another kernel, or none: the first figure holds the script
            return Optional.empty();
        }
    }
}
