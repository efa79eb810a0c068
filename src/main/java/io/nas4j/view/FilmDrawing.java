package io.nas4j.view;

import static io.nas4j.view.Svg.number;

import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import io.nas4j.view.Film.Key;
import io.nas4j.view.Pen.Anchor;
import io.nas4j.view.ThreeBoxes.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Draws a {@link Film}: what stands, and over it what comes and goes. */
final class FilmDrawing {

    private static final double WIDTH = 640;
    private static final double CHART = 250;
    private static final double BAR = 34;
    private static final double GAP = 8;

    /** Seconds a trial, within bounds; and before and behind all of them. */
    private static final double A_TRIAL = 0.3;

    private static final double SHORTEST = 5;
    private static final double LONGEST = 14;
    private static final double BLANK = 0.8;
    private static final double REST = 5;

    /** Twice a second, and nothing blinks faster. */
    private static final double PULSES = 1.2;

    /** More dots than this appear several at once, and of very many only some are drawn. */
    private static final int MOMENTS = 200;

    private static final int MOST_DOTS = 800;
    private static final int MOST_BENDS = 400;
    private static final int MOST_KEYS = 10;

    /** Of all cells together; the rest of a film takes less than a third of that. */
    private static final int MOST_CHARACTERS = 180_000;

    /** Of several cells together; a single one is shown whole. */
    private static final double TALLEST = 360;

    private static final Svg NOTHING = new Svg(1, 1, "", "");

    private final Film film;
    private final Series scores;
    private final Series line;
    private final Reel reel;
    private final ChartDrawing chart;

    FilmDrawing(Film film) {
        this.film = film;
        scores = film.course().series().get(0);
        line = film.course().series().get(1);
        double play = Math.max(SHORTEST, Math.min(LONGEST, A_TRIAL * scores.xs().size()));
        reel = new Reel(BLANK, play, REST);
        chart = ChartDrawing.axes(film.course(), WIDTH, CHART);
    }

    Svg draw() {
        Pen pen = new Pen();
        pen.text(
                12,
                20,
                TextWidth.fitting(film.title(), 14, 0.9 * WIDTH),
                14,
                Pen.INK,
                Anchor.START,
                true);
        double y = boxes(pen, 28) + GAP;
        if (scores.xs().isEmpty()) {
            String advice = "No trial has a score yet. Run the search, or look at its failures.";
            pen.text(WIDTH / 2, y + 20, advice, 13, Pen.FAINT, Anchor.MIDDLE);
            return pen.svg(WIDTH, y + 40, film.alt());
        }
        dots();
        growing();
        playhead();
        Svg course = chart.svg();
        pen.place(course, 0, y, 1);
        y += course.height();
        bar(pen, y + 8);
        return pen.svg(WIDTH, cells(pen, y + BAR), film.alt());
    }

    private double boxes(Pen pen, double y) {
        Svg parts = film.parts().svg();
        double scale = WIDTH / parts.width();
        pen.place(parts, 0, y, scale);
        int pulses = (int) Math.max(1, Math.min(scores.xs().size(), PULSES * reel.play()));
        glow(pen, Part.SPACE, reel.before(), y, scale);
        glow(pen, Part.STRATEGY, reel.pulses(pulses, 0, 0.4), y, scale);
        glow(pen, Part.ESTIMATION, reel.pulses(pulses, 0.4, 1), y, scale);
        return y + parts.height() * scale;
    }

    private static void glow(Pen pen, Part part, Reel.Times times, double y, double scale) {
        pen.open(times).place(ThreeBoxes.glow(part), 0, y, scale).close();
    }

    /** Where in the playing time a trial is. */
    private double share(double x) {
        double first = scores.xs().get(0);
        double last = scores.xs().get(scores.xs().size() - 1);
        return last > first ? Math.max(0, Math.min(1, (x - first) / (last - first))) : 1;
    }

    private void dots() {
        int count = scores.xs().size();
        int step = 1 + count / MOST_DOTS;
        Map<Long, List<Integer>> together = new TreeMap<>();
        for (int i = 0; i < count; i += step) {
            long moment = Math.round(share(scores.xs().get(i)) * MOMENTS);
            together.computeIfAbsent(moment, m -> new ArrayList<>()).add(i);
        }
        double radius = count > MOMENTS ? 2 : 3;
        together.forEach(
                (moment, dots) -> {
                    chart.pen().open(reel.from((double) moment / MOMENTS));
                    for (int i : dots) {
                        chart.point(scores.xs().get(i), scores.ys().get(i), radius, chart.color(0));
                    }
                    chart.pen().close();
                });
    }

    /** A line is drawn by a dash of its own length that is pushed along it. */
    private void growing() {
        StringBuilder path = new StringBuilder();
        List<Double> shares = new ArrayList<>();
        List<Double> lengths = new ArrayList<>();
        double length = 0;
        double lastX = chart.x(line.xs().get(0));
        double lastY = chart.y(line.ys().get(0));
        path.append('M').append(number(lastX)).append(' ').append(number(lastY));
        for (int i : bends()) {
            double x = chart.x(line.xs().get(i));
            double y = chart.y(line.ys().get(i));
            double share = share(line.xs().get(i));
            if (line.mark() == Mark.STEPS) {
                path.append('H').append(number(x));
                length += x - lastX;
                shares.add(share);
                lengths.add(length);
                path.append('V').append(number(y));
                length += Math.abs(y - lastY);
            } else {
                path.append('L').append(number(x)).append(' ').append(number(y));
                length += Math.hypot(x - lastX, y - lastY);
            }
            shares.add(share);
            lengths.add(length);
            lastX = x;
            lastY = y;
        }
        double whole = Math.ceil(length) + 1;
        List<Double> hidden = new ArrayList<>(lengths.stream().map(l -> whole - l).toList());
        hidden.set(hidden.size() - 1, 0.0);
        List<String> attributes =
                List.of(
                        "d", path.toString(),
                        "fill", "none",
                        "stroke", chart.color(1),
                        "stroke-width", "2",
                        "stroke-dasharray", number(whole));
        chart.pen().moving("path", attributes, reel.along("stroke-dashoffset", shares, hidden));
    }

