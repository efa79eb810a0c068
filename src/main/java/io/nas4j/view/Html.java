package io.nas4j.view;

import java.util.List;
import org.apache.commons.lang3.StringUtils;

/** Tables and panels in the HTML that an untrusted notebook keeps: inline styles, no scripts. */
final class Html {

    /** A panel that is readable in a dark theme too, because it brings its own background. */
    static final String PANEL =
            "background-color:#ffffff;color:#1f2933;border:1px solid #d5dbe1;border-radius:6px;"
                    + "padding:8px 12px;max-width:880px;overflow-x:auto;font-size:13px;line-height:1.5";

    private static final String CELL = "padding:3px 10px;border-bottom:1px solid #e4e8ec;";

    /** A cell of a table with at most so many characters is not broken into lines. */
    private static final int SHORT = 34;

    private Html() {}

    /** A table; columns of numbers align at the right. */
    static String table(List<String> header, List<List<String>> rows, String foot) {
        StringBuilder html = new StringBuilder();
        html.append("<div style=\"")
                .append(PANEL)
                .append("\"><table style=\"border-collapse:collapse;color:#1f2933\"><thead><tr>");
        for (int column = 0; column < header.size(); column++) {
            html.append("<th scope=\"col\" style=\"")
                    .append(CELL)
                    .append(align(rows, column))
                    .append("\">")
                    .append(Svg.escape(header.get(column)))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr style=\"background-color:#ffffff\">");
            for (int column = 0; column < row.size(); column++) {
                html.append("<td style=\"")
                        .append(CELL)
                        .append(row.get(column).length() <= SHORT ? "white-space:nowrap;" : "")
                        .append(align(rows, column))
                        .append("\">")
                        .append(Svg.escape(row.get(column)))
                        .append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        if (!foot.isEmpty()) {
            html.append("<div style=\"color:#5f6b7a\">").append(Svg.escape(foot)).append("</div>");
        }
        return html.append("</div>").toString();
    }

    /** The same for a terminal. */
    static String text(List<String> header, List<List<String>> rows, String foot) {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        line(text, header, widths, rows);
        for (List<String> row : rows) {
            line(text, row, widths, rows);
        }
        return foot.isEmpty() ? text.toString().stripTrailing() : text.append(foot).toString();
    }

    private static void line(
            StringBuilder text, List<String> cells, int[] widths, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            line.append(column == 0 ? "" : "  ");
            line.append(
                    isNumeric(rows, column)
                            ? StringUtils.leftPad(cell, widths[column])
                            : StringUtils.rightPad(cell, widths[column]));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static String align(List<List<String>> rows, int column) {
        return "text-align:" + (isNumeric(rows, column) ? "right" : "left");
    }

    private static boolean isNumeric(List<List<String>> rows, int column) {
        return rows.stream()
                .map(row -> row.get(column))
                .allMatch(cell -> cell.isEmpty() || cell.matches("[-+0-9.,:]+( s)?"));
    }

    /** How a panel of something that runs begins: what it is, how far, a bar. */
    static StringBuilder running(String title, String counted, String time, double fraction) {
        return new StringBuilder("<div style=\"")
                .append(PANEL)
                .append("\"><div><b>")
                .append(Svg.escape(title))
                .append("</b> &middot; ")
                .append(Svg.escape(counted))
                .append(" &middot; ")
                .append(Svg.escape(time))
                .append("</div><progress max=\"1000\" value=\"")
                .append(Math.round(fraction * 1000))
                .append("\" style=\"width:100%;height:14px\"></progress><div>");
    }

    /** Words above a drawing; nothing where there are none. */
    static void caption(StringBuilder html, String words) {
        if (!words.isEmpty()) {
            html.append(
                            "<div style=\"background-color:#ffffff;color:#1f2933;max-width:882px;"
                                    + "padding:6px 12px 0;font-size:13px\">")
                    .append(Svg.escape(words))
                    .append("</div>");
        }
    }

    /** A drawing below a panel. */
    static void drawing(StringBuilder html, Svg drawing, String alt) {
        html.append("<div style=\"background-color:#ffffff;max-width:906px\">")
                .append(MimeBundle.image(drawing, alt))
                .append("</div>");
    }
}
