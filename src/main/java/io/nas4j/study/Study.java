package io.nas4j.study;

import static io.nas4j.space.Require.require;

import io.nas4j.analysis.Importance;
import io.nas4j.journal.JournalContent;
import io.nas4j.operation.Operation;
import io.nas4j.space.SearchSpace;
import io.nas4j.trial.History;
import io.nas4j.trial.Outcome;
import io.nas4j.view.Chart;
import io.nas4j.view.Dependence;
import io.nas4j.view.Leaderboard;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.ParallelCoordinates;
import io.nas4j.view.Renderable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The searches whose journals lie in one folder, as they are when it is opened; searches may go on
 * meanwhile. As the value of a notebook cell it draws the leaderboard.
 *
 * <pre>{@code
 * Path folder = Path.of("study");
 * for (long seed = 0; seed < 3; seed++) {
 *     search.seed(seed).journal(Study.journal(folder, "evolution-" + seed)).run();
 * }
 * Study study = Study.open(folder);
 * study.explain();
 * }</pre>
 */
public final class Study implements Renderable {

    private static final String ENDING = ".jsonl";
    private static final int AXES = 7;
    private static final int BARS = 8;

    private final Path folder;
    private final List<StudiedSearch> searches;
    private final Map<String, String> unread;

    private Study(Path folder, List<StudiedSearch> searches, Map<String, String> unread) {
        this.folder = folder;
        this.searches = List.copyOf(searches);
        this.unread = Collections.unmodifiableMap(unread);
    }

    /**
     * Where a search of a study keeps its journal.
     *
     * @param folder of the study; made by the search
     * @param name of the search: letters, digits, points, dashes and underscores
     * @return for {@code Search.journal(..)}
     */
    public static Path journal(Path folder, String name) {
        require(
                name.matches("\\w[\\w.-]*"),
                "a search of a study is named by letters, digits, points, dashes and underscores,"
                        + " but was \"%s\".",
                name);
        return folder.resolve(name + ENDING);
    }

    /**
     * Reads all journals of a folder: its files that end in {@code .jsonl}, not those in folders
     * below. What cannot be read is left out and listed by {@link #unread()}.
     *
     * @param folder that is there
     * @param own the operations in its spaces that are not nas4j's
     * @return by name
     * @throws IOException when the folder cannot be read
     * @throws IllegalArgumentException when it holds no journal
     */
    public static Study open(Path folder, Operation... own) throws IOException {
        require(
                Files.isDirectory(folder),
                "a study is a folder of journals, but there is no folder \"%s\". Try its full"
                        + " path.",
                folder);
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files =
                    all.filter(Files::isRegularFile)
                            .filter(file -> file.getFileName().toString().endsWith(ENDING))
                            .sorted()
                            .toList();
        }
        List<StudiedSearch> searches = new ArrayList<>();
        Map<String, String> unread = new LinkedHashMap<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            name = name.substring(0, name.length() - ENDING.length());
            try {
                searches.add(StudiedSearch.of(name, JournalContent.read(file, own)));
            } catch (IllegalArgumentException | IOException e) {
                unread.put(name, Outcome.Failed.reason(e));
            }
        }
        require(
                !searches.isEmpty(),
                "a study needs a journal, but none of the %d files of \"%s\" that end in %s is"
                        + " one%s. Try journal(Study.journal(folder, \"name\")) in its searches.",
                files.size(),
                folder,
                ENDING,
                unread.isEmpty() ? "" : " (" + unread + ")");
        return new Study(folder, searches, unread);
    }

    /**
     * Its searches.
     *
     * @return by name
     */
    public List<StudiedSearch> searches() {
        return searches;
    }

    /**
     * Journals that were left out.
     *
     * @return the reason by name
     */
    public Map<String, String> unread() {
        return unread;
    }

    /**
     * A search of it.
     *
     * @param name its journal's, without the ending
     * @return what was found there
     * @throws IllegalArgumentException when there is none of this name
     */
    public StudiedSearch search(String name) {
        return searches.stream()
                .filter(search -> search.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "study \""
                                                + folder
                                                + "\" has no search \""
                                                + name
                                                + "\". Try one of "
                                                + searches.stream()
                                                        .map(StudiedSearch::name)
                                                        .toList()
                                                + "."));
    }

    /**
     * Some of its searches as a study.
     *
     * @param names of at least one of them
     * @return in this order
     */
    public Study only(String... names) {
        return new Study(folder, Stream.of(names).map(this::search).toList(), Map.of());
    }

    /**
     * Which found the best.
     *
     * @return ranked within each measure
     */
    public Leaderboard leaderboard() {
        return new Leaderboard(
                searches.stream().map(StudiedSearch::entry).toList(),
                unread.isEmpty() ? "" : "not read: " + unread);
    }

    /**
     * How far each search was below the best that any of them found, over the trials that it paid
     * for.
     *
     * @return a picture
     * @throws IllegalArgumentException when the searches have different measures or spaces
     */
    public Chart regret() {
        return SideBySide.trials(comparable());
    }

    /**
     * How far each search was below the best that any of them found, over the computing time that
     * its trials took.
     *
     * @return a picture
     * @throws IllegalArgumentException when the searches have different measures or spaces
     */
    public Chart regretByCost() {
        return SideBySide.cost(comparable());
    }

    /**
     * Which decisions the scores depend on, over the trials of all searches.
     *
     * @return a picture; {@link Dependence#facts()} are the numbers
     * @throws IllegalArgumentException when the searches have different spaces, or too few trials
     */
    public Dependence explain() {
        return new Dependence(importance(), BARS);
    }

    private Importance importance() {
        return Importance.of(space(), searches.stream().map(StudiedSearch::history).toList());
    }

    /**
     * The trials of all searches as lines through the decisions that matter most.
     *
     * @return a picture
     * @throws IllegalArgumentException when the searches have different measures or spaces, or too
     *     few trials
     */
    public ParallelCoordinates parallel() {
        List<StudiedSearch> all = comparable();
        History joined = History.empty(all.get(0).history().measure());
        for (StudiedSearch search : all) {
            for (var trial : search.history().trials()) {
                joined = joined.plus(trial.renumbered(trial.number() - joined.size()));
            }
        }
        List<String> decisions =
                importance().effects().stream()
                        .map(Importance.Effect::decision)
                        .limit(AXES)
                        .toList();
        return ParallelCoordinates.of(space(), joined, decisions);
    }

    private SearchSpace space() {
        SearchSpace space = searches.get(0).space();
        for (StudiedSearch search : searches) {
            require(
                    search.space().equals(space),
                    "searches of one space are compared, but \"%s\" has %s and \"%s\" has %s. Try"
                            + " only(..).",
                    searches.get(0).name(),
                    space.name(),
                    search.name(),
                    search.space().name());
        }
        return space;
    }

    private List<StudiedSearch> comparable() {
        space();
        List<String> measures =
                searches.stream().map(search -> search.history().measure()).distinct().toList();
        require(
                measures.size() == 1,
                "scores of one measure are compared, but the searches have %s. Try only(..).",
                measures);
        return searches;
    }

    @Override
    public MimeBundle render() {
        return leaderboard().render();
    }

    @Override
    public String toString() {
        return searches.stream().map(StudiedSearch::name).collect(Collectors.joining(", "))
                + "\n"
                + leaderboard();
    }
}
