package io.nas4j.notebook;

import io.nas4j.space.Architecture;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.trial.Trial;
import io.nas4j.view.Dashboard;
import io.nas4j.view.Diagram;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.Picture;
import io.nas4j.view.Svg;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The cells below the progress: the candidate that is tried and the best so far; while a supernet
 * learns, the cell that it would give now and the supernet with its weights. Each is drawn anew
 * only when it changes, and all is never larger than what a front end takes in twice a second.
 */
final class LivePicture {

    /** Of one update; servers cut a cell off at a megabyte a second. */
    private static final int MOST_CHARACTERS = 50_000;

    private final SearchSpace space;
    private final Slot tried = new Slot();
    private final Slot found = new Slot();
    private Optional<Architecture> candidate = Optional.empty();
    private int trial;

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

    /** One of the two, as it was drawn last. */
    private static final class Slot {
        private Object subject = "";
        private String caption = "";
        private Diagram diagram = new Diagram("", List.of());
        private Optional<Drawn> all = Optional.empty();
        private Optional<Drawn> first = Optional.empty();

        void show(Object what, String words, Supplier<Diagram> drawing) {
            caption = words;
            if (!what.equals(subject)) {
                subject = what;
                diagram = drawing.get().cells();
                all = Optional.empty();
                first = Optional.empty();
            }
        }

        void clear() {
            subject = "";
            diagram = new Diagram("", List.of());
        }

        /** All its cells, or its first one. */
        Stream<Dashboard.Cells> cells(boolean whole) {
            if (diagram.graphs().isEmpty()) {
                return Stream.empty();
            }
            if (whole || diagram.graphs().size() == 1) {
                all = all.or(() -> Optional.of(Drawn.of(diagram)));
                return Stream.of(new Dashboard.Cells(caption, all.orElseThrow()));
            }
            List<io.nas4j.view.Graph> one = diagram.graphs().subList(0, 1);
            first = first.or(() -> Optional.of(Drawn.of(new Diagram(diagram.title(), one))));
            return Stream.of(new Dashboard.Cells(caption, first.orElseThrow()));
        }
    }

    LivePicture(SearchSpace space) {
        this.space = space;
    }

    /**
     * A trial has begun.
     *
     * @param number of the trial
     * @param architecture what it tries; empty where a strategy trains itself
     */
    void tries(int number, Optional<Architecture> architecture) {
        trial = number;
        candidate = architecture;
    }

    /**
     * The richest that fits: both with all cells, both with their first, one of them, none.
     *
     * @param history so far
     * @param runs whether a candidate is being tried
     * @param render puts them below the rest
     */
    MimeBundle fitting(
            History history, boolean runs, Function<List<Dashboard.Cells>, MimeBundle> render) {
        refresh(history, runs);
        return Stream.<Supplier<Stream<Dashboard.Cells>>>of(
                        () -> Stream.concat(tried.cells(true), found.cells(true)),
                        () -> Stream.concat(tried.cells(false), found.cells(true)),
                        () -> Stream.concat(tried.cells(false), found.cells(false)),
                        () -> found.cells(true),
                        () -> found.cells(false))
                .map(cells -> render.apply(cells.get().toList()))
                .filter(LivePicture::fits)
                .findFirst()
                .orElseGet(() -> render.apply(List.of()));
    }

    private static boolean fits(MimeBundle bundle) {
        return bundle.data().values().stream().mapToInt(String::length).sum() <= MOST_CHARACTERS;
    }

    private void refresh(History history, boolean runs) {
        OptionWeights learned = learned(history);
        if (!learned.isEmpty()) {
            found.show(learned, "the supernet as it learns", () -> Diagram.of(space, learned));
            derive(history.trials().get(history.size() - 1).architecture(), runs);
            return;
        }
        Optional<Trial> best = history.best();
        if (best.isPresent()) {
            Architecture architecture = best.get().architecture();
            String score =
                    String.format(Locale.ROOT, "%.4f", best.get().score().orElse(Double.NaN));
            found.show(
                    architecture,
                    "best so far: trial " + best.get().number() + ", " + score,
                    () -> drawing(architecture));
        } else {
            found.clear();
        }
        if (runs && !candidate.equals(best.map(Trial::architecture))) {
            candidate.ifPresentOrElse(
                    its -> tried.show(its, "candidate of trial " + trial, () -> drawing(its)),
                    tried::clear);
        } else {
            tried.clear();
        }
    }

    /** While a supernet learns: its answer is a candidate once it is trained by itself. */
    private void derive(Architecture now, boolean runs) {
        Architecture shown = candidate.orElse(now);
        String words =
                candidate.isPresent() && runs
                        ? "candidate of trial " + trial
                        : "the cell that it would give now";
        tried.show(shown, words, () -> drawing(shown));
    }

    private Diagram drawing(Architecture architecture) {
        return Diagram.of(space.network(architecture));
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
