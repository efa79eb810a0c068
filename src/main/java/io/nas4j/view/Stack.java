package io.nas4j.view;

import java.util.ArrayList;
import java.util.List;

/** Puts drawings beside and below one another. */
final class Stack {

    private Stack() {}

    /** In rows, each as many as fit the width. */
    static Svg flow(List<Svg> drawings, double maxWidth, double gap, String title) {
        List<List<Svg>> rows = new ArrayList<>();
        double used = 0;
        for (Svg drawing : drawings) {
            if (rows.isEmpty() || used + gap + drawing.width() > maxWidth) {
                rows.add(new ArrayList<>());
                used = 0;
            }
            rows.get(rows.size() - 1).add(drawing);
            used += (used > 0 ? gap : 0) + drawing.width();
        }
        Pen pen = new Pen();
        double width = 0;
        double y = 0;
        for (List<Svg> row : rows) {
            double x = 0;
            double height = 0;
            for (Svg drawing : row) {
                pen.place(drawing, x, y, 1);
                x += drawing.width() + gap;
                height = Math.max(height, drawing.height());
            }
            width = Math.max(width, x - gap);
            y += height + gap;
        }
        return pen.svg(width, Math.max(0, y - gap), title);
    }
}
