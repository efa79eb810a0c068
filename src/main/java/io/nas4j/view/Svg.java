package io.nas4j.view;

import java.util.Locale;

/**
 * A drawing.
 *
 * @param width in pixels
 * @param height in pixels
 * @param title what it shows, for a screen reader
 * @param body elements of SVG, without the enclosing one
 */
public record Svg(double width, double height, String title, String body) {

    static final String FONT = "Helvetica,Arial,'Liberation Sans',sans-serif";

    /**
     * The whole document.
     *
     * @return XML on a white background, with its size in pixels
     */
    public String document() {
        String w = number(width);
        String h = number(height);
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
                + w
                + "\" height=\""
                + h
                + "\" viewBox=\"0 0 "
                + w
                + " "
                + h
                + "\" font-family=\""
                + FONT
                + "\" role=\"img\"><title>"
                + escape(title)
                + "</title><rect width=\""
                + w
                + "\" height=\""
                + h
                + "\" fill=\"#ffffff\"/>"
                + body
                + "</svg>";
    }

    @Override
    public String toString() {
        return document();
    }

    /** At most one digit behind the point: enough for pixels, and short. */
    static String number(double value) {
        double rounded = Math.rint(value * 10) / 10;
        return rounded == Math.rint(rounded)
                ? Long.toString((long) rounded)
                : String.format(Locale.ROOT, "%.1f", rounded);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
