package io.nas4j.export;

import io.nas4j.nn.Kernel;
import io.nas4j.nn.Kernel.Activation;
import io.nas4j.nn.Kernel.ChannelsLast;
import io.nas4j.nn.Kernel.Concat;
import io.nas4j.nn.Kernel.Convolution;
import io.nas4j.nn.Kernel.Crop;
import io.nas4j.nn.Kernel.Dense;
import io.nas4j.nn.Kernel.DropPath;
import io.nas4j.nn.Kernel.Dropout;
import io.nas4j.nn.Kernel.Flatten;
import io.nas4j.nn.Kernel.GlobalPool;
import io.nas4j.nn.Kernel.Normalise;
import io.nas4j.nn.Kernel.NormaliseLayer;
import io.nas4j.nn.Kernel.Pad;
import io.nas4j.nn.Kernel.Pool;
import io.nas4j.nn.Kernel.ScaleChannels;
import io.nas4j.nn.Kernel.Shuffle;
import io.nas4j.nn.Kernel.Slice;
import io.nas4j.nn.Kernel.Sum;
import io.nas4j.nn.Kernel.Zero;
import io.nas4j.operation.Primitive.Activation.Function;
import java.util.List;
import java.util.Locale;

/** Plain DJL; the helper methods that it calls stand in {@code Block.java.txt}. */
final class JavaDialect implements Dialect {

    @Override
    public String expression(Kernel kernel, List<String> in, List<String> slots) {
        String x = in.get(0);
        if (kernel instanceof Convolution c) {
            return format(
                    "convolve(%s, %s, %s, %d, %d, %d, %d, %d, %d)",
                    x,
                    slots.get(0),
                    slots.size() > 1 ? slots.get(1) : "null",
                    c.strideHeight(),
                    c.strideWidth(),
                    c.padHeight(),
                    c.padWidth(),
                    c.dilation(),
                    c.groups());
        } else if (kernel instanceof Dense) {
            return format("dense(%s, %s, %s)", x, slots.get(0), slots.get(1));
        } else if (kernel instanceof Normalise) {
            return format("normalise(%s, %s, training)", x, String.join(", ", slots));
        } else if (kernel instanceof NormaliseLayer) {
            return format("normaliseLayer(%s, %s, %s)", x, slots.get(0), slots.get(1));
        } else if (kernel instanceof ScaleChannels) {
            return format("%s.mul(%s.expandDims(2).expandDims(3))", x, in.get(1));
        } else if (kernel instanceof Shuffle s) {
            return format("shuffle(%s, %d)", x, s.groups());
        } else if (kernel instanceof Slice s) {
            return format("%s.get(\":, %d:%d\")", x, s.from(), s.to());
        } else if (kernel instanceof Activation a) {
            return format(activation(a.function()), x);
        } else if (kernel instanceof Pool p) {
            return format(
                    "%s(%s, %d, %d, %d, %s)",
                    p.max() ? "maxPool" : "averagePool",
                    x,
                    p.kernel(),
                    p.stride(),
                    p.pad(),
                    p.ceil());
        } else if (kernel instanceof Pad p) {
            return format("%s.pad(new Shape(0, %d, 0, %d), 0)", x, p.right(), p.bottom());
        } else if (kernel instanceof Crop c) {
            return format(
                    "%s.get(\":, :, %d:%d, %d:%d\")",
                    x, c.top(), c.top() + c.height(), c.left(), c.left() + c.width());
        } else if (kernel instanceof Sum s) {
            String sum = x;
            for (int i = 1; i < in.size(); i++) {
                sum = format("%s.add(%s)", sum, in.get(i));
            }
            return s.mean() && in.size() > 1 ? format("times(%s, 1f / %d)", sum, in.size()) : sum;
        } else if (kernel instanceof Zero z) {
            return z.flat()
                    ? format("zeros(%s, %d)", x, z.channels())
                    : format("zeros(%s, %d, %d, %d)", x, z.channels(), z.height(), z.width());
        } else if (kernel instanceof Concat) {
            return format("join(%s)", String.join(", ", in));
        } else if (kernel instanceof GlobalPool) {
            return format("Pool.globalAvgPool2d(%s)", x);
        } else if (kernel instanceof Flatten) {
            return format("%s.reshape(%s.getShape().get(0), -1)", x, x);
        } else if (kernel instanceof Dropout d) {
            return format("dropout(%s, %sf, training)", x, d.percent() / 100.0);
        } else if (kernel instanceof DropPath || kernel instanceof ChannelsLast) {
            return x;
        }
        return "";
    }

    private static String activation(Function function) {
        return switch (function) {
            case RELU -> "Activation.relu(%s)";
            case LEAKY_RELU -> "Activation.leakyRelu(%s, 0.01f)";
            case ELU -> "Activation.elu(%s, 1)";
            case GELU -> "Activation.gelu(%s)";
            case SILU -> "silu(%s)";
            case TANH -> "Activation.tanh(%s)";
            case SIGMOID -> "Activation.sigmoid(%s)";
            case RELU6 -> "%s.clip(0, 6)";
            case HARD_SIGMOID -> "hardSigmoid(%s)";
            case HARD_SWISH -> "hardSwish(%s)";
        };
    }

    private static String format(String form, Object... args) {
        return String.format(Locale.ROOT, form, args);
    }
}
