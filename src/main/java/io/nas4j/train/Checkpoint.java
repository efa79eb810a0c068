package io.nas4j.train;

import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A training on the heap: what it takes to go on.
 *
 * @param architecture what is trained
 * @param fidelity up to where, and on which schedule
 * @param course how it went so far
 * @param weights as {@link Weights#save} gives them
 * @param moments of the optimizer
 */
record Checkpoint(
        Architecture architecture,
        Fidelity fidelity,
        TrainingRecord course,
        List<float[]> weights,
        Optimizer.Moments moments) {

    private static final int MAGIC = 0x6e347431;

    static Checkpoint of(Architecture architecture, Fidelity fidelity, TrainingState state) {
        return new Checkpoint(
                architecture, fidelity, state.course(), state.weights(), state.moments());
    }

    /** What the training itself goes on from. */
    TrainingState state() {
        return new TrainingState(course, weights, moments);
    }

    /**
     * Whether going on from here gives what training from the start gives: the same network on the
     * same examples, with epochs to go, by the same schedule.
     *
     * @param constant whether the learning rate does not change, so that any schedule is the same
     */
    boolean leadsTo(Architecture other, Fidelity goal, boolean constant) {
        return architecture.equals(other)
                && course.epochs() < goal.epochs()
                && fidelity.data() == goal.data()
                && fidelity.width() == goal.width()
                && fidelity.resolution() == goal.resolution()
                && (constant || fidelity.horizon() == goal.horizon());
    }

    void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(stream);
        out.writeInt(MAGIC);
        out.writeUTF(architecture.space());
        out.writeInt(architecture.choices().size());
        for (int choice : architecture.choices()) {
            out.writeInt(choice);
        }
        out.writeInt(fidelity.epochs());
        out.writeDouble(fidelity.data());
        out.writeDouble(fidelity.width());
        out.writeInt(fidelity.resolution());
        out.writeInt(fidelity.horizon());
        new TrainingState(course, weights, moments).write(out);
    }

    static Checkpoint read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream, 1 << 16));
        if (in.readInt() != MAGIC) {
            throw new IOException("this is no saved training");
        }
        String space = in.readUTF();
        List<Integer> choices = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            choices.add(in.readInt());
        }
        Fidelity fidelity =
                new Fidelity(
                        in.readInt(), in.readDouble(), in.readDouble(), in.readInt(), in.readInt());
        return of(new Architecture(space, choices), fidelity, TrainingState.read(in));
    }
}
