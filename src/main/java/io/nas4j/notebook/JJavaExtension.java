package io.nas4j.notebook;

import io.nas4j.view.Renderers;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/**
 * What JJava runs when it finds the library: our values draw themselves, errors are brief, the
 * imports and our Javadoc are there, DJL is quiet. Running it again changes nothing.
 */
public final class JJavaExtension implements Extension {

    @Override
    public void install(BaseKernel kernel) {
        try {
            QuietDefaults.set();
            for (Class<?> type : Renderers.types()) {
                register(kernel, type);
            }
        } catch (Throwable e) {
            // a kernel of another version: cells still work, values show as text
        }
        try {
            BriefErrors.install(kernel);
        } catch (Throwable e) {
            // a kernel of another version: traces are whole
        }
        try {
            ShellSources.install(kernel);
        } catch (Throwable e) {
            // a kernel or a JDK of another version: parameters are told without their Javadoc
        }
        for (String line : Notebooks.IMPORTS) {
            try {
                kernel.evalRaw(line);
            } catch (Throwable e) {
                // a cell can still import it by hand
            }
        }
    }

    private static <T> void register(BaseKernel kernel, Class<T> type) {
        kernel.getRenderer()
                .createRegistration(type)
                .preferring("text/html")
                .supporting("text/html", "image/svg+xml")
                .register(
                        (value, context) -> {
                            DisplayData output = context.getOutputContainer();
                            Notebooks.bundle(value).data().forEach(output::putData);
                        });
    }
}
