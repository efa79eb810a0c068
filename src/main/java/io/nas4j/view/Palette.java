package io.nas4j.view;

/** One colour an operation, one hue a family; all readable as text on white. */
final class Palette {

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
        if (op.contains("conv") || op.startsWith("stem") || op.startsWith("residual")) {
            return large ? "#8c2440" : "#b8324f";
        }
        if (op.startsWith("dense") || op.startsWith("classifier")) {
            return "#4453b5";
        }
        if (op.matches("(relu|leaky_relu|elu|gelu|silu|tanh|sigmoid).*")) {
            return "#4a7a1e";
        }
        return "#56616e";
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
