package io.nas4j.train;

import static io.nas4j.space.Require.require;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import io.nas4j.estimate.Candidate;
import io.nas4j.morph.Inheritance;
import io.nas4j.morph.WeightSet;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Network;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Program;
import io.nas4j.space.Architecture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A candidate that starts from the weights of another architecture of its space.
 *
 * @param candidate the heir
 * @param shape of a sample
 * @param classes of the data
 */
record Heir(Candidate candidate, InputShape shape, int classes) {

    /** Hands the weights on; returns the share of the heir's numbers that it got. */
    double start(Training training, Network network, Checkpoint parent) {
        Architecture from = parent.architecture();
        require(
                from.space().equals(candidate.space().name()),
                "weights pass within one space, but a checkpoint of \"%s\" was given to trial %d of"
                        + " \"%s\". Try a journal of its own.",
                from.space(),
                candidate.trial(),
                candidate.space().name());
        candidate.space().check(from);
        double width = parent.fidelity().width();
        require(
                width == candidate.fidelity().width(),
                "weights pass between networks of one width, but trial %d has %s of the channels"
                        + " and the one that it inherits from %s.",
                candidate.trial(),
                candidate.fidelity().width(),
                width);
        Program program = Networks.lower(candidate.space().network(from), shape, classes, width);
        Inheritance passed =
                Inheritance.of(
                        new WeightSet(program, bySlot(program, parent.weights())),
                        weights(network));
        training.startFrom(saved(passed.weights()));
        return passed.inherited();
    }

    /** The network's first weights. */
    private static WeightSet weights(Network network) {
        List<float[]> arrays = new ArrayList<>();
        for (Parameter parameter : network.getParameters().values()) {
            try (NDArray copy = parameter.getArray().stopGradient().duplicate()) {
                arrays.add(copy.toFloatArray());
            }
        }
        return new WeightSet(network.program(), arrays);
    }

    /** Whether {@link Weights} has a slot in its vector, rather than among the statistics. */
    private static boolean[] trained(Program program) {
        boolean[] trained = program.live();
        for (int i = 0; i < trained.length; i++) {
            trained[i] &= program.slots().get(i).role().isTrained();
        }
        return trained;
    }

    /** Of what {@link Weights#save} gives: one array a slot. */
    static List<float[]> bySlot(Program program, List<float[]> saved) {
        boolean[] trained = trained(program);
        long numbers = 0;
        int others = 0;
        for (int i = 0; i < trained.length; i++) {
            numbers += trained[i] ? program.slots().get(i).size() : 0;
            others += trained[i] ? 0 : 1;
        }
        require(
                saved.size() == others + 1 && saved.get(0).length == numbers,
                "a checkpoint must hold the %d trained numbers and %d other arrays of its"
                        + " architecture, but holds %d and %d. Try a journal of its own.",
                numbers,
                others,
                saved.isEmpty() ? 0 : saved.get(0).length,
                Math.max(0, saved.size() - 1));
        List<float[]> arrays = new ArrayList<>();
        int at = 0;
        int other = 1;
        for (int i = 0; i < trained.length; i++) {
            if (trained[i]) {
                int size = (int) program.slots().get(i).size();
                arrays.add(Arrays.copyOfRange(saved.get(0), at, at + size));
                at += size;
            } else {
                arrays.add(saved.get(other++));
            }
        }
        return arrays;
    }

    /** As {@link Weights#restore} takes it. */
    static List<float[]> saved(WeightSet weights) {
        boolean[] trained = trained(weights.program());
        List<float[]> others = new ArrayList<>();
        int size = 0;
        for (int i = 0; i < trained.length; i++) {
            size += trained[i] ? weights.arrays().get(i).length : 0;
        }
        float[] vector = new float[size];
        int at = 0;
        for (int i = 0; i < trained.length; i++) {
            float[] array = weights.arrays().get(i);
            if (trained[i]) {
                System.arraycopy(array, 0, vector, at, array.length);
                at += array.length;
            } else {
                others.add(array);
            }
        }
        List<float[]> all = new ArrayList<>();
        all.add(vector);
        all.addAll(others);
        return all;
    }
}
