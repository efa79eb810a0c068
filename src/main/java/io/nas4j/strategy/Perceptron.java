package io.nas4j.strategy;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A fully connected ReLU network with one output, trained by Adam on the mean absolute error: the
 * member of BANANAS' ensemble as published.
 *
 * <p>Uniform initial weights of Glorot and Bengio, biases of 0, 150 epochs of shuffled batches of
 * 32. All arithmetic is Java's: the same arguments give the same network on every machine.
 *
 * @see <a href="https://arxiv.org/abs/1910.11858">White et al., 2021</a>
 */
final class Perceptron implements Regressor {

    private static final int LAYERS = 10;
    private static final int WIDTH = 20;
    private static final int EPOCHS = 150;
    private static final int BATCH = 32;
    private static final double RATE = 0.01;
    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.99;

    /** Keras' epsilon, which the authors' code leaves as it is. */
    private static final double EPSILON = 1e-7;

    /** Units a layer, the inputs first, the output last. */
    private final int[] units;

    /** Where a layer's weights [in, out] begin in {@link #parameters}; its biases follow them. */
    private final int[] offsets;

    private final double[] parameters;

    private Perceptron(int features, int layers, int width, RandomGenerator random) {
        units = new int[layers + 2];
        Arrays.fill(units, width);
        units[0] = features;
        units[layers + 1] = 1;
        offsets = new int[layers + 2];
        for (int l = 0; l <= layers; l++) {
            offsets[l + 1] = offsets[l] + (units[l] + 1) * units[l + 1];
        }
        parameters = new double[offsets[layers + 1]];
        for (int l = 0; l <= layers; l++) {
            double range = Math.sqrt(6.0 / (units[l] + units[l + 1]));
            for (int w = offsets[l]; w < bias(l); w++) {
                parameters[w] = range * (2 * random.nextDouble() - 1);
            }
        }
    }

    /**
     * Trains the published network.
     *
     * @param x [n, features]
     * @param y [n]
     * @param random of the first weights and the order of the points
     */
    static Perceptron fit(double[][] x, double[] y, RandomGenerator random) {
        Perceptron network = untrained(x[0].length, LAYERS, WIDTH, random);
        network.train(x, y, EPOCHS, random);
        return network;
    }

    static Perceptron untrained(int features, int layers, int width, RandomGenerator random) {
        return new Perceptron(features, layers, width, random);
    }

    @Override
    public double predict(double[] point) {
        double[][] values = values();
        values[0] = point;
        forward(values);
        return values[values.length - 1][0];
    }

    /** The numbers that are learned, layer by layer: weights [in, out], biases [out]. */
    double[] parameters() {
        return parameters;
    }

    /** The derivative of the mean absolute error over all points by {@link #parameters}. */
    double[] gradient(double[][] x, double[] y) {
        double[] gradient = new double[parameters.length];
        double[][] values = values();
        double[][] errors = values();
        for (int i = 0; i < x.length; i++) {
            addGradient(x[i], y[i], 1.0 / x.length, values, errors, gradient);
        }
        return gradient;
    }

    private void train(double[][] x, double[] y, int epochs, RandomGenerator random) {
        int n = x.length;
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        double[] gradient = new double[parameters.length];
        double[] mean = new double[parameters.length];
        double[] square = new double[parameters.length];
        double[][] values = values();
        double[][] errors = values();
        int step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            shuffle(order, random);
            for (int from = 0; from < n; from += BATCH) {
                int to = Math.min(n, from + BATCH);
                Arrays.fill(gradient, 0);
                for (int i = from; i < to; i++) {
                    double weight = 1.0 / (to - from);
                    addGradient(x[order[i]], y[order[i]], weight, values, errors, gradient);
                }
                adam(gradient, mean, square, ++step);
            }
        }
    }

    private void adam(double[] gradient, double[] mean, double[] square, int step) {
        double rate =
                RATE
                        * Math.sqrt(1 - Math.pow(SQUARE_DECAY, step))
                        / (1 - Math.pow(MEAN_DECAY, step));
        for (int p = 0; p < parameters.length; p++) {
            double g = gradient[p];
            mean[p] = MEAN_DECAY * mean[p] + (1 - MEAN_DECAY) * g;
            square[p] = SQUARE_DECAY * square[p] + (1 - SQUARE_DECAY) * g * g;
            parameters[p] -= rate * mean[p] / (Math.sqrt(square[p]) + EPSILON);
        }
    }

    /** From the first layer's values to the last's. */
    private void forward(double[][] values) {
        for (int l = 0; l + 1 < units.length; l++) {
            double[] in = values[l];
            double[] out = values[l + 1];
            System.arraycopy(parameters, bias(l), out, 0, out.length);
            for (int i = 0; i < in.length; i++) {
                // paths are mostly absent, and half of the units are off
                if (in[i] != 0) {
                    int row = offsets[l] + i * out.length;
                    for (int o = 0; o < out.length; o++) {
                        out[o] += in[i] * parameters[row + o];
                    }
                }
            }
            if (l + 2 < units.length) {
                for (int o = 0; o < out.length; o++) {
                    out[o] = Math.max(0, out[o]);
                }
            }
        }
    }

    private void addGradient(
            double[] x,
            double y,
            double weight,
            double[][] values,
            double[][] errors,
            double[] gradient) {
        values[0] = x;
        forward(values);
        int last = units.length - 1;
        errors[last][0] = weight * Math.signum(values[last][0] - y);
        for (int l = last - 1; l >= 0; l--) {
            double[] in = values[l];
            double[] out = errors[l + 1];
            for (int o = 0; o < out.length; o++) {
                gradient[bias(l) + o] += out[o];
            }
            for (int i = 0; i < in.length; i++) {
                double error = 0;
                // a unit that is off passes no gradient, in either direction
                if (in[i] != 0) {
                    int row = offsets[l] + i * out.length;
                    for (int o = 0; o < out.length; o++) {
                        gradient[row + o] += in[i] * out[o];
                        error += parameters[row + o] * out[o];
                    }
                }
                errors[l][i] = error;
            }
        }
    }

    private int bias(int layer) {
        return offsets[layer] + units[layer] * units[layer + 1];
    }

    private double[][] values() {
        return Arrays.stream(units).mapToObj(double[]::new).toArray(double[][]::new);
    }

    private static void shuffle(int[] order, RandomGenerator random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
    }
}
