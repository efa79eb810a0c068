package io.nas4j.view;

import io.nas4j.operation.Operations;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One colour an operation, one hue and one kind of line a family, darker for larger kernels; all
 * readable as text on white. What a reader with deuteranopia sees in one colour has two kinds of
 * line.
 */
final class Palette {

    private static final String SOLID = "";
    private static final String UNKNOWN = "#56616e";

    /** The larger side of a kernel, for example 5 of {@code fac_conv_1x5}. */
    private static final Pattern KERNEL = Pattern.compile("_(\\d+)x(\\d+)");

    /**
     * Operations that are drawn alike.
     *
     * @param names what they begin with
     * @param dash of their lines, as in SVG
     * @param colors by the size of the kernel: up to 4, to 6, above; the last one also stands for
     *     the sizes that have none
     */
    private record Family(Pattern names, String dash, List<String> colors) {
        static Family of(String names, String dash, String... colors) {
            return new Family(Pattern.compile("(" + names + ").*"), dash, List.of(colors));
        }
    }

    private static final List<Family> FAMILIES =
            List.of(
                    Family.of("none", "1 4", "#69727b"),
                    Family.of("skip", "2 3", "#2e7d4f"),
                    Family.of("max_pool", "7 3", "#1f5fae", "#164783", "#0d2d54"),
                    Family.of("avg_pool|global_pool", "4 2", "#1d7a9c", "#145a74", "#0c3a4b"),
                    Family.of("sep_conv", SOLID, "#cf4519", "#8f2a12", "#53150a"),
                    Family.of("dil_conv", "10 2 2 2", "#8a52c4", "#5b2d91", "#38155f"),
                    Family.of("fac_conv|factorized", "12 3", "#a8327d", "#7c1d59", "#4f0f38"),
                    Family.of("nor_conv_1x1", "6 1.5", "#8a6500"),
                    Family.of("mbconv", SOLID, "#00897b", "#005f56", "#003a35"),
                    Family.of("shuffle_block", "5 2 1 2", "#7d5a3c", "#5c4028", "#3b2817"),
                    Family.of("squeeze_excite", "3 1.5", "#a65a16"),
                    Family.of("group_conv", "8 2", "#9c3f88", "#7b2d6b", "#521b47"),
                    Family.of("(nor_)?conv|stem|residual", SOLID, "#b8324f", "#861f3a", "#541021"),
                    Family.of("dense|classifier", SOLID, "#4453b5"),
                    Family.of(
                            "relu|relu6|leaky_relu|elu|gelu|silu|tanh|sigmoid|hard_swish"
                                    + "|hard_sigmoid",
                            "1 2",
                            "#4a7a1e"));

    /** For operations that are not nas4j's. */
    private static final List<String> OWN =
            List.of("#00796b", "#7a5230", "#ad1457", "#3f6212", "#6a3d9a", "#0f5c75", "#806000");

    private Palette() {}

    /** The colour of an operation, by its name or a label that ends in it. */
    static String of(String label) {
        String op = operation(label);
        return family(op)
                .map(family -> family.colors().get(Math.min(size(op), family.colors().size() - 1)))
                .orElseGet(() -> isOwn(op) ? derived(op) : UNKNOWN);
    }

    /** The kind of line of an operation, as the dashes of SVG; empty for a solid one. */
    static String dash(String label) {
        return family(operation(label)).map(Family::dash).orElse(SOLID);
    }

    private static String operation(String label) {
        return label.contains(" ") ? label.substring(label.lastIndexOf(' ') + 1) : label;
    }

    private static Optional<Family> family(String op) {
        return FAMILIES.stream().filter(one -> one.names().matcher(op).matches()).findFirst();
    }

    private static int size(String op) {
        Matcher kernel = KERNEL.matcher(op);
        if (!kernel.find()) {
            return 0;
        }
        int side = 0;
        for (int group = 1; group <= 2; group++) {
            // of a number with more digits only the fact that it is large matters
            String digits = kernel.group(group);
            side = Math.max(side, digits.length() > 2 ? 99 : Integer.parseInt(digits));
        }
        return side <= 4 ? 0 : side <= 6 ? 1 : 2;
    }

    private static boolean isOwn(String op) {
        return Operations.find(op).isEmpty() && op.matches("\\w+");
    }

    /** Between the hues of known operations; the same for a name wherever it is drawn. */
    private static String derived(String op) {
        String name = op.replaceAll("_\\d+x\\d+$", "");
        return OWN.get(Math.floorMod(name.hashCode(), OWN.size()));
    }

    /** The same hue, light enough to be written on. */
    static String tint(String color, double share) {
        int rgb = Integer.parseInt(color.substring(1), 16);
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int channel = (rgb >> shift) & 0xff;
            mixed |= (int) Math.round(255 - (255 - channel) * share) << shift;
        }
        return String.format(java.util.Locale.ROOT, "#%06x", mixed);
    }
}
