package io.nas4j.view;

import io.nas4j.operation.Operations;
import java.util.List;

/** One colour an operation, one hue a family; all readable as text on white. */
final class Palette {

    /** For operations that are not nas4j's. */
    private static final List<String> OWN =
            List.of("#00796b", "#7a5230", "#ad1457", "#3f6212", "#6a3d9a", "#0f5c75", "#8d6e00");

    private Palette() {}

    /** Zero, identity, pooling, kinds of convolution, dense layers, activations, the rest. */
    static String of(String label) {
        String op = label.contains(" ") ? label.substring(label.lastIndexOf(' ') + 1) : label;
        boolean large = op.contains("5") || op.contains("7");
        if (op.startsWith("none")) {
            return "#8a929b";
        }
        if (op.startsWith("skip")) {
            return "#2e7d4f";
        }
        if (op.startsWith("max_pool")) {
            return "#1f5fae";
        }
        if (op.startsWith("avg_pool") || op.startsWith("global_pool")) {
            return "#2b86a8";
        }
        if (op.startsWith("sep_conv")) {
            return large ? "#9c2f16" : "#d1491f";
        }
        if (op.startsWith("dil_conv")) {
            return large ? "#5b2d91" : "#8a52c4";
        }
        if (op.startsWith("fac_conv") || op.startsWith("factorized")) {
            return "#a8327d";
        }
        if (op.startsWith("nor_conv_1x1")) {
            return "#a07400";
        }
        if (op.startsWith("mbconv")) {
            return large ? "#005f56" : "#00897b";
        }
        if (op.startsWith("shuffle_block")) {
            return "#7d5a3c";
        }
        if (op.startsWith("squeeze_excite")) {
            return "#b0611a";
        }
        if (op.startsWith("group_conv")) {
            return large ? "#7b2d6b" : "#9c3f88";
        }
        if (op.matches("(nor_|)conv.*") || op.startsWith("stem") || op.startsWith("residual")) {
            return large ? "#8c2440" : "#b8324f";
        }
        if (op.startsWith("dense") || op.startsWith("classifier")) {
            return "#4453b5";
        }
        if (op.matches(
                "(relu|relu6|leaky_relu|elu|gelu|silu|tanh|sigmoid|hard_swish|hard_sigmoid).*")) {
            return "#4a7a1e";
        }
        return Operations.find(op).isPresent() || !op.matches("\\w+") ? "#56616e" : derived(op);
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
