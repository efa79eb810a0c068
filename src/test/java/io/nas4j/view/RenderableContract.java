package io.nas4j.view;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What every view must keep, so that a notebook that nobody trusts yet shows it. Extend it, or
 * {@link PictureContract} for a view that is drawn, in a test class.
 */
public abstract class RenderableContract {

    /** No notebook should have to keep more than this for one output. */
    private static final int MOST_CHARACTERS = 2_000_000;

    private static final Pattern IMAGE = Pattern.compile("<img [^>]*>");
    private static final Pattern SOURCE =
            Pattern.compile("src=\"data:image/svg\\+xml;base64,([^\"]+)\"");

    /** Names that users, files and exceptions have given. */
    private static final List<String> HOSTILE =
            List.of(
                    "<script>alert(1)</script>",
                    "\"' onload=\"alert(1)\" x='",
                    "</svg></title>]]><!--",
                    "&amp;&lt;&",
                    "http://example.org/x.js",
                    "two\nlines\tand a tab",
                    "zero \u0000, bell \u0007, half a pair \ud83d",
                    "\u6df1\u5ea6 \u202eright to left",
                    "%s %d {0} \\u",
                    "");

    /**
     * The view.
     *
     * @param name stands wherever the view shows a text of its users
     * @return equal views for equal names
     */
    protected abstract Renderable view(String name);

    @Test
    void aBundleHasHtmlAndARealText() {
        MimeBundle bundle = view("plain").render();
        check(
                bundle.data().containsKey(MimeBundle.HTML),
                "a view must have HTML, but has %s.",
                bundle.data().keySet());
        check(!bundle.text().isBlank(), "a terminal must be shown something.");
        check(
                bundle.text().equals(view("plain").toString()),
                "toString() must be what a terminal shows, but is \"%s\".",
                view("plain"));
        check(
                !bundle.text().matches("(?s)[\\w.$]+@[0-9a-f]+|\\w+\\[.*=.*\\]"),
                "toString() must be a rendering, but is \"%s\".",
                bundle.text());
    }

    @Test
    void equalViewsAreDrawnEqually() {
        check(
                view("plain").render().equals(view("plain").render()),
                "a view must be drawn the same way each time. Try to leave time and chance out.");
    }

    @Test
    void theLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        MimeBundle usual = view("plain").render();
        try {
            for (String tag : List.of("de-DE", "ar-EG", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                check(
                        usual.equals(view("plain").render()),
                        "a view must not depend on the locale, but differs in %s.",
                        tag);
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void untrustedNotebooksShowIt() {
        requireSafe(view("plain").render());
    }

    @Test
    void hostileNamesDoNoHarm() {
        for (String name : HOSTILE) {
            requireSafe(view(name).render());
        }
    }

    @Test
    void longNamesStayWithinBounds() {
        MimeBundle bundle = view("very_long_name_".repeat(400)).render();
        requireSafe(bundle);
        int size = bundle.data().values().stream().mapToInt(String::length).sum();
        check(
                size <= MOST_CHARACTERS,
                "an output must be at most %d characters, but has %d.",
                MOST_CHARACTERS,
                size);
    }

    /** No script, no reference that leaves the output; every image well-formed and described. */
    static void requireSafe(MimeBundle bundle) {
        String html = bundle.data().getOrDefault(MimeBundle.HTML, "");
        for (String part : List.of("<script", "<style", "<svg", "<iframe", "<link", "<object")) {
            check(!html.toLowerCase(Locale.ROOT).contains(part), "HTML must not have %s.", part);
        }
        check(
                !Pattern.compile("<[^>]*\\s(on\\w+|href)\\s*=[^>]*>")
                        .matcher(html.replaceAll("\"[^\"]*\"", "\"\""))
                        .find(),
                "HTML must not have handlers or links: %s.",
                html);
        Matcher images = IMAGE.matcher(html);
        while (images.find()) {
            String image = images.group();
            check(
                    Pattern.compile("alt=\"[^\"]+\"").matcher(image).find(),
                    "an image must say what it shows to a screen reader.");
            Matcher source = SOURCE.matcher(image);
            check(source.find(), "an image must be a data URI of SVG: %s.", image);
            byte[] svg = Base64.getDecoder().decode(source.group(1));
            requireSafe(new String(svg, StandardCharsets.UTF_8));
        }
        if (bundle.data().containsKey(MimeBundle.SVG)) {
            requireSafe(bundle.data().get(MimeBundle.SVG));
        }
    }

    /** A drawing on its own. */
    static void requireSafe(String svg) {
        try {
            var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            var elements =
                    builder.parse(new InputSource(new StringReader(svg))).getElementsByTagName("*");
            for (int i = 0; i < elements.getLength(); i++) {
                var element = elements.item(i);
                String name = element.getNodeName().toLowerCase(Locale.ROOT);
                check(
                        !List.of("script", "style", "image", "foreignobject", "use", "a")
                                .contains(name),
                        "a drawing must not have <%s>.",
                        name);
                for (int k = 0; k < element.getAttributes().getLength(); k++) {
                    var attribute = element.getAttributes().item(k);
                    check(
                            !attribute.getNodeName().startsWith("on")
                                    && !attribute.getNodeName().endsWith("href")
                                    && !attribute.getNodeValue().contains("url("),
                            "a drawing must not act or refer, but has %s.",
                            attribute);
                }
            }
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("a drawing must be well-formed: " + e.getMessage(), e);
        }
    }

    static void check(boolean condition, String format, Object... args) {
        if (!condition) {
            throw new AssertionError(String.format(Locale.ROOT, format, args));
        }
    }
}
