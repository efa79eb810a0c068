package io.nas4j.space;

import static io.nas4j.space.Require.require;

import java.util.ArrayList;
import java.util.List;

/**
 * One question of a walk: which option, or which {@code picks} distinct options.
 *
 * <p>An answer is one integer: the option's index, or for a subset the rank of the combination in
 * lexicographic order.
 *
 * @param id the path of the hole in the grammar, for example {@code normal/v2/edges}
 * @param options how many options there are
 * @param picks how many are picked; 1 for a choice
 * @param labels one short text an option
 */
public record Decision(String id, int options, int picks, List<String> labels) {

    /** Every walk asks for some of them. */
    private static final long[][] SMALL = triangle(33);

    public Decision {
        labels = List.copyOf(labels);
    }

    /**
     * How many answers there are: {@code options} over {@code picks}.
     *
     * @return at least 1
     */
    public int arity() {
        return picks == 1 ? options : Math.toIntExact(binomial(options, picks));
    }

    /**
     * The options that an answer stands for.
     *
     * @param answer in [0, {@link #arity()})
     * @return {@code picks} ascending indices
     */
    public List<Integer> picked(int answer) {
        require(
                answer >= 0 && answer < arity(),
                "an answer to \"%s\" must be in [0, %d), but was %d.",
                id,
                arity(),
                answer);
        if (picks == 1) {
            return List.of(answer);
        }
        List<Integer> result = new ArrayList<>(picks);
        long rank = answer;
        int option = 0;
        for (int left = picks; left > 0; option++) {
            long with = binomial(options - option - 1, left - 1);
            if (rank < with) {
                result.add(option);
                left--;
            } else {
                rank -= with;
            }
        }
        return List.copyOf(result);
    }

    /**
     * The answer that stands for some options.
     *
     * @param chosen {@code picks} distinct indices in any order
     * @return in [0, {@link #arity()})
     */
    public int answer(List<Integer> chosen) {
        List<Integer> sorted = chosen.stream().sorted().distinct().toList();
        require(
                sorted.size() == picks && sorted.get(0) >= 0 && sorted.get(picks - 1) < options,
                "\"%s\" picks %d distinct options of %d, but got %s.",
                id,
                picks,
                options,
                chosen);
        long rank = 0;
        int from = 0;
        for (int i = 0; i < picks; i++) {
            for (int skipped = from; skipped < sorted.get(i); skipped++) {
                rank += binomial(options - skipped - 1, picks - i - 1);
            }
            from = sorted.get(i) + 1;
        }
        return Math.toIntExact(rank);
    }

    /**
     * An answer in words.
     *
     * @param answer in [0, {@link #arity()})
     * @return labels joined by {@code +}
     */
    public String label(int answer) {
        return String.join("+", picked(answer).stream().map(labels::get).toList());
    }

    /** Whether an integer can stand for every answer. */
    boolean isCountable() {
        long answers = 1;
        // rises up to the last step
        for (int i = 1; i <= Math.min(picks, options - picks); i++) {
            answers = answers * (options - i + 1) / i;
            if (answers > Integer.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    private static long binomial(int n, int k) {
        if (k < 0 || k > n) {
            return 0;
        }
        return n < SMALL.length ? SMALL[n][k] : product(n, k);
    }

    private static long product(int n, int k) {
        long result = 1;
        for (int i = 1; i <= Math.min(k, n - k); i++) {
            result = Math.multiplyExact(result, n - i + 1) / i;
        }
        return result;
    }

    private static long[][] triangle(int rows) {
        long[][] triangle = new long[rows][];
        for (int n = 0; n < rows; n++) {
            triangle[n] = new long[n + 1];
            for (int k = 0; k <= n; k++) {
                triangle[n][k] = product(n, k);
            }
        }
        return triangle;
    }
}
