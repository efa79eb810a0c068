package io.nas4j.sharing;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.conv;
import static io.nas4j.space.Grammar.relu;

import io.nas4j.data.Data;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.Proposal;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.strategy.Slice;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.Task;
import io.nas4j.trial.Trial;
import io.nas4j.trial.TrialContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/** A search that owns weights, slice by slice, on data that take no time. */
public final class TinySearch {

    private TinySearch() {}

    /** All slices, as the loop would run them. */
    public static History epochs(SearchSpace space, SearchStrategy strategy, long seed)
            throws Exception {
        History history = History.empty("train");
        try (SearchStrategy.Session session = open(space, strategy, seed)) {
            Optional<Proposal> proposal = session.ask(history, new SplittableRandom(1));
            while (proposal.isPresent()) {
                Slice slice = ((Proposal.Advance) proposal.get()).slice();
                history =
                        history.plus(
                                trial(history.size(), slice, slice.advance(new Context(100_000))));
                proposal = session.ask(history, new SplittableRandom(1));
            }
        }
        return history;
    }

    /** What the loop makes of a slice's result. */
    public static Trial trial(int number, Slice slice, Slice.Step step) {
        return new Trial(
                number,
                step.architecture(),
                slice.measure(),
                slice.fidelity(),
                1,
                OptionalInt.empty(),
                new Outcome.Completed(step.estimate(), step.learned(), OptionalInt.empty()));
    }

    public static SearchStrategy.Session open(
            SearchSpace space, SearchStrategy strategy, long seed) {
        return strategy.open(new Task(space, data(), new Seeds(seed), "cpu"), Fidelity.epochs(3));
    }

    public static Optional<Proposal> ask(SearchStrategy.Session session) {
        return session.ask(History.empty("train"), new SplittableRandom(1));
    }

    public static Slice.Step advance(SearchStrategy.Session session) throws Exception {
        return advance(session, new Context(100_000));
    }

    public static Slice.Step advance(SearchStrategy.Session session, TrialContext context)
            throws Exception {
        return ((Proposal.Advance) ask(session).orElseThrow()).slice().advance(context);
    }

    /** Lets so many batches run, and notes the phases. */
    public static final class Context implements TrialContext {
        /** What was told, in order. */
        public final List<String> phases = new ArrayList<>();

        private int left;

        public Context(int batches) {
            left = batches;
        }

        @Override
        public long seed() {
            return 1;
        }

        @Override
        public boolean report(int step, double score) {
            return true;
        }

        @Override
        public boolean proceed() {
            return left-- > 0;
        }

        @Override
        public void phase(String phase) {
            phases.add(phase);
        }
    }

    /** Two choices between convolutions, and nothing that normalises. */
    public static SearchSpace plain(int channels) {
        return SearchSpace.of(
                "plain",
                conv(3, channels),
                relu(),
                choice("first", conv(1, channels), conv(3, channels)),
                relu(),
                choice("second", conv(1, channels), conv(3, channels)),
                classifier());
    }

    /** 96 images of three classes: where the bright quarter lies. */
    public static Data data() {
        int side = 8;
        SplittableRandom random = new SplittableRandom(5);
        int[] labels = new int[96];
        byte[] pixels = new byte[labels.length * side * side];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 3;
            for (int p = 0; p < side * side; p++) {
                boolean bright = (p / side) / 4 == labels[i] / 2 && (p % side) / 4 == labels[i] % 2;
                pixels[i * side * side + p] = (byte) (random.nextInt(100) + (bright ? 120 : 0));
            }
        }
        return Data.images("quarters", pixels, 1, side, side, labels, List.of("a", "b", "c"));
    }
}
