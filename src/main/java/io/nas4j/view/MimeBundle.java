package io.nas4j.view;

import static io.nas4j.space.Require.require;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One output of a notebook cell in several forms; a front end shows the richest that it can and
 * may.
 *
 * @param data content by MIME type, richest first; always with {@code text/plain}
 */
public record MimeBundle(Map<String, String> data) {

    /** HTML that an untrusted notebook keeps. */
    public static final String HTML = "text/html";

    /** A drawing of its own. */
    public static final String SVG = "image/svg+xml";

    /** What a terminal shows; in every bundle. */
    public static final String TEXT = "text/plain";

    public MimeBundle {
        require(data.containsKey(TEXT), "a bundle needs text/plain, but has %s.", data.keySet());
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /**
     * Plain text alone.
     *
     * @param text what is shown
     * @return a bundle of one form
     */
    public static MimeBundle text(String text) {
        return new MimeBundle(Map.of(TEXT, text));
    }

    /**
     * HTML with its plain form.
     *
     * @param html without scripts and style sheets
     * @param text what a terminal shows
     * @return a bundle of two forms
     */
    public static MimeBundle html(String html, String text) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(HTML, html);
        data.put(TEXT, text);
        return new MimeBundle(data);
    }

    /**
     * A picture. The HTML form is an image with a data URI: the one form of SVG that a notebook
     * shows before it is trusted.
     *
     * @param svg the drawing
     * @param alt what a screen reader says
     * @param text what a terminal shows
     * @return three forms
     */
    static MimeBundle picture(Svg svg, String alt, String text) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put(HTML, image(svg, alt));
        data.put(SVG, svg.document());
        data.put(TEXT, text);
        return new MimeBundle(data);
    }

    static String image(Svg svg, String alt) {
        byte[] bytes = svg.document().getBytes(StandardCharsets.UTF_8);
        return "<img alt=\""
                + Svg.escape(alt)
                + "\" width=\""
                + Svg.number(svg.width())
                + "\" style=\"max-width:100%;height:auto;background-color:#ffffff\""
                + " src=\"data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(bytes)
                + "\">";
    }

    /**
     * A line of text above a bundle; the drawing itself stays as it is.
     *
     * @param bundle what is shown
     * @param caption one line
     * @return the same forms
     */
    public static MimeBundle captioned(MimeBundle bundle, String caption) {
        Map<String, String> data = new LinkedHashMap<>(bundle.data());
        data.computeIfPresent(
                HTML,
                (type, html) ->
                        "<div style=\"font-family:sans-serif;margin:4px 0\">"
                                + Svg.escape(caption)
                                + "</div>"
                                + html);
        data.put(TEXT, caption + System.lineSeparator() + bundle.text());
        return new MimeBundle(data);
    }

    /**
     * The plain form.
     *
     * @return what {@code toString()} of the view gives
     */
    public String text() {
        return data.get(TEXT);
    }
}
