package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.space.SearchSpace;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Strand;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PaletteTest {

    /** Distance in CIE L*a*b* from which on neighbouring lines are told apart. */
    private static final double APART = 12;

    /** Deuteranopia in linear RGB (Machado, Oliveira and Fernandes, 2009, severity 1). */
    private static final double[][] DEUTERANOPIA = {
        {0.367322, 0.860646, -0.227968},
        {0.280085, 0.672501, 0.047413},
        {-0.011820, 0.042940, 0.968881}
    };

    private static final double[][] USUAL = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    static Stream<SearchSpace> spaces() {
        return Samples.spaces();
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void operationsOfOneSpaceAreToldApartByColourAndWithDeuteranopiaByColourOrLine(
            SearchSpace space) {
        List<String> names = List.copyOf(drawn(space));
        for (int i = 0; i < names.size(); i++) {
            for (String other : names.subList(i + 1, names.size())) {
                String name = names.get(i);
                assertThat(distance(name, other, USUAL))
                        .as(name + ", " + other)
                        .isGreaterThan(APART);
                if (Palette.dash(name).equals(Palette.dash(other))) {
                    assertThat(distance(name, other, DEUTERANOPIA))
                            .as(name + ", " + other + " with deuteranopia")
                            .isGreaterThan(APART);
                }
            }
        }
    }

    @Test
    void redAndGreenOfOneLightnessAreFoundAlike() {
        // the check can fail: these two differ for most readers, not with deuteranopia
        assertThat(distance(lab("#b8324f", USUAL), lab("#4f7d2e", USUAL))).isGreaterThan(APART);
        assertThat(distance(lab("#8a6a4f", DEUTERANOPIA), lab("#6f7a4f", DEUTERANOPIA)))
                .isLessThan(APART);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void everyNameIsReadableOnWhite(SearchSpace space) {
        for (String name : drawn(space)) {
            double contrast = 1.05 / (luminance(Palette.of(name)) + 0.05);
            assertThat(contrast)
                    .as("contrast of %s (WCAG 2.1 asks for 4.5)", name)
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void aLargerKernelIsAnotherColour() {
        assertThat(
                        Stream.of("sep_conv_3x3", "sep_conv_5x5", "sep_conv_7x7", "fac_conv_1x7")
                                .map(Palette::of))
                .doesNotHaveDuplicates();
        assertThat(Palette.of("fac_conv_7x1")).isEqualTo(Palette.of("fac_conv_1x7"));
        assertThat(Palette.of("conv_99999999999x1")).isEqualTo(Palette.of("conv_7x7"));
    }

    /** What stands on the edges of its cells. */
    private static Set<String> drawn(SearchSpace space) {
        Set<String> names = new TreeSet<>();
        for (Graph graph : Diagram.of(space).graphs()) {
            for (Edge edge : graph.edges()) {
                edge.strands().stream().map(Strand::operation).forEach(names::add);
            }
        }
        names.removeIf(name -> name.contains("motif"));
        return names;
    }

    private static double distance(String a, String b, double[][] sight) {
        return distance(lab(Palette.of(a), sight), lab(Palette.of(b), sight));
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(
                Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    private static double[] linear(String color) {
        int rgb = Integer.parseInt(color.substring(1), 16);
        double[] linear = new double[3];
        for (int i = 0; i < 3; i++) {
            double value = ((rgb >> (16 - 8 * i)) & 0xff) / 255.0;
            linear[i] = value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
        }
        return linear;
    }

    private static double luminance(String color) {
        double[] rgb = linear(color);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    /** CIE L*a*b* under D65 of what is seen of a colour. */
    private static double[] lab(String color, double[][] sight) {
        double[] rgb = times(sight, linear(color));
        double[][] toXyz = {
            {0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}
        };
        double[] xyz = times(toXyz, rgb);
        double x = root(xyz[0] / 0.95047);
        double y = root(xyz[1]);
        double z = root(xyz[2] / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double root(double value) {
        return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16.0 / 116;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] result = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                result[i] += matrix[i][j] * vector[j];
            }
        }
        return result;
    }
}
