package io.nas4j.execute;

import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.trial.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.invoke.SerializedLambda;
import java.util.Base64;

/**
 * An estimator that is code, a function for example, as its serialised object. Only where those who
 * read it run the code of those who write it anyway: the executors of a cluster.
 *
 * @param measure of the estimator
 * @param concurrent of the estimator
 * @param object in base 64
 */
record Serialized(String measure, boolean concurrent, String object)
        implements PerformanceEstimator {

    private static final String NOTEBOOK = "REPL.";

    /**
     * Serialises.
     *
     * @param estimator an object of a serialisable class
     * @throws IllegalArgumentException when it is none, or is made of one that is not
     */
    static Serialized of(PerformanceEstimator estimator) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new Writer(bytes)) {
            out.writeObject(estimator);
        } catch (NotSerializableException e) {
            throw new IllegalArgumentException(
                    "neither is it data nor can it be serialised, because of "
                            + e.getMessage()
                            + ".",
                    e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "it cannot be serialised: " + e.getMessage() + ".", e);
        }
        return new Serialized(
                estimator.measure(),
                estimator.concurrent(),
                Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    @Override
    public Session open(Task task) {
        byte[] bytes = Base64.getDecoder().decode(object);
        try (Reader in = new Reader(new ByteArrayInputStream(bytes))) {
            return ((PerformanceEstimator) in.readObject()).open(task);
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    "estimator "
                            + measure
                            + " cannot be read here: "
                            + e
                            + ". Try a jar with its class, by set(\"spark.jars\", ..).",
                    e);
        }
    }

    @Override
    public String toString() {
        return measure;
    }

    /** Finds out what no other process has. */
    private static final class Writer extends ObjectOutputStream {
        Writer(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object written) throws IOException {
            String home =
                    written instanceof SerializedLambda lambda
                            ? lambda.getCapturingClass()
                            : written.getClass().getName();
            if (home.replace('/', '.').startsWith(NOTEBOOK)) {
                throw new IOException("it is of a notebook's cell, which no executor has");
            }
            return written;
        }
    }

    /** By the loader of the task, which knows the jars that came with it. */
    private static final class Reader extends ObjectInputStream {
        Reader(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass type)
                throws IOException, ClassNotFoundException {
            try {
                return Class.forName(
                        type.getName(), false, Thread.currentThread().getContextClassLoader());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(type); // primitive types
            }
        }
    }
}
