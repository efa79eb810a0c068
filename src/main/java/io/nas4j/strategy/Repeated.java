package io.nas4j.strategy;

import static io.nas4j.space.Require.require;

import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Objective;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * The same search several times, each from a seed of its own; the search's estimator scores the
 * answer of each, and so chooses between them. DARTS' authors choose the best of four.
 *
 * <p>All searches lie in one history, one behind the other, each ending with its answer's trial:
 * budget, journal and resume work as for one. The first has the seed of the search itself.
 *
 * @param strategy one that ends by itself, as those do that train a supernet
 * @param times how often, at least 1
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019, section 3.1.2</a>
 */
public record Repeated(SearchStrategy strategy, int times) implements SearchStrategy {

    public Repeated {
        require(times >= 1, "seeds must be at least 1, but were %d. Try 4.", times);
        require(
                strategy.slices().isPresent(),
                "a strategy that is repeated must end by itself, but %s goes on for ever. Try"
                        + " seed(1), seed(2) .. in searches of their own.",
                strategy);
    }

    /** All epochs of all searches, and all answers but the last, which comes on top. */
    @Override
    public OptionalInt slices() {
        return OptionalInt.of(times * strategy.slices().orElseThrow() + times - 1);
    }

    @Override
    public String name() {
        return strategy.name();
    }

    @Override
    public List<Objective> objectives(Task task) {
        return strategy.objectives(task);
    }

    @Override
    public int answers() {
        return times;
    }

    @Override
    public Optional<ResourceEstimate> dryRun(Task task, Fidelity fidelity)
            throws InterruptedException {
        // one search a device, where there are several
        Optional<ResourceEstimate> one =
                strategy.dryRun(times == 1 ? task : task.device(task.device()), fidelity);
        return one.map(search -> search.times(times, times + " searches"));
    }

    @Override
    public Session open(Task task, Fidelity fidelity) {
        return open(task, (index, start, own) -> strategy.open(own, fidelity));
    }

    /**
     * Opens with searches that come from elsewhere, workers that train them ahead for example.
     *
     * @param task what the search is about
     * @param opener of each search, in order
     * @return as of {@link SearchStrategy#open}
     */
    public Session open(Task task, Opener opener) {
        return new Series(task, opener);
    }

    /** Opens one of the searches. */
    @FunctionalInterface
    public interface Opener {

        /**
         * Opens.
         *
         * @param index of the search, from 0
         * @param start the number of its first trial
         * @param task with the seed of that search
         * @return its session
         */
        Session open(int index, int start, Task task);
    }

    /**
     * The task of one of the searches.
     *
     * @param task of the whole
     * @param index of the search, from 0
     * @return with a seed of its own
     */
    public static Task task(Task task, int index) {
        long seed =
                index == 0 ? task.seeds().master() : task.seeds().seed(index, "repeated search");
        return task.seeds(new Seeds(seed));
    }

    private final class Series implements Checkpointed {
        private final Task task;
        private final Opener opener;
        private int index;
        private int start;
        private Session current;

        /** Where the answer under way was proposed; it is not proposed twice. */
        private int answering = -1;

        Series(Task task, Opener opener) {
            this.task = task;
            this.opener = opener;
            this.current = open();
        }

        private Session open() {
            return opener.open(index, start, Repeated.task(task, index));
        }

        @Override
        public Optional<Proposal> ask(History history, RandomGenerator random) {
            while (true) {
                History part = history.since(start);
                Optional<Proposal> proposal = current.ask(part, random);
                if (proposal.isPresent()) {
                    return proposal.map(this::inWhole);
                }
                Optional<Proposal.Evaluate> answer = current.conclude(part);
                if (index == times - 1) {
                    return Optional.empty();
                }
                if (answer.isPresent() && !isAnswered(part, answer.get())) {
                    boolean underWay = answering == index;
                    answering = index;
                    return underWay ? Optional.empty() : answer.map(this::inWhole);
                }
                current.close();
                index++;
                start = history.size();
                current = open();
            }
        }

        private boolean isAnswered(History part, Proposal.Evaluate answer) {
            return part.trials().stream()
                    .anyMatch(
                            trial ->
                                    trial.measure().equals(part.measure())
                                            && trial.fidelity().equals(answer.fidelity())
                                            && trial.architecture().equals(answer.architecture()));
        }

        private Proposal inWhole(Proposal proposal) {
            return proposal instanceof Proposal.Evaluate evaluate ? inWhole(evaluate) : proposal;
        }

        private Proposal.Evaluate inWhole(Proposal.Evaluate answer) {
            return answer.continues().isEmpty()
                    ? answer
                    : new Proposal.Evaluate(
                            answer.architecture(),
                            answer.fidelity(),
                            OptionalInt.of(answer.continues().getAsInt() + start),
                            answer.learned());
        }

        @Override
        public void tell(Trial trial) {
            if (trial.number() >= start) {
                current.tell(trial.renumbered(start));
            }
        }

        @Override
        public List<Integer> continuable(History history) {
            return current.continuable(history.since(start)).stream()
                    .map(trial -> trial + start)
                    .toList();
        }

        @Override
        public Optional<Proposal.Evaluate> conclude(History history) {
            return current.conclude(history.since(start)).map(this::inWhole);
        }

        @Override
        public String ending() {
            return times + " searches have ended; " + current.ending();
        }

        @Override
        public void save(OutputStream out) throws IOException {
            DataOutputStream data = new DataOutputStream(out);
            data.writeInt(index);
            data.writeInt(start);
            data.flush();
            if (current instanceof Checkpointed checkpointed) {
                checkpointed.save(out);
            }
        }

        @Override
        public void restore(InputStream in) throws IOException {
            DataInputStream data = new DataInputStream(in);
            int saved = data.readInt();
            start = data.readInt();
            if (saved != index) {
                current.close();
                index = saved;
                current = open();
            }
            if (current instanceof Checkpointed checkpointed) {
                checkpointed.restore(in);
            }
        }

        @Override
        public void close() {
            current.close();
        }
    }
}
