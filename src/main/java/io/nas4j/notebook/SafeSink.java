package io.nas4j.notebook;

import io.nas4j.view.MimeBundle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A sink whose failures stay here, and that takes no interrupt: nothing that is shown may break
 * what is computed, or keep it from hearing Stop.
 */
final class SafeSink implements NotebookSink {

    private final NotebookSink sink;

    private SafeSink(NotebookSink sink) {
        this.sink = sink;
    }

    /**
     * A safe one.
     *
     * @param sink what may fail
     */
    static SafeSink of(NotebookSink sink) {
        return sink instanceof SafeSink safe ? safe : new SafeSink(sink);
    }

    @Override
    public boolean isAttached() {
        try {
            return sink.isAttached();
        } catch (Throwable e) {
            return false;
        }
    }

    @Override
    public String display(MimeBundle bundle) {
        return apart(() -> sink.display(bundle), "");
    }

    @Override
    public void update(String id, MimeBundle bundle) {
        // what fails: the next update, or the last, may come through
        apart(
                () -> {
                    sink.update(id, bundle);
                    return "";
                },
                "");
    }

    @Override
    public void complete(String id, MimeBundle bundle) {
        // what fails: the result is still the value of the call
        apart(
                () -> {
                    sink.complete(id, bundle);
                    return "";
                },
                "");
    }

    @Override
    public void withdraw(String id) {
        // what fails: the error that follows is the last word all the same
        apart(
                () -> {
                    sink.withdraw(id);
                    return "";
                },
                "");
    }

    /**
     * Shows on a thread of its own, and waits for it. A kernel sends on the thread that calls it,
     * and its socket takes an interrupt off that thread without a word: a search that drew its
     * progress just then never heard of Stop.
     */
    private static String apart(Callable<String> shown, String otherwise) {
        FutureTask<String> task = new FutureTask<>(shown);
        Thread thread = new Thread(task, "nas4j-display");
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    return otherwise;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
