package io.nas4j.search;

import io.nas4j.analysis.Confirmation;
import io.nas4j.curve.StoppingRule;
import io.nas4j.estimate.Candidate;
import io.nas4j.journal.CheckpointStore;
import io.nas4j.space.Architecture;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Checkpoints;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** Makes a trial of a proposal, once nothing is wrong with it. */
final class TrialStarter {

    private final SearchSpec search;
    private final Task task;
    private final AskedStrategy strategy;
    private final TrialLog log;
    private final Measures measures;
    private final CheckpointStore checkpoints;
    private final Events events;

    TrialStarter(
            SearchSpec search,
            AskedStrategy strategy,
            TrialLog log,
            Measures measures,
            CheckpointStore checkpoints,
            Events events) {
        this.search = search;
        this.task = search.task();
        this.strategy = strategy;
        this.log = log;
        this.measures = measures;
        this.checkpoints = checkpoints;
        this.events = events;
    }

    /** A repeat where an equal network has an estimate; else an estimation. */
    RunningTrial start(Proposal.Evaluate proposal, Supplier<String> gate) {
        return start(proposal, gate, search.stopping());
    }

    /** The answer of a search, which comes to its end in any case. */
    RunningTrial startWhole(Proposal.Evaluate proposal, Supplier<String> gate) {
        return start(proposal, gate, StoppingRule.NONE);
    }

    private RunningTrial start(
            Proposal.Evaluate proposal, Supplier<String> gate, StoppingRule rule) {
        strategy.check(proposal.architecture());
        Optional<Trial> origin = origin(proposal.continues());
        // so that a training that is gone on with stays one training, wherever it is cut
        long seed = origin.isPresent() ? origin.get().seed() : seed();
        Fidelity fidelity = proposal.fidelity();
        RunningTrial.Facts facts = facts(measures.of(fidelity), fidelity, seed);
        Optional<Outcome.Completed> earlier = log.earlier(proposal);
        if (earlier.isPresent()) {
            return new RunningTrial.Repeat(facts, proposal, earlier.get());
        }
        boolean inherits = search.estimator().inherits();
        OptionalInt weights =
                origin.isPresent()
                        ? OptionalInt.of(origin.get().number())
                        : inherits
                                ? Kinship.nearest(task.space(), log.view(), proposal.architecture())
                                : OptionalInt.empty();
        boolean waits = log.isUnderWay();
        // nobody goes on from the most that the search spends, but an heir
        boolean kept = inherits || !fidelity.equals(search.estimator().fidelity());
        RunningTrial.Estimation estimation =
                new RunningTrial.Estimation(
                        facts,
                        proposal,
                        new Candidate(
                                log.next(),
                                task.space(),
                                trained(proposal, origin),
                                fidelity,
                                weights),
                        new LoopContext(
                                log.next(),
                                seed,
                                gate,
                                events,
                                checkpoints.of(log.next(), kept, weights),
                                new EarlyStop(rule, log.view(), fidelity, seed, weights)));
        return waits ? new RunningTrial.Awaiting(estimation) : estimation;
    }

    /** A candidate of the search with a seed of its own, whatever is known of it. */
    RunningTrial.Estimation startAgain(Trial candidate, Supplier<String> gate) {
        Fidelity fidelity = candidate.fidelity();
        long seed = seed();
        return new RunningTrial.Estimation(
                facts(Confirmation.measure(measures.of(fidelity)), fidelity, seed),
                new Proposal.Evaluate(candidate.architecture(), fidelity),
                new Candidate(
                        log.next(),
                        task.space(),
                        candidate.architecture(),
                        fidelity,
                        OptionalInt.empty()),
                new LoopContext(log.next(), seed, gate, events, Checkpoints.NONE, EarlyStop.NEVER));
    }

    /** Where an equal network's estimate was served, the weights are of the form that it has. */
    private Architecture trained(Proposal.Evaluate proposal, Optional<Trial> origin) {
        boolean served =
                origin.isPresent()
                        && origin.get().number() != proposal.continues().getAsInt()
                        && log.view()
                                .trials()
                                .get(proposal.continues().getAsInt())
                                .architecture()
                                .equals(proposal.architecture());
        return served ? origin.get().architecture() : proposal.architecture();
    }

    private Optional<Trial> origin(OptionalInt continues) {
        if (continues.isEmpty()) {
            return Optional.empty();
        }
        int trial = continues.getAsInt();
        int known = log.view().size();
        if (trial < 0 || trial >= known) {
            throw strategy.mistake("it continues trial " + trial + " of " + known, null);
        }
        return Optional.of(log.origin(trial));
    }

    RunningTrial.OwnTraining start(Slice slice, Supplier<String> gate) {
        if (slice.measure().equals(search.estimator().measure())) {
            throw strategy.mistake(
                    "a slice must not be measured as the estimator is (" + slice.measure() + ")",
                    null);
        }
        long seed = seed();
        return new RunningTrial.OwnTraining(
                facts(slice.measure(), slice.fidelity(), seed),
                slice,
                new LoopContext(log.next(), seed, gate, events, Checkpoints.NONE, EarlyStop.NEVER));
    }

    private RunningTrial.Facts facts(String measure, Fidelity fidelity, long seed) {
        return new RunningTrial.Facts(log.next(), log.view().size(), measure, fidelity, seed);
    }

    private long seed() {
        return task.seeds().seed(log.next(), "trial");
    }
}
