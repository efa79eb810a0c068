package io.nas4j.curve;

import java.util.ArrayList;
import java.util.List;

/**
 * A curve of one family, fitted by weighted least squares.
 *
 * @param family its form
 * @param level added to the form; 0 where the family has none
 * @param amplitude of the form, at least 0: no fit falls
 * @param shape the form's own parameters
 * @param error the weighted mean of the squared residuals
 */
public record Fit(Family family, double level, double amplitude, List<Double> shape, double error) {

    public Fit {
        shape = List.copyOf(shape);
    }

    /**
     * Its value.
     *
     * @param epoch above 0
     * @return a score
     */
    public double at(double epoch) {
        return level
                + amplitude
                        * family.form(
                                epoch, shape.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Its parameters.
     *
     * @return in the order of {@link Family#parameters()}
     */
    public List<Double> parameters() {
        List<Double> all = new ArrayList<>();
        if (family.isLeveled()) {
            all.add(level);
        }
        all.add(amplitude);
        all.addAll(shape);
        return all;
    }
}
