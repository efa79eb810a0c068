package io.nas4j.notebook;

import io.nas4j.view.Renderers;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Registers our views with IJava's renderer through its API, of which no class is compiled in. */
final class IJavaRenderers {

    private static final String DISPLAY = "io.github.spencerpark.jupyter.kernel.display.";

    private IJavaRenderers() {}

    /**
     * Registers.
     *
     * @param kernel a {@code BaseKernel} of IJava
     * @throws ReflectiveOperationException when it is of another kind
     */
    static void register(Object kernel) throws ReflectiveOperationException {
        Object renderer = kernel.getClass().getMethod("getRenderer").invoke(kernel);
        ClassLoader loader = renderer.getClass().getClassLoader();
        Class<?> function = Class.forName(DISPLAY + "RenderFunction", true, loader);
        Object proxy =
                Proxy.newProxyInstance(
                        loader,
                        new Class<?>[] {function},
                        (self, method, args) -> {
                            if (method.getDeclaringClass() == Object.class) {
                                return ofObject(self, method, args);
                            }
                            put(args[0], args[1]);
                            return null;
                        });
        for (Class<?> type : Renderers.types()) {
            Object registration =
                    renderer.getClass()
                            .getMethod("createRegistration", Class.class)
                            .invoke(renderer, type);
            registration = types(registration, "preferring", "text/html");
            registration = types(registration, "supporting", "text/html", "image/svg+xml");
            registration.getClass().getMethod("register", function).invoke(registration, proxy);
        }
    }

    private static Object types(Object registration, String method, String... mimes)
            throws ReflectiveOperationException {
        Object array = Array.newInstance(String.class, mimes.length);
        for (int i = 0; i < mimes.length; i++) {
            Array.set(array, i, mimes[i]);
        }
        return registration
                .getClass()
                .getMethod(method, String[].class)
                .invoke(registration, array);
    }

    private static void put(Object value, Object context) throws ReflectiveOperationException {
        Object container = context.getClass().getMethod("getOutputContainer").invoke(context);
        for (Map.Entry<String, String> entry : Notebooks.bundle(value).data().entrySet()) {
            container
                    .getClass()
                    .getMethod("putData", String.class, Object.class)
                    .invoke(container, entry.getKey(), entry.getValue());
        }
    }

    private static Object ofObject(Object self, Method method, Object[] args) {
        return switch (method.getName()) {
            case "equals" -> self == args[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> "nas4j's views";
        };
    }
}
