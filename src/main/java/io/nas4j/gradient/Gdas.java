package io.nas4j.gradient;

import static io.nas4j.space.Require.require;

import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * GDAS: DARTS in which each step draws one path from softmax(alpha) and runs only that, which takes
 * a fraction of the time and the memory. Alpha learns through the path by the straight-through
 * Gumbel softmax, whose temperature falls over the epochs.
 *
 * <p>Epochs and checkpoints are those of {@link Darts}; an epoch's score is the accuracy of the
 * derived architecture's own path with the supernet's weights. The gradient of alpha is clipped to
 * a norm of 5. Only the drawn operations tell alpha something: the public code adds the others'
 * shares, which are 0, to the sum besides, and so gradients that no operation has a part in; these
 * are left out here.
 *
 * <p>Guards are off: a skip connection that runs alone has no convolution beside it to lean on, and
 * counts of skips rise and fall while alpha is still drawn at a high temperature.
 *
 * <p>The defaults are for small machines; {@link #paper()} has the paper's.
 *
 * @param search everything that DARTS sets too; first order, without dropping skips
 * @param hot temperature of the Gumbel softmax in the first epoch
 * @param cold in the last; falls linearly
 * @see <a href="https://arxiv.org/abs/1910.04465">Dong and Yang, 2019</a>
 */
public record Gdas(Darts search, double hot, double cold) implements SearchStrategy {

    /** For small machines: 15 epochs, temperatures from 10 to 0.1. */
    public Gdas() {
        this(new Darts().epochs(15).guards(Guards.NONE), 10, 0.1);
    }

    public Gdas {
        require(
                cold > 0 && cold <= hot,
                "temperatures must fall to above 0, but were %s and %s. Try 10 and 0.1.",
                hot,
                cold);
        require(
                search.xi() == 0,
                "GDAS draws a path a pass, so a second order (xi %s) has no finite difference to"
                        + " take. Try xi(0).",
                search.xi());
        require(
                search.guards().dropSkips() == 0,
                "GDAS draws what it leaves out by itself, but dropSkips is %s. Try dropSkips(0).",
                search.guards().dropSkips());
    }

    /**
     * The paper's search on CIFAR-10: 250 epochs, batch 64, rates 0.025 → 0.001 and 3e-4,
     * temperatures from 10 to 0.1.
     *
     * @return for a large machine
     */
    public static Gdas paper() {
        return new Gdas(Darts.paper().epochs(250), 10, 0.1);
    }

    public Gdas epochs(int epochs) {
        return search(search.epochs(epochs));
    }

    public Gdas batch(int images) {
        return search(search.batch(images));
    }

    public Gdas weightRate(double first, double last) {
        return search(search.weightRate(first, last));
    }

    public Gdas alphaRate(double rate) {
        return search(search.alphaRate(rate));
    }

    public Gdas data(double share) {
        return search(search.data(share));
    }

    public Gdas resolution(int pixels) {
        return search(search.resolution(pixels));
    }

    public Gdas guards(Guards guards) {
        return search(search.guards(guards));
    }

    /**
     * With other settings of DARTS.
     *
     * @param other of first order
     * @return a copy
     */
    public Gdas search(Darts other) {
        return new Gdas(other, hot, cold);
    }

    public Gdas temperature(double first, double last) {
        return new Gdas(search, first, last);
    }

    @Override
    public OptionalInt slices() {
        return search.slices();
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return session(task, fidelity).requireFits();
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        try (DartsSession session = session(task, fidelity)) {
            return Optional.of(session.dryRun());
        }
    }

    private DartsSession session(Task task, Fidelity fidelity) {
        Relaxation relaxation = Relaxation.sampled(new Cooling(hot, cold));
        return new DartsSession(search, relaxation, task, fidelity);
    }

    /** For example {@code gdas(10.0 to 0.1, darts(epochs=15))}. */
    @Override
    public String toString() {
        return "gdas(" + hot + " to " + cold + ", " + search + ")";
    }
}
