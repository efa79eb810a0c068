package io.nas4j.model;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Tabulated;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a network says of one example.
 *
 * @param classes names, by label
 * @param probabilities one a class, summing to 1; not copied
 */
public record Classification(List<String> classes, float[] probabilities) implements Tabulated {

    private static final int SHOWN = 10;
    private static final int BAR = 20;

    /**
     * A class and its probability.
     *
     * @param name of the class
     * @param probability in [0, 1]
     */
    public record Guess(String name, double probability) {}

    public Classification {
        classes = List.copyOf(classes);
        require(
                classes.size() == probabilities.length,
                "a prediction has a probability for each of %d classes, but has %d.",
                classes.size(),
                probabilities.length);
    }

    /**
     * The label of the most probable class.
     *
     * @return in [0, classes)
     */
    public int label() {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }

    /**
     * The most probable class.
     *
     * @return its name and probability
     */
    public Guess best() {
        return new Guess(classes.get(label()), probabilities[label()]);
    }

    /**
     * The most probable classes.
     *
     * @param most how many, at least 1
     * @return the most probable first
     */
    public List<Guess> top(int most) {
        return IntStream.range(0, probabilities.length)
                .mapToObj(i -> new Guess(classes.get(i), probabilities[i]))
                .sorted(Comparator.comparingDouble(guess -> -guess.probability()))
                .limit(most)
                .toList();
    }

    @Override
    public List<String> header() {
        return List.of("class", "probability", "");
    }

    /** The ten most probable classes, each with a bar. */
    @Override
    public List<List<String>> rows() {
        return top(SHOWN).stream()
                .map(
                        guess ->
                                List.of(
                                        guess.name(),
                                        String.format(Locale.ROOT, "%.3f", guess.probability()),
                                        "\u2588"
                                                .repeat(
                                                        (int)
                                                                Math.round(
                                                                        BAR
                                                                                * guess
                                                                                        .probability()))))
                .toList();
    }

    /** The three most probable classes. */
    @Override
    public String toString() {
        return top(3).stream()
                .map(g -> String.format(Locale.ROOT, "%s %.3f", g.name(), g.probability()))
                .collect(Collectors.joining(", "));
    }
}
