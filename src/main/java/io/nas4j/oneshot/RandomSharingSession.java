package io.nas4j.oneshot;

import io.nas4j.sharing.DryRun;
import io.nas4j.sharing.SupernetTrainer;
import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.strategy.Proposal;
import io.nas4j.trial.Fidelity;
import io.nas4j.trial.History;
import io.nas4j.trial.ResourceEstimate;
import io.nas4j.trial.Task;
import io.nas4j.trial.TrialContext;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One random search with weight sharing: epochs, a screening, finalists. */
final class RandomSharingSession extends PathSession {

    private static final String SCREENED = "one-batch";

    private final RandomSharing settings;

    /** Best first; empty before the screening. */
    private List<Architecture> finalists = List.of();

    RandomSharingSession(RandomSharing settings, Task task, Fidelity fidelity) {
        super(settings, PathSampling.UNIFORM, settings.scoring(), task, fidelity);
        this.settings = settings;
    }

    @Override
    protected ResourceEstimate estimate() throws InterruptedException {
        DryRun run = dryRun();
        int draws = settings.draws();
        return estimate(run, settings.finalists())
                .then(
                        run.estimate(
                                supernet.training.batch(), draws, 0, 1, draws + " screened paths"));
    }

    @Override
    protected Optional<Proposal> afterTraining(History history, RandomGenerator random) {
        if (trials(history, SCREENED).isEmpty()) {
            return Optional.of(new Proposal.Advance(new Screening()));
        }
        int next = trials(history, SCORED).size();
        return next < finalists.size()
                ? Optional.of(candidate(finalists.get(next)))
                : Optional.empty();
    }

    private record Screened(Architecture architecture, double score) {}

    private final class Screening extends Turn {

        Screening() {
            super(SCREENED);
        }

        @Override
        protected Step work(TrialContext context, long start) throws InterruptedException {
            RandomGenerator random = task.seeds().random(0, "screening");
            Set<Architecture> drawn = new LinkedHashSet<>();
            for (int i = 0; i < settings.draws(); i++) {
                drawn.add(task.space().sample(random));
            }
            int[] batch = trainer.validation(SupernetTrainer.EVALUATED * supernet.training.batch());
            List<Screened> all = new ArrayList<>();
            for (Architecture architecture : drawn) {
                if (!context.proceed()) {
                    throw new InterruptedException("stopped while paths were screened");
                }
                all.add(new Screened(architecture, screened(architecture, batch)));
                context.progress((double) all.size() / drawn.size());
            }
            // a stable sort: of equals the first drawn
            all.sort(Comparator.comparingDouble(one -> -one.score()));
            finalists =
                    all.stream().limit(settings.finalists()).map(Screened::architecture).toList();
            double score = all.get(0).score();
            Found found = new Found(finalists.get(0), score, Map.of(), OptionWeights.NONE);
            return step(found, 1, start);
        }

        private double screened(Architecture architecture, int[] batch) {
            return scores().together(
                            scores().raw(architecture, () -> trainer.answers(architecture, batch)));
        }
    }

    @Override
    public void save(OutputStream out) throws IOException {
        super.save(out);
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(finalists.size());
        for (Architecture finalist : finalists) {
            data.writeInt(finalist.choices().size());
            for (int choice : finalist.choices()) {
                data.writeInt(choice);
            }
        }
        data.flush();
    }

    @Override
    public void restore(InputStream in) throws IOException {
        super.restore(in);
        DataInputStream data = new DataInputStream(in);
        List<Architecture> read = new ArrayList<>();
        for (int left = data.readInt(); left > 0; left--) {
            List<Integer> choices = new ArrayList<>();
            for (int more = data.readInt(); more > 0; more--) {
                choices.add(data.readInt());
            }
            read.add(new Architecture(task.space().name(), choices));
        }
        finalists = List.copyOf(read);
    }
}
