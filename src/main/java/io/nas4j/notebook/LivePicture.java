package io.nas4j.notebook;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import io.nas4j.view.Diagram;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.Picture;
import io.nas4j.view.Svg;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The picture beside the progress: the supernet with its weights while one learns, else the best
 * network. Drawn anew only when it changes, and never larger than what a front end takes in twice a
 * second.
 */
final class LivePicture {

    /** Of one update; servers cut a cell off at a megabyte a second. */
    private static final int MOST_CHARACTERS = 50_000;

    private final SearchSpace space;
    private Object drawnFor = "";
    private Diagram diagram = new Diagram("", List.of());
    private Optional<Picture> drawn = Optional.empty();

    /** A picture whose layout is done. */
    private record Drawn(Svg svg, String alt, String text) implements Picture {
        static Drawn of(Picture picture) {
            return new Drawn(picture.svg(), picture.alt(), picture.toString());
        }

        @Override
        public String toString() {
            return text;
        }
    }

    LivePicture(SearchSpace space) {
        this.space = space;
    }

    /** The richest of: all cells, one cell, no picture, that fits. */
    MimeBundle fitting(History history, Function<Optional<Picture>, MimeBundle> render) {
        refresh(history);
        MimeBundle bundle = render.apply(drawn);
        if (fits(bundle) || drawn.isEmpty()) {
            return bundle;
        }
        if (diagram.graphs().size() > 1) {
            diagram = new Diagram(diagram.title(), List.of(diagram.graphs().get(0)));
            drawn = Optional.of(Drawn.of(diagram));
            bundle = render.apply(drawn);
        }
        if (!fits(bundle)) {
            drawn = Optional.empty();
            bundle = render.apply(drawn);
        }
        return bundle;
    }

    private static boolean fits(MimeBundle bundle) {
        return bundle.data().values().stream().mapToInt(String::length).sum() <= MOST_CHARACTERS;
    }

    private void refresh(History history) {
        OptionWeights learned = learned(history);
        Optional<Architecture> best = history.best().map(Trial::architecture);
        Object subject = learned.isEmpty() ? best : learned;
        if (subject.equals(drawnFor)) {
            return;
        }
        drawnFor = subject;
        if (learned.isEmpty() && best.isEmpty()) {
            drawn = Optional.empty();
            return;
        }
        diagram =
                learned.isEmpty()
                        ? Diagram.of(space.network(best.orElseThrow())).cells()
                        : Diagram.of(space, learned).cells();
        drawn = Optional.of(Drawn.of(diagram));
    }

    /** What the latest trial tells of a strategy's weights; a finished supernet shows its cell. */
    private static OptionWeights learned(History history) {
        if (history.isEmpty()) {
            return OptionWeights.NONE;
        }
        Trial latest = history.trials().get(history.size() - 1);
        boolean own = !latest.measure().equals(history.measure());
        return own && latest.outcome() instanceof Outcome.Completed completed
                ? completed.learned()
                : OptionWeights.NONE;
    }
}
