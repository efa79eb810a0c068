package io.nas4j.notebook;

import io.nas4j.view.MimeBundle;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.commons.lang3.reflect.FieldUtils;
import org.apache.commons.lang3.reflect.MethodUtils;

/**
 * JJava, and IJava before it: one API under two package names, called by reflection because a
 * method's return type differs between versions.
 */
final class KernelSink implements NotebookSink {

    /** How to find the kernel that runs, and where its classes live. */
    private record Family(String holder, String getter, String packages) {}

    private static final Family JJAVA =
            new Family(
                    "org.dflib.jjava.jupyter.kernel.BaseKernel",
                    "notebookKernel",
                    "org.dflib.jjava.jupyter.kernel");
    private static final Family IJAVA =
            new Family(
                    "io.github.spencerpark.ijava.IJava",
                    "getKernelInstance",
                    "io.github.spencerpark.jupyter.kernel");

    private final Object stream;
    private final Class<?> bundleType;

    private KernelSink(Object stream, Class<?> bundleType) {
        this.stream = stream;
        this.bundleType = bundleType;
    }

    static Optional<NotebookSink> jjava() {
        return find(JJAVA);
    }

    static Optional<NotebookSink> ijava() {
        return find(IJAVA);
    }

    /**
     * A sink on a given kernel.
     *
     * @param kernel a {@code BaseKernel} of either family
     * @param packages the package of {@code DisplayStream}
     * @return the sink
     * @throws ReflectiveOperationException when the kernel is of another kind
     */
    static KernelSink on(Object kernel, String packages) throws ReflectiveOperationException {
        Object io = MethodUtils.invokeMethod(kernel, "getIO");
        Object stream = FieldUtils.readField(io, "display");
        ClassLoader loader = stream.getClass().getClassLoader();
        return new KernelSink(
                stream, Class.forName(packages + ".display.DisplayData", true, loader));
    }

    private static Optional<NotebookSink> find(Family family) {
        try {
            Class<?> holder = Kernels.load(family.holder);
            Object kernel = MethodUtils.invokeStaticMethod(holder, family.getter);
            return kernel == null ? Optional.empty() : Optional.of(on(kernel, family.packages));
        } catch (ReflectiveOperationException | LinkageError e) {
            // not this kernel; JJava's getter throws where no kernel runs
            return Optional.empty();
        }
    }

    @Override
    public boolean isAttached() {
        try {
            return (boolean) MethodUtils.invokeMethod(stream, "isAttached");
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    @Override
    public String display(MimeBundle bundle) {
        String id = UUID.randomUUID().toString();
        call(id, bundle, "display", false);
        return id;
    }

    @Override
    public void update(String id, MimeBundle bundle) {
        call(id, bundle, "updateDisplay", true);
    }

    private void call(String id, MimeBundle bundle, String method, boolean withId) {
        try {
            Object data = bundleType.getConstructor().newInstance();
            for (Map.Entry<String, String> entry : bundle.data().entrySet()) {
                MethodUtils.invokeMethod(data, "putData", entry.getKey(), entry.getValue());
            }
            MethodUtils.invokeMethod(data, "setDisplayId", id);
            Object[] args = withId ? new Object[] {id, data} : new Object[] {data};
            MethodUtils.invokeMethod(stream, method, args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("the kernel refused an output", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the kernel is of an unknown version", e);
        }
    }
}
