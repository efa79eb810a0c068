package io.nas4j.train;

import io.nas4j.data.Data;
import io.nas4j.nn.Counts;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.Retrained.Replicate;
import io.nas4j.trial.Cost;
import io.nas4j.trial.Seeds;
import io.nas4j.trial.TrialContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A run of a {@link Retrain}: its trainings, one after the other. */
final class Retraining {

    private final Retrain settings;
    private final RetrainTask task;
    private final TrialContext context;
    private final Set<String> notes = new LinkedHashSet<>();

    Retraining(Retrain settings, SearchSpace network, Data data, TrialContext context) {
        this.settings = settings;
        this.task = RetrainTask.of(settings, network, data);
        this.context = context;
    }

    Retrained run() throws InterruptedException {
        Counts counts = Counts.of(task.network(), task.shape(), task.classes(), 1);
        List<Optional<RetrainFile>> files = files();
        Retrained kept = null;
        List<Replicate> replicates = new ArrayList<>();
        long start = System.nanoTime();
        boolean whole = true;
        for (int i = 1; i <= settings.seeds() && whole; i++) {
            SeedTraining one = new SeedTraining(task, context, i, files.get(i - 1), notes);
            Optional<Retrained> trained = one.run(seed(i));
            whole = one.course().whole() && trained.isPresent();
            if (whole) {
                replicates.add(new Replicate(seed(i), trained.get().test().score(), one.course()));
            }
            kept = kept == null ? trained.orElse(null) : kept;
        }
        if (kept == null) {
            throw new InterruptedException(
                    "retraining was stopped before one of its "
                            + settings.epochs()
                            + " epochs was done and tested");
        }
        Duration compute = Duration.ofNanos(System.nanoTime() - start);
        Cost cost = new Cost(compute, counts.parameters(), counts.multiplyAdds());
        return kept.with(replicates, List.copyOf(notes), cost);
    }

    /** All are looked at before anything trains. */
    private List<Optional<RetrainFile>> files() {
        List<Optional<RetrainFile>> files = new ArrayList<>();
        for (int i = 1; i <= settings.seeds(); i++) {
            int number = i;
            Optional<RetrainFile> file =
                    settings.checkpoint()
                            .map(
                                    to ->
                                            new RetrainFile(
                                                    to.folder(),
                                                    number,
                                                    task.identity(seed(number))));
            file.ifPresent(RetrainFile::check);
            files.add(file);
        }
        return files;
    }

    private long seed(int number) {
        return number == 1 ? context.seed() : new Seeds(context.seed()).seed(number, "again");
    }
}
