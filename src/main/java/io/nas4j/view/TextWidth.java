package io.nas4j.view;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.lang3.StringUtils;

/**
 * How wide a text is, near enough to lay boxes out without a font: Helvetica's proportions, and the
 * width of the wider fonts that stand in for it.
 */
final class TextWidth {

    private static final double STAND_IN = 1.12;

    /** No drawn line is longer: one long name must not make the rest too small to read. */
    private static final int MOST_CHARACTERS = 120;

    private TextWidth() {}

    /** What is drawn of a text; the whole of it is in the view's plain form. */
    static String drawn(String text) {
        return StringUtils.abbreviate(text, "\u2026", MOST_CHARACTERS);
    }

    /** A text, or as much of its beginning as fits. */
    static String fitting(String text, double size, double width) {
        String drawn = drawn(text);
        for (int length = drawn.length(); of(drawn, size) > width && length > 2; length--) {
            drawn = StringUtils.abbreviate(drawn(text), "\u2026", length);
        }
        return drawn;
    }

    /** A text in lines of at most some width, broken between words. */
    static List<String> lines(String text, double size, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && of(longer, size) > width) {
                lines.add(line);
                longer = word;
            }
            line = longer;
        }
        lines.add(fitting(line, size, width));
        return lines;
    }

    static double of(String text, double size) {
        String drawn = drawn(text).replace("_{", "").replace("}", "");
        double sum = 0;
        for (int i = 0; i < drawn.length(); i++) {
            sum += width(drawn.charAt(i));
        }
        return sum * size / 1000 * STAND_IN;
    }

    /** Thousandths of the font size, after Helvetica's metrics. */
    private static int width(char c) {
        if ("ijl'|".indexOf(c) >= 0) {
            return 222;
        }
        if ("ft .,:;/!()[]\\\u00b7-".indexOf(c) >= 0) {
            return 290;
        }
        if ("r".indexOf(c) >= 0) {
            return 333;
        }
        if ("ckszvxyJ".indexOf(c) >= 0) {
            return 500;
        }
        if ("mMW@%".indexOf(c) >= 0) {
            return 850;
        }
        if (Character.isUpperCase(c) || c == 'w') {
            return 690;
        }
        return c > 0x2000 ? 620 : 556;
    }
}
