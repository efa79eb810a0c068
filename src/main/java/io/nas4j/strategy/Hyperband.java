package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Hyperband: brackets of successive halving. Many architectures are trained a little, one of {@code
 * eta} is trained {@code eta} times longer, and so on up to the estimator's epochs; later brackets
 * start fewer architectures with more training, against misleading first epochs. After the last
 * bracket comes the first again.
 *
 * <p>All rungs are parts of one training: its learning rate falls over the estimator's epochs,
 * wherever a rung {@linkplain Fidelity#cutAt cuts} it. A promoted architecture {@linkplain
 * Proposal.Evaluate#continues() continues} its trial. Rungs are synchronous: an empty ask waits for
 * the rung's running trials. An architecture comes again only with more epochs than before.
 *
 * @param sampler where new architectures come from; it sees the trials of the most epochs that has
 *     more of them than the space has decisions
 * @param eta one of so many is kept, at least 2
 * @param least epochs of the cheapest rung, at least 1
 * @see <a href="https://arxiv.org/abs/1603.06560">Li et al., 2018</a>
 */
public record Hyperband(SearchStrategy sampler, int eta, int least) implements SearchStrategy {

    private static final Comparator<Trial> BEST_FIRST =
            Comparator.comparingDouble(trial -> -trial.score().getAsDouble());

    public Hyperband {
        require(eta >= 2, "eta must be at least 2, but was %d. Try 3.", eta);
        require(least >= 1, "least epochs must be at least 1, but were %d.", least);
    }

    /** Random architectures, one of three kept, from one epoch on. */
    public Hyperband() {
        this(new RandomSearch(), 3, 1);
    }

    /**
     * Sets {@link #sampler}.
     *
     * @param other a strategy without weights; default random search
     * @return a copy
     */
    public Hyperband sampler(SearchStrategy other) {
        return new Hyperband(other, eta, least);
    }

    /**
     * Sets {@link #eta}.
     *
     * @param oneOf at least 2; default 3
     * @return a copy
     */
    public Hyperband eta(int oneOf) {
        return new Hyperband(sampler, oneOf, least);
    }

    /**
     * Sets {@link #least}.
     *
     * @param epochs at least 1; default 1
     * @return a copy
     */
    public Hyperband least(int epochs) {
        return new Hyperband(sampler, eta, epochs);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return open(task, fidelity, task.space().decisions().size() + 1);
    }

    /** With a sampler that sees the trials of the most epochs that has {@code enough} of them. */
    Session open(Task task, Fidelity fidelity, int enough) {
        return new Halving(task, fidelity, enough);
    }

    private final class Halving extends FoldedSession {
        private final Brackets brackets;
        private final Rungs rungs;

        /** What is under way: a bracket, its rung, and how many the rung takes. */
        private int bracket;

        private int rung;
        private int target;
        private int issued;
        private final List<Trial> ended = new ArrayList<>();
        private List<Trial> survivors = List.of();

        Halving(Task task, Fidelity fidelity, int enough) {
            super(task, fidelity);
            brackets = Brackets.of(least, fidelity.epochs(), eta);
            rungs = new Rungs(sampler, enough, task, fidelity);
            restart();
        }

        @Override
        protected void restart() {
            rungs.clear();
            ended.clear();
            survivors = List.of();
            bracket = 0;
            rung = 0;
            issued = 0;
            target = current().architectures();
        }

        @Override
        protected boolean isExhausted() {
            return false; // an architecture may come again, with more epochs
        }

        @Override
        protected void learn(Trial trial, boolean ranked) {
            for (int i = 0; i <= steps() && (ended.size() >= target || !fits(trial)); i++) {
                next();
            }
            rungs.learn(trial);
            ended.add(trial);
            issued = Math.max(issued, ended.size());
        }

        /** A rung that could not be filled is followed by a trial of a later one. */
        private boolean fits(Trial trial) {
            return trial.fidelity().epochs() == current().epochs()
                    && trial.continues().isPresent() == (rung > 0);
        }

        @Override
        protected Optional<Proposal> propose(History history, RandomGenerator random) {
            for (int i = 0; i <= steps(); i++) {
                if (issued < target) {
                    Optional<Proposal> proposal =
                            rung == 0 ? rungs.sample(current().epochs(), random) : promotion();
                    if (proposal.isPresent()) {
                        issued++;
                        return proposal;
                    }
                    target = issued; // the space has no more
                }
                if (ended.size() < issued) {
                    return Optional.empty(); // waits
                }
                next();
            }
            return Optional.empty();
        }

        /** This rung's survivors, and the trials of which the next rung's survivors will be. */
        @Override
        public List<Integer> continuable(History history) {
            catchUp(history);
            return Stream.concat(
                            survivors.stream(),
                            ended.stream()
                                    .filter(trial -> trial.score().isPresent())
                                    .sorted(BEST_FIRST))
                    .filter(rungs::isOpen)
                    .map(Trial::number)
                    .toList();
        }

        private Optional<Proposal> promotion() {
            return survivors.stream()
                    .filter(trial -> !rungs.isContinued(trial))
                    .findFirst()
                    .map(trial -> rungs.promote(trial, current().epochs()));
        }

        private void next() {
            List<Brackets.Rung> plan = brackets.all().get(bracket);
            if (rung + 1 < plan.size()) {
                int kept =
                        ended.size() >= current().architectures()
                                ? plan.get(rung + 1).architectures()
                                : Math.max(1, ended.size() / eta);
                survivors =
                        ended.stream()
                                .filter(trial -> trial.score().isPresent())
                                .sorted(BEST_FIRST)
                                .limit(kept)
                                .toList();
                rung++;
                target = survivors.size();
            } else {
                bracket = (bracket + 1) % brackets.all().size();
                rung = 0;
                target = current().architectures();
            }
            ended.clear();
            issued = 0;
        }

        private Brackets.Rung current() {
            return brackets.all().get(bracket).get(rung);
        }

        /** All rungs of all brackets. */
        private int steps() {
            return brackets.all().stream().mapToInt(List::size).sum();
        }
    }
}
