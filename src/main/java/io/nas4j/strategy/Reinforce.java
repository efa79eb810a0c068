package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionWeights;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Reinforcement learning without a network: one softmax per decision, trained by REINFORCE with a
 * moving baseline. The action is an answer, an episode an architecture, the reward its score.
 *
 * <p>The policy is the history replayed, from zero logits by plain gradient ascent. Departing from
 * the paper, the advantage is divided by the rewards' moving deviation, so that {@code rate} means
 * the same for accuracies and for any other score; and an architecture that was tried is drawn
 * again. Each proposal carries the policy's probabilities as what was {@linkplain
 * Proposal.Evaluate#learned() learned}.
 *
 * @param rate step of the gradient ascent, above 0; more is more exploitation
 * @param decay of the moving averages of reward and deviation, in [0, 1)
 * @see <a href="https://arxiv.org/abs/1611.01578">Zoph and Le, 2017</a>
 * @see <a href="https://arxiv.org/abs/1902.09635">Ying et al., 2019, for this form and the defaults
 *     0.1 and 0.9</a>
 */
public record Reinforce(double rate, double decay) implements SearchStrategy {

    public Reinforce {
        require(rate > 0, "rate must be above 0, but was %s. Try 0.1.", rate);
        require(decay >= 0 && decay < 1, "decay must be in [0, 1), but was %s. Try 0.9.", decay);
    }

    /** Rate 0.1, decay 0.9. */
    public Reinforce() {
        this(0.1, 0.9);
    }

    /**
     * Sets {@link #rate}.
     *
     * @param step above 0; default 0.1
     * @return a copy
     */
    public Reinforce rate(double step) {
        return new Reinforce(step, decay);
    }

    /**
     * Sets {@link #decay}.
     *
     * @param share in [0, 1); default 0.9
     * @return a copy
     */
    public Reinforce decay(double share) {
        return new Reinforce(rate, share);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new Policy(task, fidelity);
    }

    private final class Policy extends FoldedSession {
        private final Map<String, double[]> logits = new LinkedHashMap<>();
        private final List<Decision> decisions;
        private double weight;
        private double mean;
        private double square;

        Policy(Task task, Fidelity fidelity) {
            super(task, fidelity);
            decisions = space.decisions();
            restart();
        }

        @Override
        protected void restart() {
            decisions.forEach(decision -> logits.put(decision.id(), new double[decision.arity()]));
            weight = 0;
            mean = 0;
            square = 0;
        }

        @Override
        protected void learn(Trial trial, boolean ranked) {
            if (!ranked) {
                return;
            }
            double reward = trial.score().getAsDouble();
            double advantage = weight == 0 ? 0 : reward - mean / weight;
            // the averages are sums over their weights: no bias towards a start at zero
            weight = decay * weight + 1 - decay;
            mean = decay * mean + (1 - decay) * reward;
            square = decay * square + (1 - decay) * advantage * advantage;
            double deviation = Math.sqrt(square / weight);
            if (deviation > 0) {
                ascend(trial.architecture(), rate * advantage / deviation);
            }
        }

        /** The gradient of log softmax: one at the answer, minus the probabilities. */
        private void ascend(Architecture architecture, double step) {
            space.answers(architecture)
                    .forEach(
                            (id, answer) -> {
                                double[] own = logits.get(id);
                                double[] policy = softmax(own);
                                for (int i = 0; i < own.length; i++) {
                                    own[i] += step * ((i == answer ? 1 : 0) - policy[i]);
                                }
                            });
        }

        @Override
        protected Optional<Proposal> propose(History history, RandomGenerator random) {
            Map<String, double[]> policy = new LinkedHashMap<>();
            logits.forEach((id, own) -> policy.put(id, softmax(own)));
            return unseen(
                            random,
                            () -> space.choose(decision -> draw(policy.get(decision.id()), random)))
                    .map(
                            proposal ->
                                    new Proposal.Evaluate(
                                            ((Proposal.Evaluate) proposal).architecture(),
                                            fidelity,
                                            OptionalInt.empty(),
                                            learned(policy)));
        }

        private OptionWeights learned(Map<String, double[]> policy) {
            Map<String, List<Double>> byDecision = new LinkedHashMap<>();
            for (Decision decision : decisions) {
                double[] answers = policy.get(decision.id());
                Double[] options = new Double[decision.options()];
                java.util.Arrays.fill(options, 0.0);
                for (int answer = 0; answer < answers.length; answer++) {
                    for (int option : decision.picked(answer)) {
                        options[option] += answers[answer];
                    }
                }
                byDecision.put(decision.id(), List.of(options));
            }
            return new OptionWeights(byDecision);
        }
    }

    private static int draw(double[] probabilities, RandomGenerator random) {
        double point = random.nextDouble();
        int answer = 0;
        while (answer < probabilities.length - 1 && (point -= probabilities[answer]) >= 0) {
            answer++;
        }
        return answer;
    }

    private static double[] softmax(double[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            max = Math.max(max, logit);
        }
        double[] result = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            result[i] = Math.exp(logits[i] - max);
            sum += result[i];
        }
        for (int i = 0; i < result.length; i++) {
            result[i] /= sum;
        }
        return result;
    }
}
