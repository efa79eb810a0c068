package io.nas4j.space;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The constraints of a space, and how architectures that meet them are drawn: what does not is
 * drawn again. Immutable but for what it remembers of architectures; safe to share.
 */
final class Constraints {

    static final Constraints NONE = new Constraints(List.of());

    /** Random architectures after which none is thought to meet the constraints. */
    private static final int DRAWS = 10_000;

    /** The same, of those that had to be measured. */
    private static final int MEASUREMENTS = 200;

    /** Variations of a parent after which its neighbours are listed. */
    private static final int VARIATIONS = 50;

    private static final int REMEMBERED = 20_000;

    private final List<Constraint> all;

    /** A search asks several times about one architecture, and counting takes a millisecond. */
    private final Map<List<Integer>, Judged> known =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        private static final long serialVersionUID = 1;

                        @Override
                        protected boolean removeEldestEntry(
                                Map.Entry<List<Integer>, Judged> eldest) {
                            return size() > REMEMBERED;
                        }
                    });

    Constraints(List<Constraint> all) {
        this.all = List.copyOf(all);
    }

    List<Constraint> all() {
        return all;
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** With more of them; one of a name that is there takes its place. */
    Constraints plus(List<Constraint> more) {
        Map<String, Constraint> byName = new LinkedHashMap<>();
        all.forEach(constraint -> byName.put(constraint.name(), constraint));
        more.forEach(constraint -> byName.put(constraint.name(), constraint));
        return new Constraints(List.copyOf(byName.values()));
    }

    Constraints on(int channels, int height, int width, int classes, String device) {
        List<Constraint> there =
                all.stream().map(c -> c.on(channels, height, width, classes, device)).toList();
        for (int i = 0; i < there.size(); i++) {
            if (there.get(i) != all.get(i)) {
                return new Constraints(there);
            }
        }
        return this;
    }

    String names() {
        return all.stream().map(Constraint::name).collect(Collectors.joining(" and "));
    }

    /**
     * What is known of an architecture.
     *
     * @param excess how far it is from meeting all of them; 0 where it does
     * @param isMeasured whether those that are measured were asked
     */
    record Judged(double excess, boolean isMeasured) {}

    /** Where one that is counted is not met, each that is measured counts 1, unasked. */
    static Judged judge(List<Constraint> some, Walk walk) {
        List<Constraint> parts = new ArrayList<>();
        some.forEach(constraint -> split(constraint, parts));
        double excess = 0;
        int measured = 0;
        for (Constraint part : parts) {
            measured += part.isMeasured() ? 1 : 0;
            excess += part.isMeasured() ? 0 : part.excess(walk);
        }
        if (measured == 0 || excess > 0) {
            return new Judged(excess + measured, false);
        }
        for (Constraint part : parts) {
            excess += part.isMeasured() ? part.excess(walk) : 0;
        }
        return new Judged(excess, true);
    }

    private static void split(Constraint constraint, List<Constraint> parts) {
        if (constraint instanceof Constraint.Both both) {
            split(both.first(), parts);
            split(both.second(), parts);
        } else {
            parts.add(constraint);
        }
    }

    private Judged judge(SearchSpace space, Architecture architecture) {
        Judged found = known.get(architecture.choices());
        if (found == null) {
            found = judge(all, space.walk(architecture));
            known.put(architecture.choices(), found);
        }
        return found;
    }

    /** How far an architecture is from meeting all of them; 0 where it does. */
    double excess(SearchSpace space, Architecture architecture) {
        return all.isEmpty() ? 0 : judge(space, architecture).excess();
    }

    boolean admits(SearchSpace space, Architecture architecture) {
        return excess(space, architecture) == 0;
    }

    /**
     * The first draw that meets them.
     *
     * @throws IllegalArgumentException when none of 10,000 does, or of 200 that had to be measured,
     *     with the nearest
     */
    Architecture sample(SearchSpace space, Supplier<Architecture> draws) {
        Architecture nearest = null;
        double least = Double.POSITIVE_INFINITY;
        int drawn = 0;
        for (int measured = 0; drawn < DRAWS && measured < MEASUREMENTS; drawn++) {
            Architecture next = draws.get();
            Judged judged = judge(space, next);
            if (judged.excess() == 0) {
                return next;
            }
            measured += judged.isMeasured() ? 1 : 0;
            if (judged.excess() < least) {
                nearest = next;
                least = judged.excess();
            }
        }
        throw new IllegalArgumentException(
                String.format(
                        Locale.ROOT,
                        "an architecture of \"%s\" must have %s, but none of %,d random ones does;"
                                + " the nearest has %s. Try a wider limit.",
                        space.name(),
                        names(),
                        drawn,
                        found(space, nearest)));
    }

    private String found(SearchSpace space, Architecture nearest) {
        Walk walk = space.walk(nearest);
        return all.stream()
                .filter(constraint -> constraint.excess(walk) > 0)
                .map(constraint -> constraint.found(walk))
                .collect(Collectors.joining(" and "));
    }

    /** One of the variations that meets them; empty where some tens of them do not. */
    Optional<Architecture> vary(SearchSpace space, Supplier<Architecture> variations) {
        for (int i = 0; i < VARIATIONS; i++) {
            Architecture varied = variations.get();
            if (admits(space, varied)) {
                return Optional.of(varied);
            }
        }
        return Optional.empty();
    }

    /** A neighbour that meets them; where there is none, a random architecture that does. */
    Architecture mutate(SearchSpace space, Architecture parent, RandomGenerator random) {
        return vary(space, () -> Variation.mutate(space, parent, random))
                .or(
                        () -> {
                            List<Architecture> near =
                                    Neighbours.of(space, parent, random.nextLong());
                            return near.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(near.get(random.nextInt(near.size())));
                        })
                .orElseGet(() -> space.sample(random));
    }

    List<Architecture> met(SearchSpace space, List<Architecture> some) {
        if (all.isEmpty()) {
            return some;
        }
        List<Architecture> result = new ArrayList<>(some);
        result.removeIf(architecture -> !admits(space, architecture));
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Constraints that && sorted().equals(that.sorted());
    }

    @Override
    public int hashCode() {
        return sorted().hashCode();
    }

    private List<String> sorted() {
        return all.stream().map(Constraint::name).sorted().toList();
    }
}
