package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Tree-structured Parzen estimator: the trials are split into a good tenth and the rest; of {@code
 * candidates} architectures drawn from the distribution of the good ones, l, the one with the
 * largest l/g is tried, g being the distribution of the rest. The tree is the grammar: a decision
 * is counted in the trials that reached it.
 *
 * <p>Both distributions are products over decisions of counts plus a prior worth one observation.
 *
 * @param startup random trials at the beginning, at least 1
 * @param candidates how many are drawn from l, at least 1; more is more exploitation
 * @param good share of the trials that count as good, in (0, 1); never more than 25 trials, or
 *     {@code floor} if that is more
 * @param floor fewest trials that each distribution is counted from, at least 1; while there are
 *     not so many of both kinds, architectures are drawn at random
 * @see <a href="https://papers.nips.cc/paper/4443">Bergstra et al., 2011</a>
 * @see <a href="https://arxiv.org/abs/1907.10902">Akiba et al., 2019, for the defaults: 10, 24 and
 *     0.1</a>
 */
public record Tpe(int startup, int candidates, double good, int floor) implements SearchStrategy {

    private static final int MOST_GOOD = 25;

    public Tpe {
        require(startup >= 1, "startup must be at least 1, but was %d. Try 10.", startup);
        require(candidates >= 1, "candidates must be at least 1, but were %d. Try 24.", candidates);
        require(good > 0 && good < 1, "good must be in (0, 1), but was %s. Try 0.1.", good);
        require(floor >= 1, "floor must be at least 1 trial, but was %d.", floor);
    }

    /** 10 random trials, 24 candidates, the best tenth is good. */
    public Tpe() {
        this(10, 24, 0.1, 1);
    }

    /**
     * Sets {@link #startup}.
     *
     * @param randomTrials at least 1; default 10
     * @return a copy
     */
    public Tpe startup(int randomTrials) {
        return new Tpe(randomTrials, candidates, good, floor);
    }

    /**
     * Sets {@link #candidates}.
     *
     * @param drawn at least 1; default 24
     * @return a copy
     */
    public Tpe candidates(int drawn) {
        return new Tpe(startup, drawn, good, floor);
    }

    /**
     * Sets {@link #good}.
     *
     * @param share in (0, 1); default 0.1
     * @return a copy
     */
    public Tpe good(double share) {
        return new Tpe(startup, candidates, share, floor);
    }

    /**
     * Sets {@link #floor}.
     *
     * @param trials at least 1; default 1
     * @return a copy
     */
    public Tpe floor(int trials) {
        return new Tpe(startup, candidates, good, trials);
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return new Parzen(task, fidelity);
    }

    private record Observation(double score, Map<String, Integer> answers) {}

    private final class Parzen extends FoldedSession {
        /** Best first; the earlier of equals first. */
        private final List<Observation> ordered = new ArrayList<>();

        private final Map<String, double[]> all = new HashMap<>();
        private final Map<String, Integer> arities = new HashMap<>();

        Parzen(Task task, Fidelity fidelity) {
            super(task, fidelity);
            space.decisions().forEach(decision -> arities.put(decision.id(), decision.arity()));
        }

        @Override
        protected void learn(Trial trial, boolean ranked) {
            if (!ranked) {
                return;
            }
            Observation observation =
                    new Observation(
                            trial.score().getAsDouble(), space.answers(trial.architecture()));
            int low = 0;
            int high = ordered.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (ordered.get(middle).score() >= observation.score()) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            ordered.add(low, observation);
            count(all, observation);
        }

        @Override
        protected void restart() {
            ordered.clear();
            all.clear();
        }

        @Override
        protected Optional<Proposal> propose(History history, RandomGenerator random) {
            int share = (int) Math.ceil(good * ordered.size());
            int best = Math.max(floor, Math.min(share, MOST_GOOD));
            if (ordered.size() < startup || ordered.size() - best < floor) {
                return unseen(random, () -> space.sample(random));
            }
            Map<String, double[]> l = new HashMap<>();
            ordered.subList(0, best).forEach(observation -> count(l, observation));
            Candidate chosen = null;
            for (int i = 0; i < candidates; i++) {
                Candidate drawn = new Candidate(l, random);
                if ((chosen == null || drawn.ratio > chosen.ratio)
                        && !isSeen(drawn.architecture)
                        && space.admits(drawn.architecture)) {
                    chosen = drawn;
                }
            }
            return chosen != null
                    ? evaluate(chosen.architecture)
                    : unseen(random, () -> new Candidate(l, random).architecture);
        }

        private void count(Map<String, double[]> counts, Observation observation) {
            observation
                    .answers()
                    .forEach(
                            (id, answer) ->
                                    counts.computeIfAbsent(id, key -> new double[arities.get(key)])[
                                            answer]++);
        }

        /** One draw from l, and its log l/g. */
        private final class Candidate {
            private final Architecture architecture;
            private double ratio;

            Candidate(Map<String, double[]> good, RandomGenerator random) {
                architecture = space.choose(decision -> draw(decision, good, random));
            }

            private int draw(
                    Decision decision, Map<String, double[]> good, RandomGenerator random) {
                int arity = decision.arity();
                double[] l = good.get(decision.id());
                double[] both = all.get(decision.id());
                double inGood = sum(l);
                double point = random.nextDouble() * (inGood + 1);
                int answer = 0;
                while (answer < arity - 1 && (point -= at(l, answer) + 1.0 / arity) >= 0) {
                    answer++;
                }
                double inRest = sum(both) - inGood;
                double rest = at(both, answer) - at(l, answer);
                ratio +=
                        Math.log((at(l, answer) + 1.0 / arity) / (inGood + 1))
                                - Math.log((rest + 1.0 / arity) / (inRest + 1));
                return answer;
            }
        }
    }

    private static double at(double[] counts, int answer) {
        return counts == null ? 0 : counts[answer];
    }

    private static double sum(double[] counts) {
        double sum = 0;
        if (counts != null) {
            for (double count : counts) {
                sum += count;
            }
        }
        return sum;
    }
}
