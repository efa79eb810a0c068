package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Several objectives at once: a point dominates another when it is nowhere worse and somewhere
 * better. Points hold one value an objective, larger being better.
 */
public final class Pareto {

    private Pareto() {}

    /**
     * The trials of a search that no other dominates, an architecture once. Only trials of one
     * measure at full fidelity are ranked: {@link History#comparable()}.
     *
     * @param history of the search
     * @param objectives at least one
     * @return best first by the first objective
     */
    public static List<Trial> front(History history, List<Objective> objectives) {
        return front(history.comparable(), objectives);
    }

    /**
     * The trials that no other dominates, an architecture once.
     *
     * @param trials any; those without a value for each objective are left out
     * @param objectives at least one
     * @return best first by the first objective
     */
    public static List<Trial> front(List<Trial> trials, List<Objective> objectives) {
        require(!objectives.isEmpty(), "a front needs at least one objective, but got 0.");
        List<Trial> known = new ArrayList<>();
        List<double[]> points = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (Trial trial : trials) {
            double[] point = point(trial, objectives);
            if (point.length > 0 && seen.add(trial.architecture())) {
                known.add(trial);
                points.add(point);
            }
        }
        int[] ranks = ranks(points);
        return IntStream.range(0, ranks.length)
                .filter(i -> ranks[i] == 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -points.get(i)[0]))
                .map(known::get)
                .toList();
    }

    /**
     * A trial's values.
     *
     * @param trial any
     * @param objectives at least one
     * @return one value an objective, larger is better; empty when one is missing
     */
    public static double[] point(Trial trial, List<Objective> objectives) {
        double[] result = new double[objectives.size()];
        for (int i = 0; i < result.length; i++) {
            OptionalDouble value = objectives.get(i).value(trial);
            if (value.isEmpty()) {
                return new double[0];
            }
            result[i] = value.getAsDouble();
        }
        return result;
    }

    /**
     * Whether a point dominates another.
     *
     * @param a one value an objective
     * @param b as many
     * @return true when {@code a} is nowhere worse and somewhere better
     */
    public static boolean dominates(double[] a, double[] b) {
        boolean better = false;
        for (int i = 0; i < a.length; i++) {
            if (a[i] < b[i]) {
                return false;
            }
            better |= a[i] > b[i];
        }
        return better;
    }

    /**
     * Fast non-dominated sorting.
     *
     * @param points of one length
     * @return the front of each point; 0 is the Pareto front
     * @see <a href="https://doi.org/10.1109/4235.996017">Deb et al., 2002</a>
     */
    public static int[] ranks(List<double[]> points) {
        int n = points.size();
        int[] dominators = new int[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (dominates(points.get(j), points.get(i))) {
                    dominators[i]++;
                }
            }
        }
        int[] ranks = new int[n];
        Arrays.fill(ranks, -1);
        for (int rank = 0, left = n; left > 0; rank++) {
            int[] front = front(dominators, ranks);
            for (int i : front) {
                ranks[i] = rank;
            }
            for (int i : front) {
                for (int j = 0; j < n; j++) {
                    if (dominates(points.get(i), points.get(j))) {
                        dominators[j]--;
                    }
                }
            }
            left -= front.length;
        }
        return ranks;
    }

    private static int[] front(int[] dominators, int[] ranks) {
        return IntStream.range(0, ranks.length)
                .filter(i -> ranks[i] < 0 && dominators[i] == 0)
                .toArray();
    }

    /**
     * How lonely each point is within its front: the distance between its neighbours, summed over
     * objectives and scaled by the front's range; infinite at the ends. Of equal points only the
     * first counts as an end.
     *
     * @param points of one front
     * @return one distance a point, larger is lonelier
     */
    public static double[] crowding(List<double[]> points) {
        double[] result = new double[points.size()];
        int objectives = points.isEmpty() ? 0 : points.get(0).length;
        for (int m = 0; m < objectives; m++) {
            int objective = m;
            int[] order =
                    IntStream.range(0, result.length)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> points.get(i)[objective]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            double lowest = points.get(order[0])[m];
            double highest = points.get(order[order.length - 1])[m];
            result[order[0]] = Double.POSITIVE_INFINITY;
            if (highest == lowest) {
                continue;
            }
            int end = 0;
            while (points.get(order[end])[m] < highest) {
                end++;
            }
            result[order[end]] = Double.POSITIVE_INFINITY;
            for (int i = 1; i < order.length; i++) {
                double above = points.get(order[Math.min(i + 1, order.length - 1)])[m];
                double below = points.get(order[i - 1])[m];
                result[order[i]] += (above - below) / (highest - lowest);
            }
        }
        return result;
    }
}
