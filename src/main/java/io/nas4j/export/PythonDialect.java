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

/** PyTorch: {@code torch}, {@code torch.nn.functional as F}. */
final class PythonDialect implements Dialect {

    @Override
    public String expression(Kernel kernel, List<String> in, List<String> slots) {
        String x = in.get(0);
        if (kernel instanceof Convolution c) {
            return format(
                    "F.conv2d(%s, %s, %s, (%d, %d), (%d, %d), %d, %d)",
                    x,
                    slots.get(0),
                    slots.size() > 1 ? slots.get(1) : "None",
                    c.strideHeight(),
                    c.strideWidth(),
                    c.padHeight(),
                    c.padWidth(),
                    c.dilation(),
                    c.groups());
        } else if (kernel instanceof Dense) {
            return format("F.linear(%s, %s, %s)", x, slots.get(0), slots.get(1));
        } else if (kernel instanceof Normalise) {
            return format(
                    "F.batch_norm(%s, %s, self.training, 0.1, 1e-5)", x, String.join(", ", slots));
        } else if (kernel instanceof NormaliseLayer) {
            return format("layer_norm(%s, %s, %s)", x, slots.get(0), slots.get(1));
        } else if (kernel instanceof ScaleChannels) {
            return format("%s * %s[:, :, None, None]", x, in.get(1));
        } else if (kernel instanceof Shuffle s) {
            return format("shuffle(%s, %d)", x, s.groups());
        } else if (kernel instanceof Slice s) {
            return format("%s[:, %d:%d]", x, s.from(), s.to());
        } else if (kernel instanceof Activation a) {
            return format(activation(a.function()), x);
        } else if (kernel instanceof Pool p) {
            return format(
                    p.max()
                            ? "F.max_pool2d(%s, %d, %d, %d, ceil_mode=%s)"
                            : "F.avg_pool2d(%s, %d, %d, %d, ceil_mode=%s, count_include_pad=False)",
                    x,
                    p.kernel(),
                    p.stride(),
                    p.pad(),
                    p.ceil() ? "True" : "False");
        } else if (kernel instanceof Pad p) {
            return format("F.pad(%s, (0, %d, 0, %d))", x, p.right(), p.bottom());
        } else if (kernel instanceof Crop c) {
            return format(
                    "%s[:, :, %d:%d, %d:%d]",
                    x, c.top(), c.top() + c.height(), c.left(), c.left() + c.width());
        } else if (kernel instanceof Sum s) {
            String sum = String.join(" + ", in);
            return s.mean() && in.size() > 1 ? format("(%s) / %d", sum, in.size()) : sum;
        } else if (kernel instanceof Zero z) {
            return z.flat()
                    ? format("%s.new_zeros((%s.shape[0], %d))", x, x, z.channels())
                    : format(
                            "%s.new_zeros((%s.shape[0], %d, %d, %d))",
                            x, x, z.channels(), z.height(), z.width());
        } else if (kernel instanceof Concat) {
            return format("torch.cat([%s], 1)", String.join(", ", in));
        } else if (kernel instanceof GlobalPool) {
            return x + ".mean((2, 3))";
        } else if (kernel instanceof Flatten) {
            return x + ".flatten(1)";
        } else if (kernel instanceof Dropout d) {
            return format("F.dropout(%s, %s, self.training)", x, d.percent() / 100.0);
        } else if (kernel instanceof DropPath || kernel instanceof ChannelsLast) {
            return x;
        }
        return "";
    }

    private static String activation(Function function) {
        return switch (function) {
            case RELU -> "F.relu(%s)";
            case LEAKY_RELU -> "F.leaky_relu(%s, 0.01)";
            case ELU -> "F.elu(%s)";
            case GELU -> "F.gelu(%s)";
            case SILU -> "F.silu(%s)";
            case TANH -> "torch.tanh(%s)";
            case SIGMOID -> "torch.sigmoid(%s)";
            case RELU6 -> "F.relu6(%s)";
            case HARD_SIGMOID -> "F.hardsigmoid(%s)";
            case HARD_SWISH -> "F.hardswish(%s)";
        };
    }

    private static String format(String form, Object... args) {
        return String.format(Locale.ROOT, form, args);
    }
}
