package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.nas4j.nn.Scaling;
import io.nas4j.sharing.DryRun;
import io.nas4j.sharing.SupernetProblem.ForwardPass;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.space.Decision;
import io.nas4j.supernet.Supernet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A path drawn from softmax(alpha) by Gumbel noise, and the shares through which alpha learns from
 * it: forward they are those of the path, backward those of the softmax at a temperature (the
 * straight-through estimator).
 *
 * <p>Where a decision picks k options, the k largest noisy logits are drawn, each with the share
 * 1/k.
 *
 * @param picked of each decision, the options that were drawn
 * @param shares {@code [logitCount]}; one-hot in value, differentiable by alpha
 * @see <a href="https://arxiv.org/abs/1910.04465">Dong and Yang, 2019, section 3.2</a>
 */
record GumbelPath(List<List<Integer>> picked, NDArray shares) {

    /** GDAS: each step runs one path, and an epoch is scored by the derived path alone. */
    private record Sampled(
            SupernetTrainer supernet, boolean deriveNone, IntToDoubleFunction temperature)
            implements Relaxation {
        @Override
        public ForwardPass training(RandomGenerator random) {
            double now = temperature.applyAsDouble(supernet.state.epoch);
            return new Drawing(supernet.net, now, !deriveNone, random);
        }

        @Override
        public NDArray shares(NDArray alpha) {
            return supernet.net.mixture(alpha);
        }

        @Override
        public ForwardPass evaluation() {
            return ForwardPass.along(supernet.net.path(supernet.net.derive(now(), deriveNone)));
        }

        private float[] now() {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                return shares(supernet.state.alpha).toFloatArray();
            }
        }

        @Override
        public ForwardPass largest(RandomGenerator random) {
            return along(GumbelPath.largest(supernet.net, supernet.state.alpha, random));
        }

        @Override
        public int variety() {
            return DryRun.VARIETY;
        }

        /** At a low temperature single steps are very long. */
        @Override
        public double alphaClip() {
            return ALPHA_CLIP;
        }
    }

    private static final double ALPHA_CLIP = 5;
    private static final float NEVER = -1e6f;

    /**
     * Relaxes.
     *
     * @param temperature of each epoch, from 0
     */
    static Relaxation relaxation(
            SupernetTrainer supernet, boolean deriveNone, IntToDoubleFunction temperature) {
        return new Sampled(supernet, deriveNone, temperature);
    }

    /**
     * Each pass is another draw.
     *
     * @param withoutNone whether {@code none} is never drawn where the space lists it
     */
    record Drawing(Supernet net, double temperature, boolean withoutNone, RandomGenerator random)
            implements ForwardPass {
        @Override
        public NDArray output(Supernet where, NDArray images, NDArray weights, NDArray alpha) {
            return settled(alpha).output(where, images, weights, alpha);
        }

        @Override
        public ForwardPass settled(NDArray alpha) {
            float[] noise = noise(net, withoutNone, random);
            List<List<Integer>> picked;
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                picked = picked(net, noisy(alpha, noise, temperature));
            }
            return (where, images, weights, point) ->
                    GumbelPath.along(where, where.mixture(noisy(point, noise, temperature)), picked)
                            .output(where, images, weights);
        }
    }

    /** Always the same path. */
    private static ForwardPass along(List<List<Integer>> picked) {
        return (net, images, weights, alpha) ->
                along(net, net.mixture(alpha), picked).output(net, images, weights);
    }

    private NDArray output(Supernet net, NDArray images, NDArray weights) {
        NDArray output = net.path(picked).forward(images, weights, shares);
        // where nothing but "none" was drawn, alpha's gradient is zero, and not missing
        return output.add(Scaling.times(shares.sum(), 0));
    }

    /** Of many draws, the options whose path keeps the most numbers for its backward pass. */
    private static List<List<Integer>> largest(
            Supernet net, NDArray alpha, RandomGenerator random) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return Stream.generate(() -> draw(net, alpha, 1, false, random).picked())
                    .limit(DryRun.DRAWS)
                    .max(Comparator.comparingLong(picked -> net.path(picked).activations()))
                    .orElseThrow();
        }
    }

    static GumbelPath draw(
            Supernet net,
            NDArray alpha,
            double temperature,
            boolean withoutNone,
            RandomGenerator random) {
        NDArray noisy = noisy(alpha, noise(net, withoutNone, random), temperature);
        return along(net, net.mixture(noisy), picked(net, noisy));
    }

    private static float[] noise(Supernet net, boolean withoutNone, RandomGenerator random) {
        float[] noise = new float[net.logitCount()];
        for (int i = 0; i < noise.length; i++) {
            // 0 would be infinitely far off; one in 2^53 draws
            noise[i] = (float) -Math.log(-Math.log(Math.max(random.nextDouble(), 1e-300)));
        }
        if (withoutNone) {
            shutOutNone(net, noise);
        }
        return noise;
    }

    /** log softmax(alpha) differs from alpha by one number a decision, which no softmax sees. */
    private static NDArray noisy(NDArray alpha, float[] noise, double temperature) {
        return Scaling.times(alpha.add(alpha.getManager().create(noise)), 1 / temperature);
    }

    /** Which operations run is decided on the host. */
    private static List<List<Integer>> picked(Supernet net, NDArray noisy) {
        float[] values = noisy.toFloatArray();
        List<List<Integer>> picked = new ArrayList<>();
        int first = 0;
        for (Map.Entry<Decision, Integer> entry : net.decisions().entrySet()) {
            int from = first;
            picked.add(
                    IntStream.range(0, entry.getValue())
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> -values[from + i]))
                            .limit(entry.getKey().picks())
                            .toList());
            first += entry.getValue();
        }
        return picked;
    }

    /** Noise that no logit makes up for. */
    private static void shutOutNone(Supernet net, float[] noise) {
        int first = 0;
        for (Map.Entry<Decision, Integer> entry : net.decisions().entrySet()) {
            Decision decision = entry.getKey();
            for (int i = 0; i < decision.options() && decision.options() > 1; i++) {
                if (net.isNone(decision, i)) {
                    noise[first + i] = NEVER;
                }
            }
            first += entry.getValue();
        }
    }

    /**
     * One path's shares.
     *
     * @param soft {@code [logitCount]}: the shares through which alpha learns
     * @param picked of each decision
     */
    private static GumbelPath along(Supernet net, NDArray soft, List<List<Integer>> picked) {
        float[] hard = new float[net.logitCount()];
        int first = 0;
        int decision = 0;
        for (int count : net.decisions().values()) {
            for (int option : picked.get(decision)) {
                hard[first + option] = 1f / picked.get(decision).size();
            }
            first += count;
            decision++;
        }
        NDArray oneHot = soft.getManager().create(hard);
        return new GumbelPath(picked, oneHot.add(soft.sub(soft.stopGradient())));
    }
}