    /** The points at which the line changes, with both ends; of very many, some. */
    private List<Integer> bends() {
        List<Integer> bends = new ArrayList<>();
        int last = line.xs().size() - 1;
        for (int i = 0; i <= last; i++) {
            if (i == 0 || i == last || !line.ys().get(i).equals(line.ys().get(i - 1))) {
                bends.add(i);
            }
        }
        return some(bends, MOST_BENDS);
    }

    private void playhead() {
        List<String> attributes =
                List.of(
                        "x1", number(right()),
                        "x2", number(right()),
                        "y1", number(chart.top()),
                        "y2", number(chart.floor()),
                        "stroke", "#9aa5b1",
                        "stroke-dasharray", "3 3");
        chart.pen()
                .moving(
                        "line",
                        attributes,
                        reel.grow("x1", left(), right()),
                        reel.grow("x2", left(), right()));
    }

    private double left() {
        return chart.x(scores.xs().get(0));
    }

    private double right() {
        return chart.x(scores.xs().get(scores.xs().size() - 1));
    }

    /** The bar runs below the axis; its marks are where another network is shown. */
    private void bar(Pen pen, double y) {
        double room = Math.max(1, right() - left());
        pen.rect(left(), y - 2, room, 4, 2, Pen.HAIR, "");
        List<String> passed =
                List.of(
                        "x",
                        number(left()),
                        "y",
                        number(y - 2),
                        "width",
                        number(room),
                        "height",
                        "4",
                        "rx",
                        "2",
                        "fill",
                        Pen.FAINT);
        pen.moving("rect", passed, reel.grow("width", 0, room));
        for (Key key : chosen()) {
            double x = chart.x(key.at());
            pen.fill("M" + number(x) + " " + number(y + 4) + "l4 7h-8Z", chart.color(1), 1);
        }
        List<String> knob =
                List.of("cx", number(right()), "cy", number(y), "r", "5", "fill", Pen.INK);
        pen.moving("circle", knob, reel.grow("cx", left(), right()));
        if (film.cost().toSeconds() > 0) {
            String computed = Progress.clock(film.cost()) + " of computing";
            pen.text(right(), y + 22, computed, 11, Pen.FAINT, Anchor.END);
        }
    }

    /** One below the other's place, each in its time. */
    private double cells(Pen pen, double y) {
        List<Key> keys = chosen();
        List<Svg> drawings = fitting(keys);
        double tall = 0;
        for (int i = 0; i < keys.size(); i++) {
            Svg cell = drawings.get(i);
            double scale = Math.min(1, WIDTH / cell.width());
            tall = Math.max(tall, cell.height() * scale);
            double from = share(keys.get(i).at());
            boolean last = i == keys.size() - 1;
            pen.open(last ? reel.from(from) : reel.between(from, share(keys.get(i + 1).at())));
            String caption = TextWidth.fitting(keys.get(i).caption(), 13, 0.85 * WIDTH);
            pen.text(12, y + 14, caption, 13, Pen.INK, Anchor.START, true);
            pen.place(cell, (WIDTH - cell.width() * scale) / 2, y + 22, scale);
            pen.close();
        }
        return y + 22 + tall + GAP;
    }

    /** The first, the last, and some between; of two at one time the later. */
    private List<Key> chosen() {
        List<Key> apart = new ArrayList<>();
        for (Key key : film.keys()) {
            boolean same =
                    !apart.isEmpty() && share(apart.get(apart.size() - 1).at()) == share(key.at());
            if (same) {
                apart.remove(apart.size() - 1);
            }
            apart.add(key);
        }
        return some(apart, MOST_KEYS);
    }

    private static <T> List<T> some(List<T> all, int most) {
        List<T> some = new ArrayList<>();
        int count = Math.min(most, all.size());
        for (int i = 0; i < count; i++) {
            some.add(all.get(count == 1 ? all.size() - 1 : i * (all.size() - 1) / (count - 1)));
        }
        return some;
    }

    /** All cells where the last ones fit; else of each the first one, as far as these fit. */
    private static List<Svg> fitting(List<Key> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        int room = MOST_CHARACTERS / keys.size();
        Svg last = keys.get(keys.size() - 1).cell().svg();
        boolean whole = last.height() <= TALLEST && last.body().length() <= room;
        return keys.stream()
                .map(key -> whole ? key.cell().svg() : first(key.cell()))
                .map(cell -> cell.body().length() <= 2 * room ? cell : NOTHING)
                .toList();
    }

    private static Svg first(Picture cell) {
        return cell instanceof Diagram diagram && diagram.graphs().size() > 1
                ? new Diagram(diagram.title(), List.of(diagram.graphs().get(0))).svg()
                : cell.svg();
    }
}
