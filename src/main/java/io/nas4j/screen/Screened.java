package io.nas4j.screen;

import static io.nas4j.space.Require.require;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.strategy.Unseen;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A strategy whose random draws are the best of many: a cheap estimator, a zero-cost proxy for
 * instance, screens so many architectures, and the best of them, in order, take the place of those
 * that the strategy would draw at its beginning. Random search then estimates the best one by one;
 * evolution has them as its first population.
 *
 * <p>Each architecture that is looked at is a trial of the cheap estimator's measure, with its
 * cost: it is told live and kept in the journal, and is not ranked against the others. The strategy
 * itself sees only what comes after.
 *
 * @param strategy one that begins with random draws: {@link SearchStrategy#startup()}
 * @param by what screens; cheap
 * @param draws how many different architectures are looked at, at least 2; all of a space that has
 *     no more
 */
public record Screened(SearchStrategy strategy, PerformanceEstimator by, int draws)
        implements SearchStrategy {

    public Screened {
        require(draws >= 2, "a screen must draw at least 2, but was to draw %d. Try 1000.", draws);
        require(
                strategy.startup() > 0,
                "screening replaces a strategy's random draws, but %s makes none. Try RANDOM or"
                        + " EVOLUTION.",
                strategy);
    }

    /**
     * How many architectures are looked at in a space.
     *
     * @param space the search's
     * @return at most {@link #draws}
     */
    public int looks(SearchSpace space) {
        return space.size().min(BigInteger.valueOf(draws)).intValueExact();
    }

    @Override
    public String name() {
        return strategy.name() + " screened by " + by.measure();
    }

    @Override
    public List<Objective> objectives(Task task) {
        return strategy.objectives(task);
    }

    @Override
    public OptionalInt ageing() {
        return strategy.ageing();
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        PerformanceEstimator.Session looks = by.open(task);
        try {
            return new Screening(task, fidelity, looks);
        } catch (RuntimeException e) {
            looks.close();
            throw e;
        }
    }

    private final class Screening implements Session {
        private final Task task;
        private final Fidelity fidelity;
        private final PerformanceEstimator.Session looks;
        private final Session rest;
        private final Set<Architecture> taken = new HashSet<>();
        private int asked;

        Screening(Task task, Fidelity fidelity, PerformanceEstimator.Session looks) {
            this.task = task;
            this.fidelity = fidelity;
            this.looks = looks;
            this.rest = strategy.open(task, fidelity);
        }

        @Override
        public Optional<Proposal> ask(History history, RandomGenerator random) {
            int looked = looked(history);
            if (looked == history.size() && looked < looks(task.space())) {
                return look(history, random);
            }
            History after = history.since(looked);
            if (after.scored().size() < strategy.startup()) {
                Optional<Architecture> best = next(history.trials().subList(0, looked), after);
                if (best.isPresent()) {
                    taken.add(best.get());
                    return Optional.of(new Proposal.Evaluate(best.get(), fidelity));
                }
                if (strategy.startup() == Integer.MAX_VALUE) {
                    return Optional.empty();
                }
            }
            return rest.ask(after, random).map(proposal -> shifted(proposal, looked));
        }

        /** One at a time: what is drawn next depends on what was drawn before. */
        private Optional<Proposal> look(History history, RandomGenerator random) {
            if (asked > history.size()) {
                return Optional.empty();
            }
            asked = history.size() + 1;
            int number = history.size();
            return Unseen.draw(task.space(), history, random, () -> task.space().sample(random))
                    .map(drawn -> new Proposal.Advance(new Look(drawn, number)));
        }

        /** How many trials at the beginning are looks. */
        private int looked(History history) {
            int most = Math.min(history.size(), looks(task.space()));
            int count = 0;
            while (count < most && history.trials().get(count).measure().equals(by.measure())) {
                count++;
            }
            return count;
        }

        /** The best that was looked at and is not tried; the earlier of equals. */
        private Optional<Architecture> next(List<Trial> screened, History after) {
            Set<Architecture> tried = new HashSet<>(taken);
            after.trials().forEach(trial -> tried.add(trial.architecture()));
            return screened.stream()
                    .filter(trial -> trial.score().isPresent())
                    .filter(trial -> !tried.contains(trial.architecture()))
                    .max(
                            Comparator.comparingDouble((Trial trial) -> trial.score().getAsDouble())
                                    .thenComparing(Trial::number, Comparator.reverseOrder()))
                    .map(Trial::architecture);
        }

        private Proposal shifted(Proposal proposal, int start) {
            return proposal instanceof Proposal.Evaluate evaluate
                            && evaluate.continues().isPresent()
                    ? new Proposal.Evaluate(
                            evaluate.architecture(),
                            evaluate.fidelity(),
                            OptionalInt.of(evaluate.continues().getAsInt() + start),
                            evaluate.learned())
                    : proposal;
        }

        @Override
        public void tell(Trial trial) {
            if (trial.number() >= looks(task.space())) {
                rest.tell(trial.renumbered(looks(task.space())));
            }
        }

        @Override
        public List<Integer> continuable(History history) {
            int looked = looked(history);
            return rest.continuable(history.since(looked)).stream()
                    .map(number -> number + looked)
                    .toList();
        }

        @Override
        public String ending() {
            return strategy.startup() == Integer.MAX_VALUE
                    ? "all that was screened is estimated"
                    : rest.ending();
        }

        @Override
        public void close() {
            try (looks) {
                rest.close();
            }
        }

        /** One look at one architecture. */
        private final class Look implements Slice {
            private final Architecture architecture;
            private final int number;

            Look(Architecture architecture, int number) {
                this.architecture = architecture;
                this.number = number;
            }

            @Override
            public String measure() {
                return by.measure();
            }

            @Override
            public Fidelity fidelity() {
                return by.fidelity();
            }

            @Override
            public Step advance(TrialContext context) throws Exception {
                Candidate candidate =
                        new Candidate(
                                number,
                                task.space(),
                                architecture,
                                by.fidelity(),
                                OptionalInt.empty());
                return new Step(
                        architecture, looks.estimate(candidate, context), OptionWeights.NONE);
            }
        }
    }
}
