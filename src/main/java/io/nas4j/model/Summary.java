package io.nas4j.model;

import io.nas4j.analysis.Tabulated;
import io.nas4j.nn.LayerCount;
import io.nas4j.nn.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A network layer by layer.
 *
 * @param layers in the order in which they run
 */
public record Summary(List<LayerCount> layers) implements Tabulated {

    public Summary {
        layers = List.copyOf(layers);
    }

    static Summary of(Program program) {
        return new Summary(LayerCount.of(program));
    }

    /**
     * Trained parameters of all layers.
     *
     * @return those that the output depends on
     */
    public long parameters() {
        return layers.stream().mapToLong(LayerCount::parameters).sum();
    }

    /**
     * Multiply-adds of all layers, for one example.
     *
     * @return at least 0
     */
    public long multiplyAdds() {
        return layers.stream().mapToLong(LayerCount::multiplyAdds).sum();
    }

    @Override
    public List<String> header() {
        return List.of("layer", "kind", "output", "parameters", "multiply-adds");
    }

    /** Layer by layer; the last row sums them up. */
    @Override
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (LayerCount layer : layers) {
            rows.add(
                    List.of(
                            layer.place(),
                            layer.kind(),
                            layer.shape(),
                            counted(layer.parameters()),
                            counted(layer.multiplyAdds())));
        }
        rows.add(List.of("all", "", "", counted(parameters()), counted(multiplyAdds())));
        return rows;
    }

    private static String counted(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A table in plain text. */
    @Override
    public String toString() {
        int place = width(layers.stream().map(LayerCount::place).toList(), "layer");
        int kind = width(layers.stream().map(LayerCount::kind).toList(), "kind");
        int shape = width(layers.stream().map(LayerCount::shape).toList(), "output");
        String form = "%-" + place + "s  %-" + kind + "s  %-" + shape + "s  %,12d  %,14d%n";
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-" + place + "s  %-" + kind + "s  %-" + shape + "s  %12s  %14s%n",
                        "layer",
                        "kind",
                        "output",
                        "parameters",
                        "multiply-adds"));
        for (LayerCount layer : layers) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            form,
                            layer.place(),
                            layer.kind(),
                            layer.shape(),
                            layer.parameters(),
                            layer.multiplyAdds()));
        }
        text.append(String.format(Locale.ROOT, form, "all", "", "", parameters(), multiplyAdds()));
        return text.toString();
    }

    private static int width(List<String> texts, String title) {
        return Math.max(title.length(), texts.stream().mapToInt(String::length).max().orElse(0));
    }
}
