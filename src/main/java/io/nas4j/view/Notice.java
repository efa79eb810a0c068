package io.nas4j.view;

import java.util.List;

/**
 * What stands where there is nothing to draw: what is missing, and what to do.
 *
 * @param title what is missing
 * @param advice a sentence each
 */
public record Notice(String title, List<String> advice) implements Picture {

    private static final double WIDTH = 640;
    private static final double SIZE = 13;

    public Notice {
        advice = List.copyOf(advice);
    }

    @Override
    public Svg svg() {
        Pen pen = new Pen();
        double y = 14;
        for (String line : TextWidth.lines(title, 14, 0.9 * (WIDTH - 32))) {
            y += 20;
            pen.text(16, y, line, 14, Pen.INK, Pen.Anchor.START, true);
        }
        for (String sentence : advice) {
            for (String line : TextWidth.lines(sentence, SIZE, WIDTH - 32)) {
                y += 20;
                pen.text(16, y, line, SIZE, Pen.FAINT, Pen.Anchor.START);
            }
        }
        Pen framed = new Pen();
        framed.rect(1, 1, WIDTH - 2, y + 16, 8, "#f7f9fb", Pen.HAIR);
        framed.place(pen.svg(WIDTH, y + 18, ""), 0, 0, 1);
        return framed.svg(WIDTH, y + 18, alt());
    }

    @Override
    public String alt() {
        return "Nothing to draw yet: " + title;
    }

    @Override
    public String toString() {
        return title + (advice.isEmpty() ? "" : "\n" + String.join("\n", advice));
    }
}
