package io.nas4j.view;

import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What an animated drawing shows at a time, worked out from its animations as a browser does. */
final class Stills {

    private Stills() {}

    /** How long a drawing plays before it begins again. */
    static double seconds(Svg svg) {
        Element any =
                (Element)
                        Xml.parse(svg.document())
                                .getDocumentElement()
                                .getElementsByTagName("animate")
                                .item(0);
        return duration(any);
    }

    private static double duration(Element animate) {
        return Double.parseDouble(animate.getAttribute("dur").replace("s", ""));
    }

    /** The drawing without its animations, each attribute as it is then. */
    static Svg at(Svg svg, double seconds) {
        Document document = Xml.parse(svg.document());
        play(document.getDocumentElement(), seconds);
        StringBuilder body = new StringBuilder();
        for (Node child = document.getDocumentElement().getFirstChild();
                child != null;
                child = child.getNextSibling()) {
            if (child instanceof Element element && !element.getTagName().equals("title")) {
                body.append(text(element));
            }
        }
        return new Svg(svg.width(), svg.height(), svg.title(), body.toString());
    }

    private static void play(Element element, double seconds) {
        Node child = element.getFirstChild();
        while (child != null) {
            Node next = child.getNextSibling();
            if (child instanceof Element inner && inner.getTagName().equals("animate")) {
                element.setAttribute(inner.getAttribute("attributeName"), value(inner, seconds));
                element.removeChild(inner);
            } else if (child instanceof Element inner) {
                play(inner, seconds);
            }
            child = next;
        }
    }

    private static String value(Element animate, double seconds) {
        List<String> values = List.of(animate.getAttribute("values").split(";"));
        double[] times =
                Arrays.stream(animate.getAttribute("keyTimes").split(";"))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
        double share = seconds / duration(animate);
        int at = 0;
        while (at + 1 < times.length && times[at + 1] <= share) {
            at++;
        }
        boolean even = !animate.getAttribute("calcMode").equals("discrete");
        if (!even || at + 1 == times.length) {
            return values.get(at);
        }
        double from = Double.parseDouble(values.get(at));
        double to = Double.parseDouble(values.get(at + 1));
        return Double.toString(
                from + (to - from) * (share - times[at]) / (times[at + 1] - times[at]));
    }

    private static String text(Element element) {
        try {
            Transformer writer = TransformerFactory.newInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            StringWriter text = new StringWriter();
            writer.transform(new DOMSource(element), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new AssertionError(e);
        }
    }
}
