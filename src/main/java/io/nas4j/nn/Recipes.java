package io.nas4j.nn;

import static io.nas4j.space.Require.require;

import io.nas4j.operation.Arguments;
import io.nas4j.operation.Primitive;
import io.nas4j.operation.Primitive.Activation;
import io.nas4j.operation.Primitive.BatchNorm;
import io.nas4j.operation.Primitive.Branches;
import io.nas4j.operation.Primitive.Convolution;
import io.nas4j.operation.Primitive.Dense;
import io.nas4j.operation.Primitive.Dropout;
import io.nas4j.operation.Primitive.EvenSides;
import io.nas4j.operation.Primitive.Flatten;
import io.nas4j.operation.Primitive.Foreign;
import io.nas4j.operation.Primitive.GlobalPool;
import io.nas4j.operation.Primitive.LayerNorm;
import io.nas4j.operation.Primitive.Pool;
import io.nas4j.operation.Primitive.Scale;
import io.nas4j.operation.Primitive.Shift;
import io.nas4j.operation.Primitive.Shuffle;
import io.nas4j.operation.Primitive.Slice;
import io.nas4j.operation.Primitive.Zero;
import io.nas4j.space.Node;
import java.util.List;

/** Operations as instructions: asks each for its layers and translates these. */
final class Recipes {

    private final Assembly out;
    private final MapLayers maps;
    private final double width;
    private final int classes;

    Recipes(Assembly out, double width, int classes) {
        this.out = out;
        this.maps = new MapLayers(out);
        this.width = width;
        this.classes = classes;
    }

    /** Channels as the network's width has them. */
    int scaled(int size, String where) {
        return Arguments.scaled(size, width, where);
    }

    /** Adds the instructions of one operation. */
    Value apply(Node.Op op, Value x, String place) {
        out.at(place, op.name());
        return lower(layers(op, x, place), x);
    }

    /** What an operation is made of where it stands. */
    List<Primitive> layers(Node.Op op, Value x, String place) {
        Arguments in =
                new Arguments(op.operation(), place, op.args(), x.channels(), classes, width);
        requireReducible(op.name(), in.stride(), x, place);
        return op.operation().layers(in);
    }

    Value lower(List<Primitive> layers, Value x) {
        Value value = x;
        for (Primitive layer : layers) {
            value = lower(layer, value);
        }
        return value;
    }

    private Value lower(Primitive layer, Value x) {
        if (layer instanceof Activation activation) {
            return out.activation(x, activation.function());
        }
        if (layer instanceof Convolution convolution) {
            return out.conv(convolution, image(x));
        }
        if (layer instanceof BatchNorm norm) {
            return out.norm(norm, x);
        }
        if (layer instanceof LayerNorm norm) {
            return out.layerNorm(norm.name(), x);
        }
        if (layer instanceof Pool pool) {
            return out.pool(image(x), pool);
        }
        if (layer instanceof GlobalPool) {
            return out.globalPool(x);
        }
        if (layer instanceof Flatten) {
            return out.flatten(x);
        }
        if (layer instanceof Dense dense) {
            return out.dense(dense.name(), x, dense.units());
        }
        if (layer instanceof Dropout dropout) {
            return out.dropout(x, dropout.percent());
        }
        return layer instanceof Zero zero ? out.zeros(x, zero.stride()) : map(layer, image(x));
    }

    /** What is for maps only. */
    private Value map(Primitive layer, Value x) {
        if (layer instanceof EvenSides) {
            return out.pad(x, x.height() + x.height() % 2, x.width() + x.width() % 2);
        }
        if (layer instanceof Shift) {
            return out.crop(x, 1, 1, x.height() - 1, x.width() - 1);
        }
        if (layer instanceof Slice slice) {
            return maps.slice(x, slice.from(), slice.to());
        }
        if (layer instanceof Shuffle shuffle) {
            return maps.shuffle(x, shuffle.groups());
        }
        if (layer instanceof Scale scale) {
            return maps.scaled(x, lower(scale.gate(), x));
        }
        if (layer instanceof Branches branches) {
            List<Value> ends =
                    branches.branches().stream().map(branch -> lower(branch, x)).toList();
            return maps.joined(branches.concatenated(), ends);
        }
        return maps.foreign((Foreign) layer, x);
    }

    private Value image(Value x) {
        require(
                !x.flat(),
                "%s needs a feature map, but gets rows of %d features. Try a space for rows such"
                        + " as Spaces.mlp().",
                out.where(),
                x.channels());
        return x;
    }

    private static void requireReducible(String name, int stride, Value x, String place) {
        require(
                stride == 1 || !x.flat(),
                "\"%s\" at %s cannot have stride %d on rows of %d features. Try stride 1.",
                name,
                place,
                stride,
                x.channels());
        require(
                stride == 1 || x.height() > 1 || x.width() > 1,
                "\"%s\" at %s would reduce a map of 1×1 pixels by stride %d. Try fewer reductions,"
                        + " or larger images.",
                name,
                place,
                stride);
    }
}
