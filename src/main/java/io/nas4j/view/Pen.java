package io.nas4j.view;

import static io.nas4j.view.Svg.escape;
import static io.nas4j.view.Svg.number;

import java.util.List;
import java.util.Locale;

/** Writes elements of SVG one after the other. */
final class Pen {

    static final String INK = "#1f2933";
    static final String FAINT = "#56616e";
    static final String HAIR = "#d5dbe1";

    private final StringBuilder out = new StringBuilder();

    /** Where a text is anchored. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    Pen rect(double x, double y, double w, double h, double round, String fill, String stroke) {
        out.append("<rect x=\"").append(number(x)).append("\" y=\"").append(number(y));
        out.append("\" width=\"").append(number(w)).append("\" height=\"").append(number(h));
        if (round > 0) {
            out.append("\" rx=\"").append(number(round));
        }
        out.append("\" fill=\"").append(fill);
        if (!stroke.isEmpty()) {
            out.append("\" stroke=\"").append(stroke);
        }
        out.append("\"/>");
        return this;
    }

    Pen line(double x1, double y1, double x2, double y2, String stroke, double width) {
        out.append("<line x1=\"").append(number(x1)).append("\" y1=\"").append(number(y1));
        out.append("\" x2=\"").append(number(x2)).append("\" y2=\"").append(number(y2));
        out.append("\" stroke=\"").append(stroke);
        out.append("\" stroke-width=\"").append(decimals(width)).append("\"/>");
        return this;
    }

    Pen circle(double x, double y, double r, String fill, String stroke) {
        out.append("<circle cx=\"").append(number(x)).append("\" cy=\"").append(number(y));
        out.append("\" r=\"").append(number(r)).append("\" fill=\"").append(fill);
        if (!stroke.isEmpty()) {
            out.append("\" stroke=\"").append(stroke);
        }
        out.append("\"/>");
        return this;
    }

    Pen stroke(String path, String color, double width, double opacity, String dash) {
        out.append("<path d=\"").append(path).append("\" fill=\"none\" stroke=\"").append(color);
        out.append("\" stroke-width=\"").append(decimals(width));
        if (opacity < 1) {
            out.append("\" stroke-opacity=\"").append(decimals(opacity));
        }
        if (!dash.isEmpty()) {
            out.append("\" stroke-dasharray=\"").append(dash);
        }
        out.append("\"/>");
        return this;
    }

    Pen fill(String path, String color, double opacity) {
        out.append("<path d=\"").append(path).append("\" fill=\"").append(color);
        if (opacity < 1) {
            out.append("\" fill-opacity=\"").append(decimals(opacity));
        }
        out.append("\"/>");
        return this;
    }

    Pen text(double x, double y, String text, double size, String color, Anchor anchor) {
        return text(x, y, text, size, color, anchor, false);
    }

    Pen text(
            double x,
            double y,
            String text,
            double size,
            String color,
            Anchor anchor,
            boolean bold) {
        out.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
        out.append("\" font-size=\"").append(number(size)).append("\" fill=\"").append(color);
        if (anchor != Anchor.START) {
            out.append("\" text-anchor=\"").append(anchor.name().toLowerCase(Locale.ROOT));
        }
        if (bold) {
            out.append("\" font-weight=\"bold");
        }
        out.append("\">").append(subscripted(TextWidth.drawn(text), size)).append("</text>");
        return this;
    }

    /** Begins a group that is seen at some times only; {@link #close} ends it. */
    Pen open(Reel.Times times) {
        out.append(times.seenAtLast() ? "<g>" : "<g visibility=\"hidden\">");
        out.append(times.element());
        return this;
    }

    Pen close() {
        out.append("</g>");
        return this;
    }

    /**
     * An element that moves.
     *
     * @param name of the element
     * @param attributes names and values in turn, as they are at last
     * @param animations of them
     */
    Pen moving(String name, List<String> attributes, String... animations) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.size(); i += 2) {
            out.append(' ').append(attributes.get(i)).append("=\"");
            out.append(attributes.get(i + 1)).append('"');
        }
        out.append('>').append(String.join("", animations));
        out.append("</").append(name).append('>');
        return this;
    }

    /** Another drawing, moved and scaled. */
    Pen place(Svg svg, double x, double y, double scale) {
        out.append("<g transform=\"translate(").append(number(x)).append(' ').append(number(y));
        out.append(')');
        if (scale != 1) {
            out.append(String.format(Locale.ROOT, " scale(%.4f)", scale));
        }
        out.append("\">").append(svg.body()).append("</g>");
        return this;
    }

    /** Another drawing, read from bottom to top. */
    Pen turn(Svg svg, double x, double y) {
        out.append("<g transform=\"translate(").append(number(x)).append(' ').append(number(y));
        out.append(") rotate(-90)\">").append(svg.body()).append("</g>");
        return this;
    }

    Svg svg(double width, double height, String title) {
        return new Svg(width, height, title, out.toString());
    }

    /** {@code c_{k-2}} with its index lowered. */
    private static String subscripted(String text, double size) {
        int open = text.indexOf("_{");
        int close = text.indexOf('}');
        if (open < 0 || close < open) {
            return escape(text);
        }
        return escape(text.substring(0, open))
                + "<tspan dy=\"3\" font-size=\""
                + number(size * 0.75)
                + "\">"
                + escape(text.substring(open + 2, close).replace('-', '\u2212'))
                + "</tspan>"
                + escape(text.substring(close + 1));
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
