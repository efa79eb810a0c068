package io.nas4j.notebook;

import io.github.spencerpark.jupyter.channels.ShellReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.DisplayStream;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.ContentType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/** IJava's own base kernel with a recorder where the front end would be. */
public final class IJavaKernel extends BaseKernel {

    /** What was published. */
    public final List<ContentType<?>> published = new ArrayList<>();

    private final class Recorder extends ShellReplyEnvironment {
        Recorder() {
            super(null, null, null, null);
        }

        @Override
        public <T extends ContentType<T>> void publish(T content) {
            published.add(content);
        }
    }

    /** As when a cell begins. */
    IJavaKernel attached() throws ReflectiveOperationException {
        Method attach =
                DisplayStream.class.getDeclaredMethod("setEnv", ShellReplyEnvironment.class);
        attach.setAccessible(true);
        attach.invoke(getIO().display, new Recorder());
        return this;
    }

    @Override
    public DisplayData eval(String code) {
        return new DisplayData();
    }

    @Override
    public LanguageInfo getLanguageInfo() {
        return null;
    }
}
