package io.nas4j.view;

import io.nas4j.space.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operations in words: a name as papers print it, and what else is worth saying. */
final class OpText {

    private OpText() {}

    /** For example {@code sep_conv_3x3}. */
    static String label(Node.Op op) {
        return label(op, Map.of());
    }

    static String label(Node.Op op, Map<String, Integer> inherited) {
        Integer height = argument(op, "height", inherited);
        Integer width = argument(op, "width", inherited);
        Integer kernel = argument(op, "kernel", inherited);
        if (op.args().containsKey("kernel") || height == null || width == null) {
            height = kernel;
            width = kernel;
        }
        return height == null ? op.name() : op.name() + "_" + height + "x" + width;
    }

    /** For example {@code 16 channels, stride 2}; empty when there is nothing to say. */
    static List<String> details(Node.Op op, Map<String, Integer> inherited) {
        List<String> details = new ArrayList<>();
        Integer channels = argument(op, "channels", inherited);
        Integer units = argument(op, "units", inherited);
        Integer stride = argument(op, "stride", inherited);
        Integer percent = argument(op, "percent", inherited);
        Integer expansion = argument(op, "expansion", inherited);
        if (expansion != null) {
            details.add("expansion " + expansion);
        }
        if (channels != null) {
            details.add(channels + " channels");
        }
        if (units != null) {
            details.add(units + " units");
        }
        if (stride != null && stride > 1) {
            details.add("stride " + stride);
        }
        if (percent != null) {
            details.add(percent + " %");
        }
        return details;
    }

    /** Whether it is too small for a box of its own. */
    static boolean isMinor(Node.Op op) {
        return switch (op.name()) {
            case "batch_norm",
                    "layer_norm",
                    "relu6",
                    "hard_swish",
                    "hard_sigmoid",
                    "relu",
                    "leaky_relu",
                    "elu",
                    "gelu",
                    "silu",
                    "tanh",
                    "sigmoid",
                    "dropout" ->
                    true;
            default -> false;
        };
    }

    private static Integer argument(Node.Op op, String name, Map<String, Integer> inherited) {
        Integer own = op.args().get(name);
        if (own != null) {
            return own;
        }
        return op.operation().takes(name) ? inherited.get(name) : null;
    }

    /** {@code sep 3x3} for {@code sep_conv_3x3}. */
    static String abbreviated(String label) {
        return label.replaceAll("_(conv|pool)_", " ").replace("skip_connect", "skip");
    }

    /** An expression in one line. */
    static String describe(Node node) {
        if (node instanceof Node.Op op) {
            List<String> details = details(op, Map.of());
            return label(op) + (details.isEmpty() ? "" : " " + String.join(", ", details));
        }
        if (node instanceof Node.Ref ref) {
            return ref.name();
        }
        if (node instanceof Node.Chain chain) {
            return String.join(" \u203a ", chain.steps().stream().map(OpText::describe).toList());
        }
        if (node instanceof Node.Choice choice) {
            return "one of " + choice.options().size();
        }
        return node instanceof Node.Subset subset
                ? subset.picks() + " of " + subset.options().size()
                : "cell";
    }
}
