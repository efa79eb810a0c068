package io.nas4j.controller;

import static io.nas4j.space.Require.require;

import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Task;

/**
 * An LSTM that writes architectures as strings of tokens, one token a decision, and learns by
 * REINFORCE which strings score well. The length of a string varies where decisions depend on
 * others.
 *
 * <p>The network: an embedding of the previous token, stacked LSTM layers, one output head a
 * decision. A batch of scored strings makes one update of Adam on {@code -mean(log p(string) *
 * (reward - baseline))}, where the baseline is a moving average of the rewards. A failed or stopped
 * trial earns the lowest reward so far. A string that was tried before is not proposed again: where
 * the policy writes it once more, its known reward counts as one more sample.
 *
 * <p>Everything the session knows follows from the task's seed and the history, so a resumed search
 * replays the updates and goes on as if never stopped. The controller runs on the CPU. When {@link
 * #learningRate} and {@link #units} are large, a policy may settle within a hundred trials: {@link
 * #entropyWeight} keeps it exploring.
 *
 * @param layers of the LSTM, at least 1
 * @param units of each layer and of the embedding, at least 1
 * @param initial weights start uniform in plus and minus this
 * @param batch strings an update, at least 1
 * @param learningRate of Adam
 * @param beta1 of Adam
 * @param epsilon of Adam
 * @param baselineDecay of the moving average of rewards, in [0, 1)
 * @param rewardPower the reward is the score to this power
 * @param entropyWeight how much the policy's entropy is worth in the loss, at least 0
 * @param tanhConstant logits are squashed to plus and minus this by tanh; 0 leaves them free
 * @param temperature logits are divided by this before anything else
 * @param epochs passes over a batch an update; more than 1 only with clipping
 * @param clip PPO: a token's probability ratio counts within 1 plus and minus this; 0 is REINFORCE
 * @see <a href="https://arxiv.org/abs/1611.01578">Zoph and Le, 2017</a>
 */
public record RnnController(
        int layers,
        int units,
        double initial,
        int batch,
        double learningRate,
        double beta1,
        double epsilon,
        double baselineDecay,
        double rewardPower,
        double entropyWeight,
        double tanhConstant,
        double temperature,
        int epochs,
        double clip)
        implements SearchStrategy {

    public RnnController {
        require(layers >= 1, "layers must be at least 1, but were %d. Try 2.", layers);
        require(units >= 1, "units must be at least 1, but were %d. Try 35.", units);
        require(initial > 0, "initial must be above 0, but was %s. Try 0.08.", initial);
        require(batch >= 1, "batch must be at least 1, but was %d. Try 8.", batch);
        require(
                learningRate > 0,
                "learning rate must be above 0, but was %s. Try 3.5e-3.",
                learningRate);
        require(beta1 >= 0 && beta1 < 1, "beta1 must be in [0, 1), but was %s. Try 0.9.", beta1);
        require(epsilon > 0, "epsilon must be above 0, but was %s. Try 1e-8.", epsilon);
        require(
                baselineDecay >= 0 && baselineDecay < 1,
                "baseline decay must be in [0, 1), but was %s. Try 0.95.",
                baselineDecay);
        require(rewardPower > 0, "reward power must be above 0, but was %s. Try 3.", rewardPower);
        require(
                entropyWeight >= 0,
                "entropy weight must be at least 0, but was %s. Try 1e-4.",
                entropyWeight);
        require(
                tanhConstant >= 0,
                "tanh constant must be at least 0, but was %s. Try 0 for free logits.",
                tanhConstant);
        require(temperature > 0, "temperature must be above 0, but was %s. Try 1.", temperature);
        require(epochs >= 1, "epochs must be at least 1, but were %d.", epochs);
        require(
                clip >= 0 && clip < 1,
                "clip must be in [0, 1), but was %s. Try 0.2 for PPO.",
                clip);
        require(
                epochs == 1 || clip > 0,
                "epochs (%d) above 1 need a clipped ratio. Try ppo().",
                epochs);
    }

    /**
     * For a budget of tens to thousands of trials: the paper's LSTM, rewards and batch with ENAS'
     * learning rate.
     */
    public RnnController() {
        this(2, 35, 0.08, 8, 3.5e-3, 0.9, 1e-8, 0.95, 1, 0, 0, 1, 1, 0);
    }

    /**
     * The paper's setting, for 12,800 trials: Adam at 6e-4, accuracy cubed as the reward. Its decay
     * of the baseline is not given; 0.95 is the one of its successor, NASNet.
     *
     * @return for thousands of trials
     * @see <a href="https://arxiv.org/abs/1611.01578">Zoph and Le, 2017, section 4.1</a>
     */
    public static RnnController zophLe() {
        return new RnnController().learningRate(6e-4).rewardPower(3);
    }

    /**
     * The controller of ENAS' cell search, as its code has it: one layer of 64 units, Adam without
     * momentum, logits within 1.1. The entropy is a term of the loss and not of the reward.
     *
     * @return for batches of rewards from shared weights
     * @see <a href="https://arxiv.org/abs/1802.03268">Pham et al., 2018</a>
     */
    public static RnnController enas() {
        return new RnnController(1, 64, 0.1, 10, 3.5e-3, 0, 1e-3, 0.99, 1, 1e-4, 1.1, 1, 1, 0);
    }

    /**
     * Proximal policy optimization: four passes over each batch, ratios clipped at 0.2.
     *
     * @return a controller with these settings and the others kept
     * @see <a href="https://arxiv.org/abs/1707.06347">Schulman et al., 2017</a>
     */
    public RnnController ppo() {
        return ppo(4, 0.2);
    }

    /**
     * Proximal policy optimization. The old probabilities are the policy's at the start of the
     * update.
     *
     * @param passes over each batch
     * @param range the ratio's, above 0
     * @return a controller with these settings and the others kept
     */
    public RnnController ppo(int passes, double range) {
        require(range > 0, "clip must be above 0 for PPO, but was %s. Try 0.2.", range);
        return with(batch, learningRate, rewardPower, entropyWeight, passes, range);
    }

    /**
     * Sets {@link #batch}.
     *
     * @param children per update, at least 1; default 8
     * @return a copy
     */
    public RnnController batch(int children) {
        return with(children, learningRate, rewardPower, entropyWeight, epochs, clip);
    }

    /**
     * Sets {@link #learningRate}.
     *
     * @param rate of Adam, above 0; default 3.5e-3
     * @return a copy
     */
    public RnnController learningRate(double rate) {
        return with(batch, rate, rewardPower, entropyWeight, epochs, clip);
    }

    /**
     * Sets {@link #rewardPower}.
     *
     * @param power above 0; default 1
     * @return a copy
     */
    public RnnController rewardPower(double power) {
        return with(batch, learningRate, power, entropyWeight, epochs, clip);
    }

    /**
     * Sets {@link #entropyWeight}.
     *
     * @param weight at least 0; default 0
     * @return a copy
     */
    public RnnController entropyWeight(double weight) {
        return with(batch, learningRate, rewardPower, weight, epochs, clip);
    }

    private RnnController with(
            int batch,
            double learningRate,
            double rewardPower,
            double entropyWeight,
            int epochs,
            double clip) {
        return new RnnController(
                layers,
                units,
                initial,
                batch,
                learningRate,
                beta1,
                epsilon,
                baselineDecay,
                rewardPower,
                entropyWeight,
                tanhConstant,
                temperature,
                epochs,
                clip);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new ControllerSession(this, task, fidelity);
    }
}
