package io.nas4j.strategy;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.Encoding;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel of {@link Bayesian} compares: one group of features per decision, in which
 * another answer has squared distance 1 (a Hamming distance with a weight a decision), and one
 * group that counts how often each operation occurs, wherever it stands.
 */
final class StructuredFeatures {

    private final Encoding oneHot;
    private final double[] scales;
    private final int[] groups;
    private final int[] counted;
    private final int decisions;

    StructuredFeatures(SearchSpace space) {
        oneHot = Encoding.oneHot(space);
        List<Decision> all = space.decisions();
        decisions = all.size();
        List<Double> scaleOf = new ArrayList<>();
        List<Integer> groupOf = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < decisions; i++) {
            for (String label : all.get(i).labels()) {
                scaleOf.add(Math.sqrt(0.5 / all.get(i).picks()));
                groupOf.add(i);
                labels.add(label);
            }
        }
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (String label : labels) {
            // counting what only one decision offers would say nothing new
            if (labels.indexOf(label) != labels.lastIndexOf(label)) {
                columns.putIfAbsent(label, oneHot.length() + columns.size());
            }
        }
        scales = scaleOf.stream().mapToDouble(Double::doubleValue).toArray();
        counted = labels.stream().mapToInt(label -> columns.getOrDefault(label, -1)).toArray();
        groups = new int[oneHot.length() + columns.size()];
        Arrays.fill(groups, decisions);
        for (int f = 0; f < groupOf.size(); f++) {
            groups[f] = groupOf.get(f);
        }
    }

    /** The group of each feature. */
    int[] groups() {
        return groups;
    }

    /** The prior's weights: half of the correlation from places, half from counts. */
    double[] weights() {
        boolean counts = groups.length > oneHot.length();
        double[] result = new double[counts ? decisions + 1 : decisions];
        Arrays.fill(result, 1.0 / decisions);
        return result;
    }

    double[] of(Architecture architecture) {
        double[] code = oneHot.encode(architecture);
        double[] result = new double[groups.length];
        for (int f = 0; f < code.length; f++) {
            result[f] = code[f] * scales[f];
            if (counted[f] >= 0) {
                result[counted[f]] += code[f] * Math.sqrt(0.5);
            }
        }
        return result;
    }
}
