package io.nas4j.notebook;

import io.nas4j.view.MimeBundle;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.lang3.reflect.MethodUtils;

/** The rapaio kernel, called by reflection because it is there only at run time. */
final class RapaioSink implements NotebookSink {

    private static final String ROOT = "org.rapaio.jupyter.kernel.";

    private final Object kernel;
    private final Class<?> bundleType;

    private RapaioSink(Object kernel, Class<?> bundleType) {
        this.kernel = kernel;
        this.bundleType = bundleType;
    }

    /** Only where the JVM was started as this kernel: merely looking would start one. */
    static Optional<NotebookSink> running() {
        String command = System.getProperty("sun.java.command", "");
        if (!command.contains("rapaio-jupyter-kernel") && !command.contains(ROOT + "MainApp")) {
            return Optional.empty();
        }
        try {
            Object kernel = Kernels.load(ROOT + "MainApp").getField("kernel").get(null);
            return Optional.of(on(kernel));
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    static RapaioSink on(Object kernel) throws ReflectiveOperationException {
        return new RapaioSink(kernel, Kernels.load(ROOT + "display.DisplayData"));
    }

    @Override
    public boolean isAttached() {
        try {
            Object channels = MethodUtils.invokeMethod(kernel, "channels");
            return channels != null && (boolean) MethodUtils.invokeMethod(channels, "hasMsgId");
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public String display(MimeBundle bundle) {
        String id = UUID.randomUUID().toString();
        call("display", id, bundle);
        return id;
    }

    @Override
    public void update(String id, MimeBundle bundle) {
        call("updateDisplay", id, bundle);
    }

    private void call(String method, String id, MimeBundle bundle) {
        try {
            // its constructor is protected: every bundle starts from a text
            Object data = MethodUtils.invokeStaticMethod(bundleType, "fromText", bundle.text());
            for (var entry : bundle.data().entrySet()) {
                MethodUtils.invokeMethod(data, "putData", entry.getKey(), entry.getValue());
            }
            MethodUtils.invokeMethod(data, "setDisplayId", id);
            MethodUtils.invokeMethod(kernel, method, data);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the kernel refused an output", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernel is of an unknown version", e);
        }
    }
}
