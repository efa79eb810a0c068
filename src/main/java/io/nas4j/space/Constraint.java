package io.nas4j.space;

import static io.nas4j.space.Require.require;

import java.util.List;
import java.util.function.Predicate;

/**
 * What an architecture must meet, beyond being in the grammar: {@link SearchSpace#where}. Its name
 * is its identity: two constraints of one name are taken for the same one, by a journal too.
 */
public interface Constraint {

    /**
     * What messages and journals call it.
     *
     * @return for example {@code at most 100,000 parameters}
     */
    String name();

    /**
     * How far an architecture is from meeting it.
     *
     * @param walk its decisions, its answers and, by {@link Walk#network()}, its network
     * @return 0 where it does, else above 0, the less the nearer; the same for the same walk
     */
    double excess(Walk walk);

    /**
     * What an architecture has instead, for a message.
     *
     * @param walk its decisions, its answers and its network
     * @return for example {@code 118,594 parameters}
     */
    default String found(Walk walk) {
        return excess(walk) == 0 ? "it is met" : "it is not met";
    }

    /**
     * Whether it takes long to ask, as something must be measured: then it is asked only where the
     * others are met, and fewer architectures are drawn before none is thought to meet it.
     *
     * @return false unless overridden
     */
    default boolean isMeasured() {
        return false;
    }

    /**
     * The same for networks that stand between other data, on another device.
     *
     * @param channels of an image, or features of a row
     * @param height in pixels; 1 for rows
     * @param width in pixels; 1 for rows
     * @param classes how many outputs
     * @param device where they run: {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:1}
     * @return itself, unless it depends on them
     */
    default Constraint on(int channels, int height, int width, int classes, String device) {
        return this;
    }

    /**
     * Both this and another.
     *
     * @param other a constraint
     * @return a constraint
     */
    default Constraint and(Constraint other) {
        return new Both(this, other);
    }

    /**
     * A constraint of your own:
     *
     * <pre>{@code
     * cells().where(Constraint.of("no 5×5", walk -> !walk.architecture().choices().contains(3)))
     * }</pre>
     *
     * @param name what it is called; change it when the test changes
     * @param test whether an architecture meets it
     * @return a constraint
     */
    static Constraint of(String name, Predicate<Walk> test) {
        return new Tested(name, test);
    }

    /**
     * A constraint read from text, of which nothing but the name is known.
     *
     * @param name what it is called
     * @return a constraint that throws when it is asked; {@link SearchSpace#where} with one of its
     *     name takes its place
     */
    static Constraint named(String name) {
        return new Named(name);
    }

    /** A user's test. */
    record Tested(String name, Predicate<Walk> test) implements Constraint {
        public Tested {
            require(!name.isBlank(), "a constraint needs a name, but it was blank.");
        }

        @Override
        public double excess(Walk walk) {
            return test.test(walk) ? 0 : 1;
        }
    }

    /** A name without a test. */
    record Named(String name) implements Constraint {
        @Override
        public double excess(Walk walk) {
            throw new IllegalStateException(
                    "of constraint \""
                            + name
                            + "\" only the name was read. Try where(..) with the constraint itself.");
        }
    }

    /** Two constraints. */
    record Both(Constraint first, Constraint second) implements Constraint {
        @Override
        public String name() {
            return first.name() + " and " + second.name();
        }

        @Override
        public double excess(Walk walk) {
            return Constraints.judge(List.of(this), walk).excess();
        }

        @Override
        public boolean isMeasured() {
            return first.isMeasured() || second.isMeasured();
        }

        @Override
        public String found(Walk walk) {
            return first.found(walk) + ", " + second.found(walk);
        }

        @Override
        public Constraint on(int channels, int height, int width, int classes, String device) {
            Constraint one = first.on(channels, height, width, classes, device);
            Constraint other = second.on(channels, height, width, classes, device);
            return one == first && other == second ? this : new Both(one, other);
        }
    }
}
