package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What an untrusted notebook keeps of an output. */
final class Xml {

    private static final Pattern IMAGE =
            Pattern.compile("src=\"data:image/svg\\+xml;base64,([^\"]+)\"");

    private Xml() {}

    static Document parse(String text) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError(text, e);
        }
    }

    /** No script, no style sheet, no inline drawing; every image a drawing with an alternative. */
    static void requireSafe(MimeBundle bundle) {
        for (Map.Entry<String, String> entry : bundle.data().entrySet()) {
            assertThat(entry.getValue()).doesNotContainIgnoringCase("<script");
            assertThat(entry.getValue()).doesNotContainIgnoringCase("<style");
        }
        String html = bundle.data().get(MimeBundle.HTML);
        assertThat(html).doesNotContain("<svg").doesNotContain("http");
        Matcher images = IMAGE.matcher(html);
        while (images.find()) {
            byte[] svg = Base64.getDecoder().decode(images.group(1));
            String document = new String(svg, StandardCharsets.UTF_8);
            parse(document);
            assertThat(document.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http");
        }
        Matcher tags = Pattern.compile("<img [^>]*>").matcher(html);
        while (tags.find()) {
            assertThat(tags.group()).containsPattern("alt=\"[^\"]+\"");
        }
    }
}
