package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Pareto;
import io.nas4j.space.Architecture;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Metrics;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * NSGA-II: evolution towards a Pareto front of several objectives. Of parents and children together
 * the {@code population} best survive, by front first and by loneliness within the front; parents
 * win binary tournaments by the same order.
 *
 * <p>It optimises the objectives that the search states; where none are stated, the score against
 * the parameters. {@link Pareto#front} gives the result.
 *
 * @param population how many survive, at least 2
 * @param crossover share of children with two parents, in [0, 1]; every child is mutated, each
 *     decision with one chance in as many as there are
 * @see <a href="https://doi.org/10.1109/4235.996017">Deb et al., 2002</a>
 */
public record Nsga2(int population, double crossover) implements SearchStrategy {

    private static final List<Objective> DEFAULT =
            List.of(Objective.SCORE, Objective.minimize(Metrics.PARAMETERS));

    public Nsga2 {
        require(population >= 2, "population must be at least 2, but was %d.", population);
        require(
                crossover >= 0 && crossover <= 1,
                "crossover must be a share in [0, 1], but was %s. Try 0.9.",
                crossover);
    }

    /** Population 50, crossover 0.9. */
    public Nsga2() {
        this(50, 0.9);
    }

    /**
     * Sets {@link #population}.
     *
     * @param survivors at least 2; default 50
     * @return a copy
     */
    public Nsga2 population(int survivors) {
        return new Nsga2(survivors, crossover);
    }

    /**
     * Sets {@link #crossover}.
     *
     * @param share in [0, 1]; default 0.9
     * @return a copy
     */
    public Nsga2 crossover(double share) {
        return new Nsga2(population, share);
    }

    @Override
    public List<Objective> objectives(Task task) {
        return task.objectives().isEmpty() ? DEFAULT : task.objectives();
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        List<Objective> objectives = objectives(task);
        require(
                objectives.size() >= 2,
                "NSGA2 needs at least 2 objectives, but the search states %d: %s. Try"
                        + " objectives(Objective.SCORE, minimize(\"%s\")), or EVOLUTION for the"
                        + " score alone.",
                objectives.size(),
                objectives.get(0),
                Metrics.PARAMETERS);
        return new Generations(task, fidelity, objectives);
    }

    /** How fit: a front, 0 the best, and how lonely in it. */
    private record Member(Architecture architecture, double[] point, int front, double crowding) {}

    private final class Generations extends FoldedSession {
        private final List<Objective> objectives;
        private List<Member> parents = List.of();
        private final List<Member> children = new ArrayList<>();

        Generations(Task task, Fidelity fidelity, List<Objective> objectives) {
            super(task, fidelity);
            this.objectives = objectives;
        }

        @Override
        protected void restart() {
            parents = List.of();
            children.clear();
        }

        @Override
        protected void learn(Trial trial, boolean ranked) {
            if (!ranked) {
                return;
            }
            double[] point = Pareto.point(trial, objectives);
            require(
                    point.length > 0,
                    "NSGA2 optimises %s, but trial %d does not report all of them.",
                    objectives,
                    trial.number());
            children.add(new Member(trial.architecture(), point, 0, 0));
            if (children.size() >= population) {
                children.addAll(parents);
                parents = survivors(children);
                children.clear();
            }
        }

        @Override
        protected Optional<Proposal> propose(History history, RandomGenerator random) {
            return unseen(random, () -> parents.isEmpty() ? space.sample(random) : child(random));
        }

        private Architecture child(RandomGenerator random) {
            Architecture parent = tournament(random);
            Architecture crossed =
                    random.nextDouble() < crossover
                            ? space.cross(parent, tournament(random), random)
                            : parent;
            Map<String, Integer> answers = space.answers(crossed);
            double rate = 1.0 / answers.size();
            return space.choose(
                    decision -> {
                        Integer answer = answers.get(decision.id());
                        return answer == null || random.nextDouble() < rate
                                ? random.nextInt(decision.arity())
                                : answer;
                    });
        }

        private Architecture tournament(RandomGenerator random) {
            Member first = parents.get(random.nextInt(parents.size()));
            Member second = parents.get(random.nextInt(parents.size()));
            return (FITTEST.compare(second, first) < 0 ? second : first).architecture();
        }
    }

    private static final Comparator<Member> FITTEST =
            Comparator.comparingInt(Member::front)
                    .thenComparing(Comparator.comparingDouble(Member::crowding).reversed());

    private List<Member> survivors(List<Member> all) {
        int[] fronts = Pareto.ranks(all.stream().map(Member::point).toList());
        List<Member> judged = new ArrayList<>();
        for (int front = 0; judged.size() < all.size(); front++) {
            int current = front;
            List<Member> members =
                    IntStream.range(0, fronts.length)
                            .filter(i -> fronts[i] == current)
                            .mapToObj(all::get)
                            .toList();
            double[] crowding = Pareto.crowding(members.stream().map(Member::point).toList());
            for (int i = 0; i < crowding.length; i++) {
                Member member = members.get(i);
                judged.add(new Member(member.architecture(), member.point(), front, crowding[i]));
            }
        }
        return judged.stream().sorted(FITTEST).limit(population).toList();
    }
}
