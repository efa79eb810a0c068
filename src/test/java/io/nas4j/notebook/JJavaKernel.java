package io.nas4j.notebook;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.DisplayStream;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.ContentType;

/** JJava's own base kernel with recorders where the front end and the evaluator would be. */
final class JJavaKernel extends BaseKernel {

    final List<ContentType<?>> published = new ArrayList<>();
    final List<String> evaluated = new ArrayList<>();

    JJavaKernel() {
        super(
                "test",
                "1",
                null,
                List.of(),
                null,
                new JupyterIO(StandardCharsets.UTF_8),
                new CommManager(),
                new Renderer(),
                null,
                new MagicsRegistry(),
                false,
                new StringStyler.Builder().build());
    }

    private final class Recorder extends ShellReplyEnvironment {
        Recorder() {
            super(null, null, null, null);
        }

        @Override
        public <T extends ContentType<T>> void publish(T content) {
            published.add(content);
        }
    }

    /** As when the kernel starts and a cell begins. */
    JJavaKernel running() throws ReflectiveOperationException {
        installNotebookKernel();
        Method attach =
                DisplayStream.class.getDeclaredMethod("setEnv", ShellReplyEnvironment.class);
        attach.setAccessible(true);
        attach.invoke(getIO().display, new Recorder());
        return this;
    }

    static void none() {
        notebookKernel = null;
    }

    @Override
    public Object evalRaw(String code) {
        evaluated.add(code);
        if (code.contains("gradient")) {
            throw new IllegalStateException("package io.nas4j.gradient does not exist");
        }
        return null;
    }

    @Override
    public DisplayData inspect(String code, int at, boolean more) {
        return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return null;
    }

    @Override
    public String isComplete(String code) {
        return "";
    }
}
