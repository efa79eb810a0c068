package io.nas4j.view;

import io.nas4j.analysis.Agreement;
import io.nas4j.analysis.Sampled;
import io.nas4j.analysis.Trust;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.lang3.StringUtils;

/**
 * How far estimators can be trusted, as a table: agreement with the reference with its 95%
 * intervals, what a network costs, and below it what the sample does not tell.
 *
 * @param estimators what was found, in order
 * @param foot a line below, for example what judged them; may be empty
 */
public record TrustTable(List<Trust> estimators, String foot) implements Renderable {

    private static final int NAME = 60;

    public TrustTable {
        estimators = List.copyOf(estimators);
    }

    private List<String> header() {
        int top =
                estimators.stream()
                        .flatMap(trust -> trust.agreement().stream())
                        .mapToInt(Agreement::top)
                        .findFirst()
                        .orElse(0);
        return List.of(
                "estimator",
                "networks",
                "Kendall's tau",
                "Spearman",
                top == 0 ? "precision" : "precision@" + top,
                "tau over the free",
                "a network",
                "of the reference");
    }

    private static List<String> row(Trust trust) {
        List<String> row = new ArrayList<>();
        row.add(
                StringUtils.abbreviate(trust.estimator(), "\u2026", NAME)
                        + (trust.free() ? " (free)" : ""));
        row.add(trust.agreement().map(found -> "" + found.sample()).orElse(""));
        row.add(trust.agreement().map(found -> found.kendall().toString()).orElse(""));
        row.add(trust.agreement().map(found -> found.spearman().toString()).orElse(""));
        row.add(trust.agreement().map(found -> found.precision().toString()).orElse(""));
        row.add(trust.gain().map(Sampled::toString).orElse(""));
        row.add(CostAgainstTrust.words(trust.cost()));
        row.add(trust.costRatio().isPresent() ? ratio(trust.costRatio().getAsDouble()) : "");
        return row;
    }

    private static String ratio(double share) {
        if (share == 0) {
            return "0";
        }
        return share >= 0.5
                ? String.format(Locale.ROOT, "%.1f times", share)
                : String.format(Locale.ROOT, "1/%,.0f", 1 / share);
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (Trust trust : estimators) {
            String name = StringUtils.abbreviate(trust.estimator(), "\u2026", NAME);
            trust.warnings().forEach(warning -> notes.add(name + ": " + warning));
        }
        return notes;
    }

    private List<List<String>> rows() {
        return estimators.stream().map(TrustTable::row).toList();
    }

    @Override
    public MimeBundle render() {
        StringBuilder html = new StringBuilder(Html.table(header(), rows(), foot));
        if (!notes().isEmpty()) {
            html.append("<div style=\"").append(Html.PANEL).append("\">");
            for (String note : notes()) {
                html.append("<div style=\"color:#8a5a00\">")
                        .append(Svg.escape(note))
                        .append("</div>");
            }
            html.append("</div>");
        }
        return MimeBundle.html(html.toString(), toString());
    }

    @Override
    public String toString() {
        String table = Html.text(header(), rows(), foot);
        return notes().isEmpty() ? table : table + "\n  " + String.join("\n  ", notes());
    }
}
