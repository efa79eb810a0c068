package io.nas4j.execute;

import io.nas4j.json.Message;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A worker process: reads jobs from its standard input, and ends when that ends, however its search
 * has ended.
 */
public final class WorkerMain {

    private WorkerMain() {}

    /**
     * Runs until the standard input ends.
     *
     * @param own the names of the user's own records that a job may be made of
     * @throws IOException when the search cannot be heard or told
     */
    public static void main(String[] own) throws IOException {
        OutputStream pipe = new FileOutputStream(FileDescriptor.out);
        // what is printed must not come between the messages
        System.setOut(
                new PrintStream(
                        new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        ignoreInterrupts();
        WorkerLoop loop =
                new WorkerLoop(System.in, new Wire(pipe), List.of(own), WorkerLoop.Site.PROCESS);
        loop.begin("nas4j-trials", loop::runTrials);
        loop.run(Message.of("ready"));
    }

    /**
     * A notebook's Stop button may signal the whole process group; the search then tells its
     * workers itself. By reflection, as the compiler warns of the class.
     */
    private static void ignoreInterrupts() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignore =
                    Proxy.newProxyInstance(
                            WorkerMain.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) -> null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
        } catch (ReflectiveOperationException e) {
            // a JVM without it: the worker ends with the signal, and is started again
        }
    }
}
