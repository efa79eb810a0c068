package io.nas4j.train;

import io.nas4j.trial.Point;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a training goes on from after an epoch, on the heap.
 *
 * @param course how it went so far
 * @param weights as {@link Weights#save} gives them
 * @param moments of the optimizer
 */
record TrainingState(TrainingRecord course, List<float[]> weights, Optimizer.Moments moments) {

    void write(DataOutputStream out) throws IOException {
        out.writeInt(course.epochs());
        out.writeBoolean(course.whole());
        out.writeDouble(course.loss());
        write(out, course.training());
        write(out, course.validation());
        writeAll(out, weights);
        out.writeInt(moments.steps());
        writeAll(out, moments.values());
        out.flush();
    }

    static TrainingState read(DataInputStream in) throws IOException {
        return new TrainingState(
                new TrainingRecord(
                        in.readInt(), in.readBoolean(), in.readDouble(), points(in), points(in)),
                readAll(in),
                new Optimizer.Moments(in.readInt(), readAll(in)));
    }

    private static void write(DataOutputStream out, List<Point> points) throws IOException {
        out.writeInt(points.size());
        for (Point point : points) {
            out.writeInt(point.step());
            out.writeDouble(point.score());
        }
    }

    private static List<Point> points(DataInputStream in) throws IOException {
        List<Point> points = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            points.add(new Point(in.readInt(), in.readDouble()));
        }
        return points;
    }

    private static void writeAll(DataOutputStream out, List<float[]> arrays) throws IOException {
        out.writeInt(arrays.size());
        for (float[] values : arrays) {
            out.writeInt(values.length);
            for (float value : values) {
                out.writeFloat(value);
            }
        }
    }

    private static List<float[]> readAll(DataInputStream in) throws IOException {
        List<float[]> arrays = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            float[] values = new float[in.readInt()];
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readFloat();
            }
            arrays.add(values);
        }
        return arrays;
    }
}
