package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import io.nas4j.nn.Assembly.Conv;
import io.nas4j.space.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each operation of {@code Operations} is made of.
 *
 * @see <a href="https://arxiv.org/abs/1806.09055">Liu et al., 2019: separable and dilated
 *     convolutions, factorized reduce</a>
 * @see <a href="https://arxiv.org/abs/2001.00326">Dong and Yang, 2020: the residual block</a>
 */
final class Recipes {

    private final Assembly out;
    private final Setting setting;
    private final int classes;

    Recipes(Assembly out, Setting setting, int classes) {
        this.out = out;
        this.setting = setting;
        this.classes = classes;
    }

    /** Adds the instructions of one operation. */
    Value apply(Node.Op op, Value x, String place) {
        out.at(place);
        return switch (op.name()) {
            case "none" -> none(x, stride(op, x, place));
            case "skip_connect" -> skip(x, stride(op, x, place));
            case "max_pool", "avg_pool" -> pool(op, image(op, x, place), place);
            case "nor_conv" -> norConv(op, image(op, x, place), place);
            case "sep_conv" -> sepConv(op, image(op, x, place), place);
            case "dil_conv" -> dilConv(op, image(op, x, place), place);
            case "fac_conv" -> facConv(op, image(op, x, place), place);
            case "factorized_reduce" -> reduce("reduce", image(op, x, place), channels(op, x));
            case "conv" -> conv(op, image(op, x, place), place);
            case "stem" -> stem(op, image(op, x, place));
            case "residual" -> residual(op, image(op, x, place), place);
            case "batch_norm" -> out.norm("norm", x, true);
            case "dropout" -> dropout(op, x);
            case "flatten" -> out.flatten(x);
            case "global_pool" -> out.globalPool(image(op, x, place));
            case "dense" ->
                    out.dense("dense", out.flatten(x), setting.scaled(given(op, "units", place)));
            case "classifier" -> out.dense("classifier", out.globalPool(x), classes);
            default ->
                    out.activation(
                            x,
                            Kernel.Activation.Function.valueOf(op.name().toUpperCase(Locale.ROOT)));
        };
    }

    private Value none(Value x, int stride) {
        return out.zeros(
                x,
                x.channels(),
                Assembly.reduced(x.height(), stride),
                Assembly.reduced(x.width(), stride));
    }

    private Value skip(Value x, int stride) {
        Value result = x;
        for (int left = stride; left > 1; left /= 2) {
            result = reduce(left == stride ? "reduce" : "reduce" + left, result, x.channels());
        }
        return result;
    }

    private Value pool(Node.Op op, Value x, String place) {
        boolean max = op.name().equals("max_pool");
        Value result = out.pool(x, max, given(op, "kernel", place), stride(op, x, place));
        // a pool of zeros is zero, normalised or not
        return setting.normalisePools() && !result.zero()
                ? out.norm("norm", result, false)
                : result;
    }

    private Value norConv(Node.Op op, Value x, String place) {
        return reluConvNorm(
                "conv",
                "norm",
                x,
                Conv.square(channels(op, x), given(op, "kernel", place), stride(op, x, place)),
                setting.affine());
    }

    private Value sepConv(Node.Op op, Value x, String place) {
        int kernel = given(op, "kernel", place);
        Value middle = separable("1", x, x.channels(), kernel, stride(op, x, place), 1);
        return separable("2", middle, channels(op, x), kernel, 1, 1);
    }

    private Value dilConv(Node.Op op, Value x, String place) {
        return separable(
                "", x, channels(op, x), given(op, "kernel", place), stride(op, x, place), 2);
    }

    private Value separable(
            String part, Value x, int channels, int kernel, int stride, int dilation) {
        Value result = out.relu(x);
        result =
                out.conv(
                        "depthwise" + part,
                        result,
                        Conv.depthwise(x.channels(), kernel, stride, dilation));
        result = out.conv("pointwise" + part, result, Conv.square(channels, 1, 1));
        return out.norm("norm" + part, result, setting.affine());
    }

    private Value facConv(Node.Op op, Value x, String place) {
        int kernel = given(op, "kernel", place);
        int stride = stride(op, x, place);
        int channels = channels(op, x);
        Value result = out.relu(x);
        result = out.conv("row", result, new Conv(channels, 1, kernel, 1, stride, 1, 1, false));
        result = out.conv("column", result, new Conv(channels, kernel, 1, stride, 1, 1, 1, false));
        return out.norm("norm", result, setting.affine());
    }

