package io.nas4j.view;

import static io.nas4j.view.Svg.number;

import io.nas4j.view.DagLayout.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * A smooth line through the corners of a route, along the flow at each of them.
 *
 * @param points corners, source first
 * @param down whether the flow goes top to bottom
 */
record Curve(List<Point> points, boolean down) {

    private static final double CLOSER = 0.5;

    /** The curve with its end drawn back, to make room for an arrow's head. */
    Curve shortened(double by) {
        List<Point> shorter = new ArrayList<>(points);
        Point end = end();
        shorter.set(
                points.size() - 1,
                down ? new Point(end.x(), end.y() - by) : new Point(end.x() - by, end.y()));
        return new Curve(shorter, down);
    }

    Point end() {
        return points.get(points.size() - 1);
    }

    /**
     * A parallel of the curve.
     *
     * @param offset to the right of the flow (down, when it goes left to right); the ends draw
     *     closer together
     * @return data of an SVG path
     */
    String path(double offset) {
        StringBuilder path = new StringBuilder("M");
        append(path, along(points.get(0)), across(points.get(0)) + offset * CLOSER);
        int last = points.size() - 1;
        for (int i = 1; i <= last; i++) {
            double a0 = along(points.get(i - 1));
            double a1 = along(points.get(i));
            double c0 = across(points.get(i - 1));
            double c1 = across(points.get(i));
            // a parallel of an S-curve: where it is steep, the offset goes along the flow too
            double slope = Math.atan2(2 * (c1 - c0), a1 - a0);
            double middle = (a0 + a1) / 2 - offset * Math.tan(slope / 2) / 0.75;
            double from = c0 + (i == 1 ? offset * CLOSER : offset);
            double to = c1 + (i == last ? offset * CLOSER : offset);
            if (Math.abs(to - from) < 0.05) {
                path.append('L');
            } else {
                path.append('C');
                append(path, middle, from);
                path.append(' ');
                append(path, middle, to);
                path.append(' ');
            }
            append(path, a1, to);
        }
        return path.toString();
    }

    /** A triangle at the end. */
    String head(double length) {
        Point tip = end();
        double a = along(tip);
        double c = across(tip);
        StringBuilder path = new StringBuilder("M");
        append(path, a, c);
        path.append('L');
        append(path, a - length, c - length * 0.45);
        path.append('L');
        append(path, a - length, c + length * 0.45);
        return path.append('Z').toString();
    }

    private double along(Point point) {
        return down ? point.y() : point.x();
    }

    private double across(Point point) {
        return down ? point.x() : point.y();
    }

    private void append(StringBuilder path, double along, double across) {
        path.append(number(down ? across : along));
        path.append(' ');
        path.append(number(down ? along : across));
    }
}
