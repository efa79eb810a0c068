package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import io.nas4j.nn.Scaling;
import io.nas4j.nn.Supernet;
import io.nas4j.space.Decision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    /** Draws among which the largest is about as large as any that a search will meet. */
    static final int DRAWS = 50;

    /** Draws whose mean time is about that of all. */
    static final int VARIETY = 4;

    /** Draws; each pass anew. */
    static Pass pass(Supernet net, double temperature, RandomGenerator random) {
        return (images, weights, alpha) -> {
            GumbelPath path = draw(net, alpha, temperature, random);
            NDArray output = net.path(path.picked()).forward(images, weights, path.shares());
            // where nothing but "none" was drawn, alpha's gradient is zero, and not missing
            return output.add(Scaling.times(path.shares().sum(), 0));
        };
    }

    /** The one of many draws that keeps the most numbers for its backward pass. */
    static Pass largest(Supernet net, double temperature, RandomGenerator random) {
        return (images, weights, alpha) -> {
            GumbelPath largest =
                    Stream.generate(() -> draw(net, alpha, temperature, random))
                            .limit(DRAWS)
                            .max(Comparator.comparingLong(p -> net.path(p.picked()).activations()))
                            .orElseThrow();
            return net.path(largest.picked()).forward(images, weights, largest.shares());
        };
    }

    static GumbelPath draw(
            Supernet net, NDArray alpha, double temperature, RandomGenerator random) {
        float[] noise = new float[net.logitCount()];
        for (int i = 0; i < noise.length; i++) {
            // 0 would be infinitely far off; one in 2^53 draws
            noise[i] = (float) -Math.log(-Math.log(Math.max(random.nextDouble(), 1e-300)));
        }
        // log softmax(alpha) differs from alpha by one number a decision, which no softmax sees
        NDArray noisy = Scaling.times(alpha.add(alpha.getManager().create(noise)), 1 / temperature);
        NDArray soft = net.mixture(noisy);
        // which operations run is decided on the host
        float[] values = noisy.toFloatArray();
        float[] hard = new float[values.length];
        List<List<Integer>> picked = new ArrayList<>();
        int first = 0;
        for (Map.Entry<Decision, Integer> entry : net.decisions().entrySet()) {
            int from = first;
            int picks = entry.getKey().picks();
            List<Integer> largest =
                    IntStream.range(0, entry.getValue())
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> -values[from + i]))
                            .limit(picks)
                            .toList();
            largest.forEach(i -> hard[from + i] = 1f / picks);
            picked.add(largest);
            first += entry.getValue();
        }
        NDArray oneHot = alpha.getManager().create(hard);
        return new GumbelPath(picked, oneHot.add(soft.sub(soft.stopGradient())));
    }
}
