package io.nas4j.view;

import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.traces.Trace;

/**
 * The static picture of a tablesaw-jsplot figure, for pages without scripts. jsplot keeps its
 * numbers to itself; they are read from the script that it writes.
 */
final class FigureTwin {

    private static final int MOST_POINTS = 1000;
    private static final int BINS = 20;
    private static final int NAMES = 6;
    private static final Pattern ITEM = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\"\\s]+)");

    /** Drawn by the full Plotly only. */
    private static final Pattern IN_SPACE = Pattern.compile(".*3d|surface|mesh.*");

    private FigureTwin() {}

    /** Of any figure; where nothing else can be drawn, what it is. */
    static Picture of(Figure figure) {
        if (figure instanceof ChartFigure known) {
            return known.chart();
        }
        List<Text> traces = traces(figure);
        List<Series> series =
                traces.stream().map(FigureTwin::series).flatMap(Optional::stream).toList();
        String layout = figure.getLayout() == null ? "" : figure.getLayout().asJavascript();
        String title = figure.getLayout() == null ? "" : figure.getLayout().getTitle();
        if (series.size() < traces.size() || series.isEmpty()) {
            String kinds =
                    traces.stream().map(Text::type).distinct().collect(Collectors.joining(", "));
            return new Notice(
                    (title == null || title.isBlank() ? "A figure" : title) + " (" + kinds + ")",
                    List.of(
                            isFlat(figure)
                                    ? "It is drawn where a page may run scripts: in a trusted"
                                            + " notebook."
                                    : "The Plotly of this library draws no figures in space. Try"
                                            + " two axes and a colour."));
        }
        return new Chart(
                title == null ? "" : title,
                axis(layout, "xaxis") + named(traces),
                axis(layout, "yaxis"),
                series);
    }

    /** Whether the bundled script draws it. */
    static boolean isFlat(Figure figure) {
        return traces(figure).stream().noneMatch(text -> IN_SPACE.matcher(text.type()).matches());
    }

    private static List<Text> traces(Figure figure) {
        Trace[] traces = figure.getTraces();
        return traces == null
                ? List.of()
                : IntStream.range(0, traces.length)
                        .mapToObj(i -> new Text(traces[i].asJavascript(i)))
                        .toList();
    }

    /** A trace as jsplot writes it: a line {@code name: value,} each. */
    private record Text(String script) {
        String word(String name) {
            Matcher found = Pattern.compile("(?m)^\\s*" + name + ": '([^']*)'").matcher(script);
            return found.find() ? found.group(1) : "";
        }

        String type() {
            return word("type");
        }

        List<String> items(String name) {
            Matcher found =
                    Pattern.compile("(?m)^\\s*" + name + ": \\[(.*)],?\\s*$").matcher(script);
            List<String> items = new ArrayList<>();
            Matcher item = ITEM.matcher(found.find() ? found.group(1) : "");
            while (item.find()) {
                items.add(item.group(1) == null ? item.group(2) : item.group(1));
            }
            return items;
        }
    }

    private static Optional<Series> series(Text trace) {
        String name = trace.word("name");
        return switch (trace.type()) {
            case "scatter", "scattergl" -> {
                boolean line = trace.word("mode").startsWith("line");
                yield Optional.of(
                        paired(
                                name,
                                line ? Mark.LINE : Mark.POINTS,
                                trace.items("x"),
                                trace.items("y")));
            }
            case "bar" -> {
                boolean lying = trace.word("orientation").equals("h");
                yield Optional.of(counted(name, numbers(trace.items(lying ? "x" : "y"))));
            }
            case "pie" -> Optional.of(counted(name, numbers(trace.items("values"))));
            case "histogram" -> histogram(name, numbers(trace.items("x")));
            default -> Optional.empty();
        };
    }

    private static Series counted(String name, double[] heights) {
        return Chart.counted(
                name,
                Mark.BARS,
                Arrays.stream(heights).map(h -> Double.isFinite(h) ? h : 0).boxed().toList());
    }

    private static Series paired(String name, Mark mark, List<String> xs, List<String> ys) {
        double[] across = numbers(xs);
        boolean named = Arrays.stream(across).allMatch(Double::isNaN);
        double[] up = numbers(ys);
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        int count = Math.min(across.length, up.length);
        for (int i = 0; i < count; i += 1 + count / MOST_POINTS) {
            double at = named ? i + 1 : across[i];
            if (Double.isFinite(at) && Double.isFinite(up[i])) {
                x.add(at);
                y.add(up[i]);
            }
        }
        return new Series(name, mark, x, y);
    }

    /** How many values there are, from bin to bin. */
    private static Optional<Series> histogram(String name, double[] all) {
        double[] values = Arrays.stream(all).filter(Double::isFinite).toArray();
        if (values.length == 0) {
            return Optional.empty();
        }
        double low = Arrays.stream(values).min().orElseThrow();
        double high = Arrays.stream(values).max().orElseThrow();
        double width = high > low ? (high - low) / BINS : 1;
        double[] counts = new double[BINS];
        for (double value : values) {
            counts[(int) Math.min(BINS - 1, (value - low) / width)]++;
        }
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        for (int i = 0; i <= BINS; i++) {
            xs.add(low + i * width);
            ys.add(i < BINS ? counts[i] : 0);
        }
        return Optional.of(new Series(name, Mark.STEPS, xs, ys));
    }

    /** NaN for what is no number. */
    private static double[] numbers(List<String> items) {
        return items.stream()
                .mapToDouble(
                        item -> {
                            try {
                                return Double.parseDouble(item);
                            } catch (NumberFormatException e) {
                                return Double.NaN;
                            }
                        })
                .toArray();
    }

    private static String axis(String layout, String which) {
        Matcher found =
                Pattern.compile(which + ": \\{[^}]*?title: '([^']*)'", Pattern.DOTALL)
                        .matcher(layout);
        return found.find() ? found.group(1) : "";
    }

    /** What stands at 1, 2, 3 where categories are counted. */
    private static String named(List<Text> traces) {
        if (traces.isEmpty()) {
            return "";
        }
        Text first = traces.get(0);
        List<String> names =
                first.type().equals("pie")
                        ? first.items("labels")
                        : first.items(first.word("orientation").equals("h") ? "y" : "x");
        boolean categories =
                !names.isEmpty() && Arrays.stream(numbers(names)).allMatch(Double::isNaN);
        return categories
                ? names.stream()
                        .limit(NAMES)
                        .collect(
                                Collectors.joining(
                                        ", ", " (", names.size() > NAMES ? ", \u2026)" : ")"))
                : "";
    }
}
