package io.nas4j.view;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A drawing.
 *
 * @param width in pixels
 * @param height in pixels
 * @param title what it shows, for a screen reader
 * @param body elements of SVG, without the enclosing one
 */
public record Svg(double width, double height, String title, String body) {

    private static final Pattern FORBIDDEN =
            Pattern.compile("[^\t\n\r\\x{20}-\\x{d7ff}\\x{e000}-\\x{fffd}\\x{10000}-\\x{10ffff}]");

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

    /** For text and attributes of XML 1.0 and HTML; what XML cannot hold becomes U+FFFD. */
    static String escape(String text) {
        return FORBIDDEN
                .matcher(text)
                .replaceAll("\ufffd")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
