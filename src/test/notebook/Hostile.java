import io.nas4j.Nas;
import io.nas4j.SearchResult;
import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.operation.Operation;
import io.nas4j.operation.Primitive;
import io.nas4j.space.Grammar;
import io.nas4j.space.SearchSpace;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.study.Study;
import io.nas4j.view.Chart;
import io.nas4j.view.Diagram;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.Renderers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes what views make of names that are written to do harm: pages of HTML as a trusted notebook
 * shows them, drawings, and the report of a search. Run from source, with nas4j on the class path.
 *
 * <p>A name that runs leaves a word in the page's {@code window.ran}; one that is followed asks for
 * something of the host {@code nas4j.invalid}.
 */
public final class Hostile {

    private static final List<String> NAMES =
            List.of(
                    "<script>window.ran='script'</script>",
                    "<img src=x onerror=\"window.ran='image'\">",
                    "<img src=\"http://nas4j.invalid/a.png\">",
                    "\"' onload=\"window.ran='load'\" onmouseover='window.ran=1' x=\"",
                    "</svg></title><script>window.ran='drawing'</script>",
                    "</script><script>window.ran='closed'</script>",
                    "<!--<script>",
                    "]]><script>window.ran='data'</script>",
                    "javascript:window.ran='address'",
                    "<a href=\"javascript:window.ran='link'\">link</a>",
                    "<a href='http://nas4j.invalid/b'>link</a>",
                    "'+(window.ran='quote')+'",
                    "\\'+(window.ran='escaped')//",
                    "`${window.ran='template'}`",
                    "line\n';window.ran='line';'\r\tand a tab",
                    "separators \u2028';window.ran='separator';'\u2029",
                    "zero \u0000, bell \u0007, half a pair \ud83d, \u202eturned",
                    "&lt;script&gt;window.ran='entity'&lt;/script&gt; &amp;",
                    "<iframe src='http://nas4j.invalid/c'></iframe><style>@import 'http://nas4j.invalid/d'</style>",
                    "%s %n {0} {{x}} $x$ \\(x\\)");

    private final List<String> html = new ArrayList<>();
    private final List<String> drawings = new ArrayList<>();
    private int views;

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        int number = 0;
        for (String name : NAMES) {
            new Hostile().write(name, folder, String.format("%02d", number++));
        }
    }

    private void write(String name, Path folder, String number) throws IOException {
        Path journals = Files.createDirectories(folder.resolve("study" + number));
        // of what a file can be called
        String file = name.replaceAll("[/\u0000\ud800-\udfff]", "|");
        SearchResult result = search(name, journals.resolve(file + ".jsonl"));
        show(result);
        show(result.trials());
        show(result.diagram());
        optional(result::learned);
        show(result.plots());
        show(result.figure());
        show(result.table());
        show(result.charts().exploration());
        optional(() -> result.charts().population());
        optional(() -> result.charts().dependence());
        optional(() -> result.charts().parallel());
        optional(() -> result.charts().components());
        optional(() -> result.film());
        show(Study.open(journals, OWN).leaderboard());
        show(Diagram.of(space(name)));
        show(Chart.line(name, name, name, List.of(0.5, 0.75)));
        page(folder.resolve("views" + number + ".html"));
        result.report(folder.resolve("report" + number + ".html"));
        if (views < 12 || drawings.size() < 8) {
            throw new IllegalStateException(views + " views, " + drawings.size() + " drawings");
        }
    }

    /**
     * Called plainly: letters, digits and underscores are all that an operation's name may have.
     */
    private static final Operation OWN =
            Operation.of(
                    "own",
                    in -> List.of(new Primitive.Activation(Primitive.Activation.Function.RELU)));

    private static SearchSpace space(String name) {
        return SearchSpace.of(
                name,
                Grammar.choice(name.replace('/', '|'), Grammar.op(OWN), Grammar.skip()),
                Grammar.choice("other", Grammar.relu(), Grammar.skip()),
                Grammar.classifier());
    }

    private static SearchResult search(String name, Path journal) {
        Data data =
                Data.rows(
                        name,
                        new float[] {0, 1, 2, 3, 4, 5, 6, 7},
                        1,
                        new int[] {0, 1, 0, 1, 0, 1, 0, 1},
                        List.of(name, "other"));
        PerformanceEstimator estimator =
                PerformanceEstimator.of(
                        name,
                        candidate -> {
                            if (candidate.trial() == 2) {
                                throw new IllegalStateException(name);
                            }
                            return candidate.architecture().choices().get(0) + 0.5;
                        });
        return Nas.space(space(name))
                .data(data)
                .strategy(new RandomSearch())
                .estimator(estimator)
                .budget(Nas.trials(12))
                .allowRepeats()
                .journal(journal)
                .quiet()
                .run();
    }

    private void optional(Supplier<Object> view) {
        Object value;
        try {
            value = view.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            return; // there is nothing to be seen in so short a search
        }
        show(value);
    }

    private void show(Object view) {
        MimeBundle bundle = Renderers.render(view, true).orElseThrow();
        views++;
        html.add(bundle.data().get(MimeBundle.HTML));
        if (bundle.data().containsKey(MimeBundle.SVG)) {
            drawings.add(bundle.data().get(MimeBundle.SVG));
        }
    }

    private void page(Path file) throws IOException {
        StringBuilder page = new StringBuilder("<!DOCTYPE html><meta charset=\"utf-8\"><body>");
        html.forEach(part -> page.append("<div class=\"output\">").append(part).append("</div>\n"));
        // a drawing as a document of its own, where scripts in it would run
        for (String drawing : drawings) {
            byte[] bytes = drawing.getBytes(StandardCharsets.UTF_8);
            page.append("<iframe src=\"data:image/svg+xml;base64,")
                    .append(Base64.getEncoder().encodeToString(bytes))
                    .append("\"></iframe>\n");
        }
        page.append("<p id=\"end\">").append(views).append(" views</p></body>");
        Files.writeString(file, page.toString(), StandardCharsets.UTF_8);
    }
}
