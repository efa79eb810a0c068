package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;

/**
 * BOHB: {@link Hyperband} whose new architectures come from a {@link Tpe} on the trials of the most
 * epochs that has enough of them; a share is still drawn at random.
 *
 * <p>Enough are as many good trials as the space has decisions and one more, and as many others, as
 * in the authors' code ({@code min_points_in_model}): fewer say nothing about some decisions. Until
 * then all is drawn at random. The model counts options, where theirs is a kernel density.
 *
 * @param model proposes; its own startup and floor are replaced by the rule above
 * @param random share of architectures drawn at random, in [0, 1]
 * @param eta one of so many is kept, at least 2
 * @param least epochs of the cheapest rung, at least 1
 * @see <a href="https://arxiv.org/abs/1807.01774">Falkner et al., 2018: 64 candidates, a third at
 *     random, 15 percent good, eta 3</a>
 */
public record Bohb(Tpe model, double random, int eta, int least) implements SearchStrategy {

    public Bohb {
        require(
                random >= 0 && random <= 1,
                "random must be a share in [0, 1], but was %s. Try 0.33.",
                random);
        require(eta >= 2, "eta must be at least 2, but was %d. Try 3.", eta);
        require(least >= 1, "least epochs must be at least 1, but were %d.", least);
    }

    /** The paper's numbers, from one epoch on. */
    public Bohb() {
        this(new Tpe(1, 64, 0.15, 1), 1 / 3.0, 3, 1);
    }

    /**
     * Sets {@link #model}.
     *
     * @param other default: 64 candidates, 15 percent good
     * @return a copy
     */
    public Bohb model(Tpe other) {
        return new Bohb(other, random, eta, least);
    }

    /**
     * Sets {@link #random}.
     *
     * @param share in [0, 1]; default 1/3
     * @return a copy
     */
    public Bohb random(double share) {
        return new Bohb(model, share, eta, least);
    }

    /**
     * Sets {@link #eta}.
     *
     * @param oneOf at least 2; default 3
     * @return a copy
     */
    public Bohb eta(int oneOf) {
        return new Bohb(model, random, oneOf, least);
    }

    /**
     * Sets {@link #least}.
     *
     * @param epochs at least 1; default 1
     * @return a copy
     */
    public Bohb least(int epochs) {
        return new Bohb(model, random, eta, epochs);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        int floor = task.space().decisions().size() + 1;
        return new Hyperband(new Mixture(model.startup(1).floor(floor), random), eta, least)
                .open(task, fidelity, 2 * floor);
    }

    /** Now one, now the other. */
    private record Mixture(Tpe model, double random) implements SearchStrategy {
        @Override
        public Session open(Task task, Fidelity fidelity) {
            Session modelled = model.open(task, fidelity);
            Session drawn = new RandomSearch().open(task, fidelity);
            return (history, generator) ->
                    (generator.nextDouble() < random ? drawn : modelled).ask(history, generator);
        }
    }
}
