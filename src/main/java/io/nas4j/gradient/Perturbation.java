package io.nas4j.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.space.Decision;
import io.nas4j.supernet.Supernet;
import io.nas4j.train.Cosine;
import io.nas4j.train.Sampling;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Settles a trained supernet's decisions one after the other: what the validation accuracy misses
 * most when it is left out stays. A settled decision stands in alpha itself, as logits so far apart
 * that the softmax is exactly 0 and 1; so what a search saves is all that a resumed one needs.
 *
 * @see <a href="https://arxiv.org/abs/2108.04392">Wang et al., 2021, algorithm 1</a>
 */
final class Perturbation {

    /** Beyond any logit that was learned; e to the power of minus twice this is 0. */
    private static final float FAR = 1000;

    /** An accuracy has few values: between equal ones the loss decides. */
    private static final double LOSS = 1e-6;

    /**
     * A decision to settle.
     *
     * @param options for each, the logits that are left out with it
     * @param keep how many options stay
     * @param first where the decision's own logits begin
     * @param count of them; 0 where the options are edges, each with logits of its own
     */
    private record Question(List<int[]> options, int keep, int first, int count) {

        boolean isSettled(float[] shares) {
            if (count > 0) {
                return IntStream.range(first, first + count).filter(i -> shares[i] != 0).count()
                        <= keep;
            }
            return options.stream().filter(edge -> shares[edge[edge.length - 1]] != 1).count()
                    <= keep;
        }

        void settle(float[] alpha, List<Integer> kept) {
            if (count > 0) {
                Arrays.fill(alpha, first, first + count, -FAR);
            }
            for (int i = 0; i < options.size(); i++) {
                int[] option = options.get(i);
                if (count > 0 && kept.contains(i)) {
                    alpha[option[0]] = FAR;
                } else if (count == 0 && !kept.contains(i)) {
                    Arrays.stream(option).forEach(logit -> alpha[logit] = -FAR);
                    alpha[option[option.length - 1]] = FAR; // its "none"
                }
            }
        }
    }

    private final SupernetTrainer supernet;
    private final BilevelTrainer trainer;
    private final Selection settings;
    private final List<Question> questions;

    Perturbation(SupernetTrainer supernet, BilevelTrainer trainer, AlphaTraining alpha) {
        this.supernet = supernet;
        this.trainer = trainer;
        settings = alpha.selection();
        questions = questions(supernet, alpha.deriveNone());
    }

    /** Operations in random order, then edges in random order, as the paper has them. */
    private static List<Question> questions(SupernetTrainer supernet, boolean deriveNone) {
        Supernet net = supernet.net;
        Map<Decision, int[]> logits = new LinkedHashMap<>();
        List<Question> operations = new ArrayList<>();
        List<Question> edges = new ArrayList<>();
        int first = 0;
        for (Map.Entry<Decision, Integer> entry : net.decisions().entrySet()) {
            Decision decision = entry.getKey();
            int from = first;
            first += entry.getValue();
            logits.put(decision, IntStream.range(from, first).toArray());
            List<int[]> options = new ArrayList<>();
            for (int i = 0; i < decision.options(); i++) {
                if (deriveNone || !net.isNone(decision, i)) {
                    options.add(new int[] {from + i});
                }
            }
            boolean betweenEdges =
                    net.decisions().keySet().stream()
                            .anyMatch(other -> other.id().startsWith(decision.id() + "/"));
            (betweenEdges ? edges : operations)
                    .add(new Question(options, decision.picks(), from, entry.getValue()));
        }
        net.edges()
                .forEach(
                        (decision, each) ->
                                edges.add(
                                        new Question(
                                                each.stream().map(logits::get).toList(),
                                                decision.picks(),
                                                0,
                                                0)));
        RandomGenerator random = supernet.task.seeds().random(0, "selection order");
        List<Question> order = new ArrayList<>(shuffled(operations, random));
        order.addAll(shuffled(edges, random));
        return List.copyOf(order);
    }

    /** What leaves nothing to decide is not asked. */
    private static List<Question> shuffled(List<Question> all, RandomGenerator random) {
        List<Question> open =
                all.stream()
                        .filter(question -> question.options().size() > question.keep())
                        .toList();
        int[] order = Sampling.shuffled(IntStream.range(0, open.size()).toArray(), random);
        return Arrays.stream(order).mapToObj(open::get).toList();
    }

    /** How many rounds there are: never more than decisions. */
    int rounds() {
        return Math.min(settings.rounds(), questions.size());
    }

    private int settled() {
        float[] shares = trainer.mixture();
        return (int) questions.stream().filter(question -> question.isSettled(shares)).count();
    }

    boolean isDone() {
        return rounds() == 0 || settled() == questions.size();
    }

    /** How many evaluations of the whole validation data all questions are. */
    int evaluations() {
        return rounds() == 0
                ? 0
                : rounds() + questions.stream().mapToInt(q -> q.options().size()).sum();
    }

    /**
     * Settles a round's decisions and tunes the weights to them.
     *
     * @return the supernet's accuracy then; empty when told to stop
     * @throws IllegalStateException when a weight is not finite
     */
    OptionalDouble round(TrialContext context) {
        int before = settled();
        int all = questions.size();
        int until = before;
        for (int round = 1; until <= before; round++) {
            until = (int) Math.ceil((double) all * round / rounds());
        }
        for (Question question : questions) {
            if (settled() < until && !question.isSettled(trainer.mixture())) {
                if (!settle(question, context)) {
                    return OptionalDouble.empty();
                }
                context.progress(0.6 * (settled() - before) / (until - before));
            }
        }
        // as the authors' code does: a tenth of the search's rates once more
        Cosine rates = supernet.training.rate();
        double rate = Math.max(rates.floor(), rates.rate((double) until / all) / 10);
        int steps = (int) Math.round(settings.tuning() * supernet.steps());
        boolean whole = until == all || trainer.tune(steps, rate, until, context);
        double accuracy = whole ? trainer.accuracy(context) : Double.NaN;
        return Double.isNaN(accuracy) ? OptionalDouble.empty() : OptionalDouble.of(accuracy);
    }

    /** False when told to stop. */
    private boolean settle(Question question, TrialContext context) {
        List<int[]> options = question.options();
        double[] without = new double[options.size()];
        for (int i = 0; i < without.length; i++) {
            without[i] = quality(options.get(i), context);
            if (Double.isNaN(without[i])) {
                return false;
            }
        }
        List<Integer> kept =
                IntStream.range(0, without.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> without[i]))
                        .limit(question.keep())
                        .toList();
        NDArray alpha = supernet.state.alpha;
        float[] logits = alpha.toFloatArray();
        question.settle(logits, kept);
        try (NDArray settled = alpha.getManager().create(logits, alpha.getShape())) {
            alpha.set(new NDIndex("..."), settled);
        }
        return true;
    }

    /** The supernet's accuracy without some options, whose shares nobody takes over. */
    private double quality(int[] left, TrialContext context) {
        float[] factors = new float[(int) supernet.state.alpha.size()];
        Arrays.fill(factors, 1);
        Arrays.stream(left).forEach(logit -> factors[logit] = 0);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDManager manager = supernet.state.alpha.getManager();
            NDArray shares = trainer.shares().mul(manager.create(factors));
            BilevelTrainer.Quality quality = trainer.quality(shares, context);
            return quality.accuracy() - LOSS * quality.loss();
        }
    }
}
