package io.nas4j;

import io.nas4j.analysis.Trust;
import io.nas4j.trial.History;
import io.nas4j.view.CostAgainstTrust;
import io.nas4j.view.MimeBundle;
import io.nas4j.view.Renderable;
import io.nas4j.view.TrustTable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far estimators can be trusted; as the value of a notebook cell it draws cost against trust,
 * and below it the table.
 *
 * @param estimators one finding each, the free counts first
 * @param reference what judged them
 * @param referenceCost of one network; zero where it is not known
 * @param histories the trials of each, by measure, the reference's last
 * @param warnings what went wrong without ending the comparison
 */
public record TrustReport(
        List<Trust> estimators,
        String reference,
        Duration referenceCost,
        Map<String, History> histories,
        List<String> warnings)
        implements Renderable {

    public TrustReport {
        estimators = List.copyOf(estimators);
        histories = Collections.unmodifiableMap(new LinkedHashMap<>(histories));
        warnings = List.copyOf(warnings);
    }

    /**
     * One estimator's finding.
     *
     * @param measure what its scores are called
     * @return the finding
     * @throws IllegalArgumentException when there is none of that name
     */
    public Trust of(String measure) {
        return estimators.stream()
                .filter(trust -> trust.estimator().equals(measure))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "an estimator of the report was expected, but \""
                                                + measure
                                                + "\" is none. Try one of "
                                                + estimators.stream().map(Trust::estimator).toList()
                                                + "."));
    }

    /**
     * Cost against trust.
     *
     * @return a picture
     */
    public CostAgainstTrust picture() {
        return new CostAgainstTrust(estimators, reference, referenceCost);
    }

    /**
     * All figures, and what the sample does not tell.
     *
     * @return draws as a table
     */
    public TrustTable table() {
        return new TrustTable(estimators, foot());
    }

    private String foot() {
        String judge =
                String.format(
                        Locale.ROOT,
                        "judged by %s; 95%% intervals by 2,000 draws of the networks with"
                                + " replacement",
                        reference);
        return warnings.isEmpty() ? judge : judge + ". " + String.join(". ", warnings);
    }

    @Override
    public MimeBundle render() {
        String drawn = picture().render().data().get(MimeBundle.HTML);
        String html = drawn + table().render().data().get(MimeBundle.HTML);
        return MimeBundle.html(html, toString());
    }

    @Override
    public String toString() {
        return table().toString();
    }
}
