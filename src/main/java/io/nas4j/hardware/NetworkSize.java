package io.nas4j.hardware;

import static io.nas4j.space.Require.require;

import io.nas4j.nn.Counts;
import io.nas4j.nn.InputShape;
import io.nas4j.space.Constraint;
import io.nas4j.space.Walk;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * A size of a network that is counted without building it, as something to limit: {@code
 * parameters().atMost(100_000)}. It is the size at full width and full resolution, of the search's
 * data and classes.
 *
 * @param words what it counts, for example {@code parameters}
 * @param count reads it
 */
public record NetworkSize(String words, ToLongFunction<Counts> count) {

    /** Trained numbers. */
    public static final NetworkSize PARAMETERS = new NetworkSize("parameters", Counts::parameters);

    /** Multiplications in convolutions and dense layers of one sample's forward pass. */
    public static final NetworkSize MULTIPLY_ADDS =
            new NetworkSize("multiply-adds", Counts::multiplyAdds);

    /**
     * No network above a limit.
     *
     * @param most at least 1
     * @return a constraint
     */
    public Constraint atMost(long most) {
        require(most >= 1, "a limit of %s must be at least 1, but was %d.", words, most);
        return limit(0, most);
    }

    /**
     * No network below a limit.
     *
     * @param least at least 1
     * @return a constraint
     */
    public Constraint atLeast(long least) {
        require(least >= 1, "a limit of %s must be at least 1, but was %d.", words, least);
        return limit(least, Long.MAX_VALUE);
    }

    /**
     * Only networks within limits.
     *
     * @param least at least 1
     * @param most at least {@code least}
     * @return a constraint
     */
    public Constraint between(long least, long most) {
        require(
                least >= 1 && most >= least,
                "limits of %s must be in order and at least 1, but were %d and %d.",
                words,
                least,
                most);
        return limit(least, most);
    }

    private Constraint limit(long least, long most) {
        return new Limit(this, least, most, new InputShape(1, 28, 28), 10);
    }

    private record Limit(NetworkSize size, long least, long most, InputShape input, int classes)
            implements Constraint {
        @Override
        public String name() {
            String limits =
                    least == 0
                            ? String.format(Locale.ROOT, "at most %,d", most)
                            : most == Long.MAX_VALUE
                                    ? String.format(Locale.ROOT, "at least %,d", least)
                                    : String.format(Locale.ROOT, "from %,d to %,d", least, most);
            return limits + " " + size.words;
        }

        private long count(Walk walk) {
            return size.count.applyAsLong(Counts.of(walk.network(), input, classes, 1));
        }

        @Override
        public double excess(Walk walk) {
            long count = count(walk);
            // as shares of the limits, so that several constraints add up
            return count > most
                    ? (double) count / most - 1
                    : count < least ? 1 - (double) count / least : 0;
        }

        @Override
        public String found(Walk walk) {
            return String.format(Locale.ROOT, "%,d %s", count(walk), size.words);
        }

        @Override
        public Constraint on(int channels, int height, int width, int newClasses) {
            return new Limit(
                    size, least, most, new InputShape(channels, height, width), newClasses);
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
