package io.nas4j.estimate;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Estimate;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Architectures that somebody has measured already. Immutable and safe to share. */
public interface ScoreTable {

    /**
     * What measures and reports call it.
     *
     * @return for example {@code nas-bench-201/cifar100}
     */
    String title();

    /**
     * How many architectures it holds.
     *
     * @return at least 1
     */
    int size();

    /**
     * What was measured.
     *
     * @return each architecture once, in a fixed order
     */
    Stream<Architecture> architectures();

    /**
     * After how many epochs there are scores.
     *
     * @return ascending, never empty; 0 stands for a table that doesn't say
     */
    List<Integer> rungs();

    /**
     * Looks up.
     *
     * @param architecture any
     * @param rung one of {@link #rungs()}
     * @param seed which of the repetitions, by remainder; empty for their mean
     * @return empty where nothing was measured; its cost is that of training up to the rung
     */
    Optional<Estimate> find(Architecture architecture, int rung, OptionalLong seed);

    /**
     * What was measured once: architectures of one key are one entry.
     *
     * @param architecture of the table
     * @return unless overridden the architecture itself: equal networks were trained anew
     */
    default Object key(Architecture architecture) {
        return architecture;
    }

    /**
     * The architecture with the best mean score on the last rung, the first of equals.
     *
     * @return what a search can find at best
     */
    Architecture best();

    /**
     * The best mean score on the last rung: regret is this less the best found.
     *
     * @return a score
     */
    default double optimum() {
        return last(best());
    }

    /**
     * Checks that the architectures belong to a space.
     *
     * @param space a search's
     * @throws IllegalArgumentException naming the first that doesn't
     */
    default void requireWithin(SearchSpace space) {
        architectures()
                .forEach(
                        architecture -> {
                            try {
                                space.check(architecture);
                            } catch (IllegalArgumentException e) {
                                throw new IllegalArgumentException(
                                        "architectures of table \""
                                                + title()
                                                + "\" must belong to the search's space, but of "
                                                + architecture.choices()
                                                + ": "
                                                + e.getMessage()
                                                + " Try the space that the table was made with.",
                                        e);
                            }
                        });
    }

    /**
     * Checks that every architecture of a space is in the table.
     *
     * @param space a search's
     * @throws IllegalArgumentException with both counts
     */
    default void requireWhole(SearchSpace space) {
        require(
                space.size().equals(BigInteger.valueOf(size())),
                "table \"%s\" must hold all %,d architectures of space \"%s\", but holds %,d. Try"
                        + " partial(): what is missing is then a failed trial.",
                title(),
                space.size(),
                space.name(),
                size());
    }

    /**
     * A table of rows.
     *
     * @param name of the table
     * @param rows in any order; repetitions of one architecture differ in their seed
     * @return a table
     * @throws IllegalArgumentException for a score that is not finite, or two rows that disagree
     */
    static ScoreTable of(String name, List<TableRow> rows) {
        return new ListedTable(name, rows);
    }

    private double last(Architecture architecture) {
        int rung = rungs().get(rungs().size() - 1);
        return find(architecture, rung, OptionalLong.empty())
                .map(Estimate::score)
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /**
     * Finds {@link #best()} by trying all.
     *
     * @param table any
     * @return the first of the best
     */
    static Architecture best(ScoreTable table) {
        return table.architectures()
                .sequential()
                .max(Comparator.comparingDouble(table::last))
                .orElseThrow();
    }
}