    private Value conv(Node.Op op, Value x, String place) {
        Integer kernel = op.args().get("kernel");
        int height = kernel != null ? kernel : given(op, "height", place);
        int width = kernel != null ? kernel : given(op, "width", place);
        int stride = stride(op, x, place);
        return out.conv(
                "conv", x, new Conv(channels(op, x), height, width, stride, stride, 1, 1, true));
    }

    private Value stem(Node.Op op, Value x) {
        return out.norm("norm", out.conv("conv", x, Conv.square(channels(op, x), 3, 1)), true);
    }

    private Value residual(Node.Op op, Value x, String place) {
        int channels = channels(op, x);
        int stride = stride(op, x, place);
        Value body = reluConvNorm("conv1", "norm1", x, Conv.square(channels, 3, stride), true);
        body = reluConvNorm("conv2", "norm2", body, Conv.square(channels, 3, 1), true);
        Value shortcut = x;
        if (stride > 1) {
            Value pooled = out.pool(x, false, stride, stride);
            shortcut = out.conv("shortcut", pooled, Conv.square(channels, 1, 1));
        } else if (channels != x.channels()) {
            shortcut = reluConvNorm("conv0", "norm0", x, Conv.square(channels, 1, 1), true);
        }
        return out.merged(new Kernel.Sum(false), List.of(shortcut, body), channels);
    }

    private Value dropout(Node.Op op, Value x) {
        return out.like(new Kernel.Dropout(op.args().getOrDefault("percent", 50)), x, List.of());
    }

    Value reluConvNorm(String conv, String norm, Value x, Conv shape, boolean affine) {
        return out.norm(norm, out.conv(conv, out.relu(x), shape), affine);
    }

    /** Halves a map by two strided 1×1 convolutions, the second one pixel to the lower right. */
    Value reduce(String part, Value x, int channels) {
        Value even = out.relu(x);
        // two halves of one size need an even number of pixels
        even = out.pad(even, x.height() + x.height() % 2, x.width() + x.width() % 2);
        int half = channels / 2;
        Value odd = out.crop(even, 1, 1, even.height() - 1, even.width() - 1);
        List<Value> halves = new ArrayList<>();
        if (half > 0) {
            halves.add(out.conv(part + ".even", even, Conv.square(half, 1, 2)));
        }
        halves.add(out.conv(part + ".odd", odd, Conv.square(channels - half, 1, 2)));
        Value joined = half > 0 ? out.merged(new Kernel.Concat(), halves, channels) : halves.get(0);
        return out.norm(part + ".norm", joined, setting.affine());
    }

    private int channels(Node.Op op, Value x) {
        Integer channels = op.args().get("channels");
        return channels == null ? x.channels() : setting.scaled(channels);
    }

    private static int given(Node.Op op, String argument, String place) {
        Integer value = op.args().get(argument);
        require(
                value != null,
                "\"%s\" at %s needs the argument \"%s\". Try op(\"%s\", \"%s\", 3), or a"
                        + " with(..) before it.",
                op.name(),
                place,
                argument,
                op.name(),
                argument);
        return value;
    }

    private static Value image(Node.Op op, Value x, String place) {
        require(
                !x.flat(),
                "\"%s\" at %s needs a feature map, but gets rows of %d features. Try a space for"
                        + " rows such as Spaces.mlp().",
                op.name(),
                place,
                x.channels());
        return x;
    }

    private static int stride(Node.Op op, Value x, String place) {
        int stride = op.args().getOrDefault("stride", 1);
        require(
                stride == 1 || !x.flat(),
                "\"%s\" at %s cannot have stride %d on rows of %d features. Try stride 1.",
                op.name(),
                place,
                stride,
                x.channels());
        require(
                stride == 1 || x.height() > 1 || x.width() > 1,
                "\"%s\" at %s would reduce a map of 1×1 pixels by stride %d. Try fewer reductions,"
                        + " or larger images.",
                op.name(),
                place,
                stride);
        require(
                !op.name().equals("skip_connect") || Integer.bitCount(stride) == 1,
                "the stride of \"skip_connect\" at %s must be a power of two, but was %d.",
                place,
                stride);
        return stride;
    }
}
