package io.nas4j.view;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The boxes of a drawing's texts, read from the drawing itself. */
final class TextBoxes {

    private static final Pattern STEP = Pattern.compile("(translate|scale|rotate)\\(([^)]*)\\)");

    /** Letters reach so far above the line they stand on, and below it, in font sizes. */
    private static final double ABOVE = 0.72;

    private static final double BELOW = 0.18;

    /** The layout's widths are those of the widest font that may stand in; text may be narrower. */
    private static final double NARROW = 0.92;

    private TextBoxes() {}

    /**
     * A text and where it is.
     *
     * @param text what is written
     * @param size of its letters, in pixels of the drawing
     * @param area around it
     */
    record Box(String text, double size, Rectangle2D area) {
        boolean overlaps(Box other) {
            return area.intersects(other.area);
        }

        boolean isWithin(double width, double height) {
            return new Rectangle2D.Double(0, 0, width, height).contains(area);
        }
    }

    static List<Box> of(Svg svg) {
        List<Box> boxes = new ArrayList<>();
        collect(Xml.parse(svg.document()).getDocumentElement(), new AffineTransform(), boxes);
        return boxes;
    }

    private static void collect(Element element, AffineTransform outer, List<Box> boxes) {
        if (element.getAttribute("visibility").equals("hidden")) {
            return;
        }
        AffineTransform here = new AffineTransform(outer);
        here.concatenate(transform(element.getAttribute("transform")));
        if (element.getTagName().equals("text")) {
            boxes.add(box(element, here));
            return;
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                collect(inner, here, boxes);
            }
        }
    }

    private static Box box(Element text, AffineTransform here) {
        double size = number(text, "font-size");
        double width = TextWidth.of(text.getTextContent(), size) * NARROW;
        double shift =
                switch (text.getAttribute("text-anchor")) {
                    case "middle" -> width / 2;
                    case "end" -> width;
                    default -> 0;
                };
        Rectangle2D area =
                new Rectangle2D.Double(
                        number(text, "x") - shift,
                        number(text, "y") - ABOVE * size,
                        width,
                        (ABOVE + BELOW) * size);
        double scale = Math.sqrt(Math.abs(here.getDeterminant()));
        return new Box(
                text.getTextContent(),
                size * scale,
                here.createTransformedShape(area).getBounds2D());
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static AffineTransform transform(String text) {
        AffineTransform all = new AffineTransform();
        Matcher steps = STEP.matcher(text);
        while (steps.find()) {
            String[] parts = steps.group(2).trim().split("[ ,]+");
            double first = Double.parseDouble(parts[0]);
            double second = parts.length > 1 ? Double.parseDouble(parts[1]) : first;
            switch (steps.group(1)) {
                case "translate" -> all.translate(first, second);
                case "scale" -> all.scale(first, second);
                default -> all.rotate(Math.toRadians(first));
            }
        }
        return all;
    }
}
