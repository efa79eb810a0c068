package io.nas4j.strategy;

import io.nas4j.data.Data;
import io.nas4j.space.Architecture;
import io.nas4j.space.Constraint;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.space.Walk;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Estimate;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What every strategy without weights of its own must keep. Extend it in a test class, or call
 * {@link #verify} from a notebook cell:
 *
 * <pre>{@code
 * SearchStrategyContract.verify(new MyStrategy());
 * }</pre>
 *
 * <p>It needs no test library at run time.
 */
public abstract class SearchStrategyContract {

    private static final String MEASURE = "contract";
    private static final String SIZE = "size";
    private static final Fidelity FIDELITY = Fidelity.epochs(9);

    /** How a proposal ends: a score, a failure, a stop. */
    protected interface Outcomes {
        Outcome of(Proposal.Evaluate proposal, int number);
    }

    /** The strategy; a new and equal description at each call. */
    protected abstract SearchStrategy strategy();

    /** Whether another seed leads to other proposals: false for a grid. */
    protected boolean isRandom() {
        return true;
    }

    /** How many trials the longer checks take. */
    protected int trials() {
        return 50;
    }

    /**
     * Runs every check on one strategy; throws an {@link AssertionError} at the first broken one.
     */
    public static void verify(SearchStrategy strategy) {
        SearchStrategyContract contract =
                new SearchStrategyContract() {
                    @Override
                    protected SearchStrategy strategy() {
                        return strategy;
                    }
                };
        contract.sameSeedSameProposals();
        contract.otherSeedOtherProposals();
        contract.proposalsAreValidInEverySpace();
        contract.resumedEqualsUninterrupted();
        contract.failedAndStoppedTrialsAreTolerated();
        contract.onlyFailuresAreTolerated();
        contract.spaceOfOneArchitectureEnds();
        contract.exhaustedSpaceEnds();
        contract.severalAtOnceAreValidAndEnd();
        contract.noProposalBreaksAConstraint();
        contract.objectivesAreOptimisedAsDeclared();
        contract.whatIsContinuedWasSaidToBe();
        contract.descriptionsAreValues();
    }

    @Test
    void sameSeedSameProposals() {
        check(
                run(nasBench(), 1, trials()).equals(run(nasBench(), 1, trials())),
                "the same seed must give the same proposals.");
    }

    @Test
    void otherSeedOtherProposals() {
        if (isRandom()) {
            check(
                    !run(nasBench(), 1, trials()).equals(run(nasBench(), 2, trials())),
                    "another seed must give other proposals. Try drawing from the generator that"
                            + " ask is given.");
        }
    }

    @Test
    void proposalsAreValidInEverySpace() {
        for (SearchSpace space : List.of(Spaces.cells(), Spaces.chain(), Spaces.zophLe(2))) {
            check(
                    run(space, 3, 30).size() == 30,
                    "a space of %s architectures must not end after less than 30 trials.",
                    space.size());
        }
    }

    @Test
    void resumedEqualsUninterrupted() {
        List<Trial> all = run(nasBench(), 4, trials());
        for (int cut : List.of(1, 2, 11, 12, 13, trials() / 2, trials() - 1)) {
            for (boolean told : List.of(true, false)) {
                try (SearchStrategy.Session session =
                        strategy().open(task(nasBench(), 4), FIDELITY)) {
                    History history = History.empty(MEASURE);
                    for (Trial trial : all.subList(0, cut)) {
                        history = history.plus(trial);
                        if (told) {
                            session.tell(trial);
                        }
                    }
                    Optional<Proposal> next = session.ask(history, new Seeds(4).random(cut, "ask"));
                    check(
                            next.isPresent()
                                    && next.get() instanceof Proposal.Evaluate evaluate
                                    && evaluate.architecture().equals(all.get(cut).architecture())
                                    && evaluate.fidelity().equals(all.get(cut).fidelity())
                                    && evaluate.continues().equals(all.get(cut).continues()),
                            "a search resumed after %d trials must go on as if never stopped, but"
                                    + " proposed %s instead of %s. Try to keep no state outside of"
                                    + " the history.",
                            cut,
                            next,
                            all.get(cut).architecture());
                }
            }
        }
    }

    @Test
    void failedAndStoppedTrialsAreTolerated() {
        Outcomes some =
                (proposal, number) ->
                        switch (number % 4) {
                            case 1 -> new Outcome.Failed("loss became NaN", "", Cost.ZERO);
                            case 2 -> new Outcome.Stopped("pruned", List.of(), Cost.ZERO);
                            default -> scored(proposal);
                        };
        check(
                run(nasBench(), 5, trials(), 1, some).size() == trials(),
                "failed and stopped trials must not end a search.");
    }

    @Test
    void onlyFailuresAreTolerated() {
        Outcomes none = (proposal, number) -> new Outcome.Failed("no memory", "", Cost.ZERO);
        check(
                run(nasBench(), 6, 20, 1, none).size() == 20,
                "a search must go on while every trial fails.");
    }

    @Test
    void spaceOfOneArchitectureEnds() {
        SearchSpace one = SearchSpace.of("one", Grammar.choice("op", Grammar.skip()));
        List<Trial> all = run(one, 7, 40);
        check(!all.isEmpty(), "the only architecture must be tried.");
        ends(one, all, 40);
    }

    @Test
    void exhaustedSpaceEnds() {
        List<Trial> all = run(small(), 8, 200);
        ends(small(), all, 200);
        Set<Architecture> tried = new HashSet<>();
        all.forEach(trial -> tried.add(trial.architecture()));
        check(
                tried.size() == 6,
                "a search without a budget must try all 6 architectures, but tried %d.",
                tried.size());
    }

    @Test
    void severalAtOnceAreValidAndEnd() {
        List<Trial> all = run(small(), 9, 200, 4, (proposal, number) -> scored(proposal));
        check(all.size() < 200, "a search of 6 architectures must end when four run at once.");
        check(
                run(nasBench(), 9, 40, 4, (proposal, number) -> scored(proposal)).size() == 40,
                "a strategy must go on when four trials run at once.");
    }

    /**
     * One architecture in nine of the first space meets its constraint, two of six of the second.
     */
    @Test
    void noProposalBreaksAConstraint() {
        SearchSpace light = nasBench().where(Constraint.of("few operations", this::isLight));
        List<Trial> all = run(light, 11, trials());
        check(
                all.size() == trials(),
                "a constraint must not end a search that has not met it all.");
        all.forEach(
                trial ->
                        check(
                                isLight(light.walk(trial.architecture())),
                                "no proposal may break a constraint of the space, but %s does. Try"
                                        + " space.admits(..) where architectures come from a chooser of"
                                        + " your own.",
                                trial.architecture().choices()));
        SearchSpace two = small().where(Constraint.of("alike", SearchStrategyContract::isAlike));
        Set<Architecture> tried = new HashSet<>();
        run(two, 12, 200).forEach(trial -> tried.add(trial.architecture()));
        check(
                tried.size() == 2 && tried.stream().allMatch(two::admits),
                "a search must try the 2 of 6 architectures that meet the constraint, but tried"
                        + " %d.",
                tried.size());
    }

    private boolean isLight(Walk walk) {
        return walk.architecture().choices().stream().mapToInt(choice -> choice).sum() <= 8;
    }

    private static boolean isAlike(Walk walk) {
        return walk.architecture().choices().get(0).equals(walk.architecture().choices().get(1));
    }

    /** What a strategy declares to optimise leads it, and nothing else does. */
    @Test
    void objectivesAreOptimisedAsDeclared() {
        List<Objective> small = List.of(Objective.SCORE, Objective.minimize(SIZE));
        List<Objective> large = List.of(Objective.SCORE, Objective.maximize(SIZE));
        List<Trial> smaller = run(task(nasBench(), 10).objectives(small), 80);
        List<Trial> larger = run(task(nasBench(), 10).objectives(large), 80);
        boolean declared =
                strategy().objectives(task(nasBench(), 10).objectives(small)).equals(small);
        if (declared) {
            check(
                    !smaller.equals(larger),
                    "a strategy that declares the search's objectives must optimise them, but"
                            + " proposes the same whatever they are. Try task.objectives() in"
                            + " open.");
        } else {
            check(
                    smaller.equals(larger),
                    "a strategy that uses the search's objectives must declare them. Try overriding"
                            + " objectives(task).");
        }
    }

    /** The search deletes the weights of all other trials. */
    @Test
    void whatIsContinuedWasSaidToBe() {
        for (int slots : List.of(1, 3)) {
            List<Trial> all =
                    run(nasBench(), 10, trials(), slots, (proposal, number) -> scored(proposal));
            try (SearchStrategy.Session session = strategy().open(task(nasBench(), 10), FIDELITY)) {
                History history = History.empty(MEASURE);
                for (Trial trial : all) {
                    if (trial.continues().isPresent()) {
                        check(
                                session.continuable(history).contains(trial.continues().getAsInt()),
                                "trial %d continues trial %d, which continuable(..) did not name.",
                                trial.number(),
                                trial.continues().getAsInt());
                    }
                    history = history.plus(trial);
                    session.tell(trial);
                }
            }
        }
    }

    @Test
    void descriptionsAreValues() {
        check(strategy().equals(strategy()), "a strategy must be a value. Try a record.");
        check(!strategy().toString().isBlank(), "a strategy must print.");
    }

    /** A search by the book: asks, scores, tells; several run at once and end in mixed order. */
    protected final List<Trial> run(
            SearchSpace space, long seed, int limit, int slots, Outcomes outcomes) {
        return run(task(space, seed), slots, limit, outcomes);
    }

    private List<Trial> run(Task task, int limit) {
        return run(task, 1, limit, (proposal, number) -> scored(proposal));
    }

    private List<Trial> run(Task task, int slots, int limit, Outcomes outcomes) {
        SearchSpace space = task.space();
        SplittableRandom order = new SplittableRandom(task.seeds().master());
        List<Proposal.Evaluate> running = new ArrayList<>();
        History history = History.empty(MEASURE);
        try (SearchStrategy.Session session = strategy().open(task, FIDELITY)) {
            int asked = 0;
            while (history.size() < limit) {
                while (running.size() < slots) {
                    Optional<Proposal> next =
                            session.ask(history, task.seeds().random(asked, "ask"));
                    if (next.isEmpty()) {
                        break;
                    }
                    asked++;
                    running.add(valid(space, history, next.get()));
                }
                if (running.isEmpty()) {
                    break;
                }
                Proposal.Evaluate done = running.remove(order.nextInt(running.size()));
                Trial trial =
                        new Trial(
                                history.size(),
                                done.architecture(),
                                MEASURE
                                        + (done.fidelity().equals(FIDELITY)
                                                ? ""
                                                : "@" + done.fidelity()),
                                done.fidelity(),
                                0,
                                done.continues(),
                                outcomes.of(done, history.size()));
                history = history.plus(trial);
                session.tell(trial);
            }
        }
        return history.trials();
    }

    private List<Trial> run(SearchSpace space, long seed, int limit) {
        return run(space, seed, limit, 1, (proposal, number) -> scored(proposal));
    }

    private static Proposal.Evaluate valid(SearchSpace space, History history, Proposal proposal) {
        check(
                proposal instanceof Proposal.Evaluate,
                "this contract is for strategies without weights, but %s was proposed.",
                proposal);
        Proposal.Evaluate evaluate = (Proposal.Evaluate) proposal;
        space.walk(evaluate.architecture());
        check(
                evaluate.fidelity().epochs() >= 1
                        && evaluate.fidelity().epochs() <= FIDELITY.epochs(),
                "a proposal must spend from 1 to %d epochs, but has %s.",
                FIDELITY.epochs(),
                evaluate.fidelity());
        if (evaluate.continues().isPresent()) {
            int earlier = evaluate.continues().getAsInt();
            check(
                    earlier < history.size()
                            && history.trials().get(earlier).score().isPresent()
                            && history.trials()
                                    .get(earlier)
                                    .architecture()
                                    .equals(evaluate.architecture()),
                    "a proposal must continue a completed trial of the same architecture, but"
                            + " continues %d.",
                    earlier);
        }
        return evaluate;
    }

    private static void ends(SearchSpace space, List<Trial> all, int limit) {
        check(
                all.size() < limit,
                "a search of %s architectures must end, but went on for %d trials. Try"
                        + " Unseen.draw, which is empty when all were tried.",
                space.size(),
                all.size());
        Set<List<Object>> distinct = new HashSet<>();
        all.forEach(trial -> distinct.add(List.of(trial.architecture(), trial.fidelity())));
        check(
                distinct.size() == all.size(),
                "no architecture may be tried twice at one fidelity, but %d of %d trials repeat.",
                all.size() - distinct.size(),
                all.size());
    }

    /** Deterministic, in [0, 1), with many local optima; a little less at fewer epochs. */
    private static Outcome scored(Proposal.Evaluate proposal) {
        double score =
                new SplittableRandom(proposal.architecture().choices().hashCode()).nextDouble();
        return new Outcome.Completed(
                new Estimate(
                        score - 0.1 / proposal.fidelity().epochs(),
                        Map.of(
                                SIZE,
                                proposal.architecture().choices().stream()
                                        .mapToDouble(choice -> choice)
                                        .sum()),
                        List.of(),
                        new Cost(
                                Duration.ofSeconds(1),
                                100 + proposal.architecture().choices().size(),
                                0)));
    }

    private static SearchSpace nasBench() {
        return Spaces.nasBench201(1, 1);
    }

    private static SearchSpace small() {
        return SearchSpace.of(
                "small",
                Grammar.choice("first", Grammar.skip(), Grammar.norConv(1)),
                Grammar.choice("second", Grammar.skip(), Grammar.norConv(1), Grammar.norConv(3)));
    }

    /** A task on a space, with data that nobody looks at. */
    protected static Task task(SearchSpace space, long seed) {
        return new Task(
                space,
                Data.rows("rows", new float[] {0, 1}, 1, new int[] {0, 1}, List.of("no", "yes")),
                new Seeds(seed));
    }

    private static void check(boolean condition, String format, Object... args) {
        if (!condition) {
            throw new AssertionError(String.format(java.util.Locale.ROOT, format, args));
        }
    }
}
