package io.nas4j.view;

import static io.nas4j.space.Require.require;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One page of HTML that holds all that it shows: no script, no style sheet, nothing from the
 * network, and a policy that forbids both.
 *
 * @param title of the page
 * @param lead a paragraph below it; may be empty
 * @param sections from top to bottom
 */
public record Report(String title, String lead, List<Section> sections) {

    private static final String STYLE =
            "body{margin:0;background:#f2f4f6;color:#1f2933;font:15px/1.55 Helvetica,Arial,"
                    + "'Liberation Sans',sans-serif}"
                    + "main{max-width:960px;margin:0 auto;padding:32px 24px 48px}"
                    + "h1{font-size:26px;margin:0 0 6px}h2{font-size:18px;margin:0 0 10px}"
                    + ".lead{color:#45525f;margin:0 0 24px}"
                    + "section{background:#fff;border:1px solid #d5dbe1;border-radius:8px;"
                    + "padding:18px 22px;margin:0 0 18px;overflow-x:auto}"
                    + "section p{margin:0 0 10px;color:#45525f}"
                    + "dl{display:grid;grid-template-columns:max-content 1fr;gap:3px 18px;margin:0}"
                    + "dt{color:#5f6b7a}dd{margin:0;overflow-wrap:anywhere}"
                    + "section>div{border:0 !important;padding:0 !important}"
                    + "img{max-width:100%}"
                    + "footer{color:#5f6b7a;font-size:13px}"
                    + "@media print{body{background:#fff}section{break-inside:avoid}}";

    /**
     * A part of the page.
     *
     * @param heading above it
     * @param text a paragraph; may be empty
     * @param views below each other
     * @param facts names and texts in two columns
     */
    public record Section(
            String heading, String text, List<Renderable> views, Map<String, String> facts) {

        public Section {
            views = List.copyOf(views);
            facts = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(facts));
        }

        /**
         * A part that shows something.
         *
         * @param heading above it
         * @param text a paragraph; may be empty
         * @param views below each other
         * @return without facts
         */
        public static Section of(String heading, String text, Renderable... views) {
            return new Section(heading, text, List.of(views), Map.of());
        }
    }

    public Report {
        sections = List.copyOf(sections);
        require(!sections.isEmpty(), "a report needs a section, but has none.");
    }

    /**
     * Writes the page.
     *
     * @param file replaced where it exists, once the new one is whole
     * @throws IOException when it cannot be written
     */
    public void write(Path file) throws IOException {
        Path home = file.toAbsolutePath();
        Files.createDirectories(home.getParent());
        Path part = home.resolveSibling("." + java.util.UUID.randomUUID() + ".nas4j-part");
        try {
            Files.writeString(part, html(), StandardCharsets.UTF_8);
            Files.move(part, home, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * The page.
     *
     * @return a whole document; every text is escaped
     */
    public String html() {
        List<String> html = new ArrayList<>();
        html.add(
                "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src"
                        + " 'none'; img-src data:; style-src 'unsafe-inline'\">"
                        + "<meta name=\"viewport\" content=\"width=device-width\"><title>"
                        + Svg.escape(title)
                        + "</title><style>"
                        + STYLE
                        + "</style></head><body><main><h1>"
                        + Svg.escape(title)
                        + "</h1>");
        if (!lead.isEmpty()) {
            html.add("<p class=\"lead\">" + Svg.escape(lead) + "</p>");
        }
        for (Section section : sections) {
            html.add("<section><h2>" + Svg.escape(section.heading()) + "</h2>");
            if (!section.text().isEmpty()) {
                html.add("<p>" + Svg.escape(section.text()) + "</p>");
            }
            if (!section.facts().isEmpty()) {
                html.add("<dl>");
                section.facts()
                        .forEach(
                                (name, text) ->
                                        html.add(
                                                "<dt>"
                                                        + Svg.escape(name)
                                                        + "</dt><dd>"
                                                        + Svg.escape(text)
                                                        + "</dd>"));
                html.add("</dl>");
            }
            for (Renderable view : section.views()) {
                MimeBundle bundle = view.render();
                String shown = bundle.data().get(MimeBundle.HTML);
                html.add(shown != null ? shown : "<pre>" + Svg.escape(bundle.text()) + "</pre>");
            }
            html.add("</section>");
        }
        html.add("<footer>made by nas4j</footer></main></body></html>");
        return String.join("\n", html);
    }
}
