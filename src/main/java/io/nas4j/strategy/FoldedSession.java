package io.nas4j.strategy;

import io.nas4j.space.Architecture;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A session whose state is a fold of the history: each ask takes in the trials that are new, and
 * starts over when the history is another one. Nothing is proposed twice, running trials included.
 */
public abstract class FoldedSession implements SearchStrategy.Session {

    protected final Task task;
    protected final SearchSpace space;
    protected final Fidelity fidelity;
    private final Set<Architecture> seen = new HashSet<>();
    private int folded;
    private Trial last;
    private int size = -1;

    /**
     * Opens.
     *
     * @param task what is searched
     * @param fidelity of what {@link #evaluate} proposes
     */
    protected FoldedSession(Task task, Fidelity fidelity) {
        this.task = task;
        this.space = task.space();
        this.fidelity = fidelity;
    }

    @Override
    public final Optional<Proposal> ask(History history, RandomGenerator random) {
        catchUp(history);
        if (isExhausted()) {
            return Optional.empty();
        }
        Optional<Proposal> proposal = propose(history, random);
        if (proposal.orElse(null) instanceof Proposal.Evaluate evaluate) {
            seen.add(evaluate.architecture());
        }
        return proposal;
    }

    /**
     * Proposes, with every trial of the history learned.
     *
     * @param history all trials so far
     * @param random the generator of this very proposal
     * @return empty: wait, or, when nothing runs, the end of the search
     */
    protected abstract Optional<Proposal> propose(History history, RandomGenerator random);

    /**
     * Takes in one trial.
     *
     * @param trial the oldest that is new
     * @param ranked whether it has a score of the search's own measure
     */
    protected void learn(Trial trial, boolean ranked) {}

    /** Forgets everything that was learned. */
    protected void restart() {}

    /**
     * Whether an architecture was proposed or tried before.
     *
     * @param architecture any of the space
     * @return also true while it runs
     */
    protected final boolean isSeen(Architecture architecture) {
        return seen.contains(architecture);
    }

    /**
     * An architecture never tried, from {@code draws} if they come up with one.
     *
     * @param random for what is drawn where they do not
     * @param draws asked several times
     * @return empty when all were tried
     */
    protected final Optional<Proposal> unseen(
            RandomGenerator random, Supplier<Architecture> draws) {
        return Unseen.draw(space, seen, random, draws).flatMap(this::evaluate);
    }

    /**
     * Proposes an architecture.
     *
     * @param architecture of the space
     * @return never empty
     */
    protected Optional<Proposal> evaluate(Architecture architecture) {
        return Optional.of(new Proposal.Evaluate(architecture, fidelity));
    }

    /** Takes in what is new. */
    final void catchUp(History history) {
        boolean continues =
                folded == 0
                        || (history.size() >= folded
                                && history.trials().get(folded - 1).equals(last));
        if (!continues) {
            folded = 0;
            seen.clear();
            restart();
        }
        for (; folded < history.size(); folded++) {
            last = history.trials().get(folded);
            seen.add(last.architecture());
            learn(last, last.score().isPresent() && last.measure().equals(history.measure()));
        }
    }

    /**
     * Whether nothing is left to propose, as far as that is plain: where constraints leave some
     * architectures out, {@link #unseen} finds it out.
     *
     * @return whether every architecture of the space was proposed or tried
     */
    protected boolean isExhausted() {
        if (size < 0) {
            // an int holds every space that a history can exhaust
            size = space.size().bitLength() < 31 ? space.size().intValueExact() : Integer.MAX_VALUE;
        }
        return seen.size() >= size;
    }
}
