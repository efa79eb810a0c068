package io.nas4j;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Data;
import io.nas4j.notebook.LiveTraining;
import io.nas4j.space.SearchSpace;
import io.nas4j.train.Retrain;
import io.nas4j.train.RetrainProgress;
import io.nas4j.train.Retrained;
import io.nas4j.train.TrainingRecord;
import io.nas4j.trial.Task;
import java.util.OptionalDouble;

/**
 * The training of what a search found, seeded by the search and, where the search shows itself,
 * shown.
 *
 * @param task of the search
 * @param network that it found
 * @param live whether to show it
 */
record FinalTraining(Task task, SearchSpace network, boolean live) {

    Retrained run(Retrain training, Data data) throws InterruptedException {
        requireKind(task.data(), data);
        Retrain here = training.device().equals("auto") ? training.device(task.device()) : training;
        long seed = task.seeds().seed(0, "retrain");
        return live ? shown(here, data, seed) : here.run(network, data, seed);
    }

    private Retrained shown(Retrain training, Data data, long seed) throws InterruptedException {
        LiveTraining view = LiveTraining.here("retraining " + task.space().name());
        String ending = "ended early";
        boolean kept = false;
        view.prepare(training.seeds(), training.epochs());
        try {
            Retrained trained = training.listener(p -> view.on(state(p))).run(network, data, seed);
            ending = (trained.course().whole() ? "done: " : "stopped: ") + trained;
            kept = true;
            return trained;
        } catch (InterruptedException | RuntimeException e) {
            ending = "ended: " + e.getMessage();
            throw e;
        } finally {
            if (kept || !view.withdraw()) {
                view.end(ending);
            }
        }
    }

    private static LiveTraining.State state(RetrainProgress progress) {
        TrainingRecord course = progress.course();
        return new LiveTraining.State(
                progress.seed(),
                progress.seeds(),
                course.epochs(),
                progress.epochs(),
                progress.fraction(),
                course.epochs() == 0 ? OptionalDouble.empty() : OptionalDouble.of(course.loss()),
                course.training(),
                course.validation(),
                progress.note());
    }

    private static void requireKind(Data searched, Data data) {
        require(
                searched.isImages() == data.isImages() && searched.channels() == data.channels(),
                "the network was searched on %s, but \"%s\" are %s. Try a search on these.",
                kind(searched),
                data.name(),
                kind(data));
        require(
                searched.target().kind() == data.target().kind()
                        && searched.target().names().equals(data.target().names()),
                "the network was searched to predict %s, but of \"%s\" are predicted %s. Try"
                        + " Retrain.run(result.network(), data, seed), which takes any.",
                searched.target().names(),
                data.name(),
                data.target().names());
    }

    private static String kind(Data data) {
        return data.isImages()
                ? "images of " + data.channels() + " channels"
                : "rows of " + data.channels() + " features";
    }
}
