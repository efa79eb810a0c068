package io.nas4j.nn;

import io.nas4j.operation.Primitive.Activation.Function;
import io.nas4j.operation.Primitive.BatchNorm;
import java.util.List;

/** The layers of an {@link AuxiliaryNetwork}'s head. */
final class AuxiliaryHead {

    private static final int POOL = 5;
    private static final int POOL_STRIDE = 3;
    private static final int NARROW = 128;
    private static final int WIDE = 768;

    private AuxiliaryHead() {}

    /** From a map to logits. */
    static Program on(Value read, int classes) {
        Assembly out = new Assembly(new InputShape(read.channels(), read.height(), read.width()));
        out.at("auxiliary", "auxiliary head");
        Value x = out.activation(out.channelsLast(out.input()), Function.RELU);
        x = pool(out, x);
        x = block(out, x, "narrow", NARROW, 1);
        x = block(out, x, "wide", WIDE, 2);
        return out.finish(out.dense("logits", out.globalPool(x), classes));
    }

    /** Without padding, unlike the grammar's poolings. */
    private static Value pool(Assembly out, Value x) {
        int side = Math.min(POOL, Math.min(x.height(), x.width()));
        return out.emit(
                new Kernel.Pool(false, side, POOL_STRIDE, 0, false),
                List.of(x),
                List.of(),
                x.channels(),
                (x.height() - side) / POOL_STRIDE + 1,
                (x.width() - side) / POOL_STRIDE + 1);
    }

    private static Value block(Assembly out, Value x, String name, int channels, int side) {
        int window = Math.min(side, Math.min(x.height(), x.width()));
        Slot weight =
                new Slot(
                        name + ".weight",
                        Slot.Role.WEIGHT,
                        List.of(channels, x.channels(), window, window),
                        x.channels() * window * window);
        Value convolved =
                out.emit(
                        new Kernel.Convolution(1, 1, 0, 0, 1, 1),
                        List.of(x),
                        List.of(out.slot(weight)),
                        channels,
                        x.height() - window + 1,
                        x.width() - window + 1);
        BatchNorm norm = new BatchNorm(name + ".norm", BatchNorm.Kind.LEARNT);
        return out.activation(out.norm(norm, convolved), Function.RELU);
    }
}
