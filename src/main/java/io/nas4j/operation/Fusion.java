package io.nas4j.operation;

import io.nas4j.operation.Primitive.BatchNorm;
import io.nas4j.operation.Primitive.Branches;
import io.nas4j.operation.Primitive.Convolution;
import io.nas4j.operation.Primitive.Pool;
import java.util.List;

/**
 * A fast form in which a supernet may run an operation on many edges at once: an operation declares
 * it by {@link Operation#fusesAs}, and it is used wherever the layers are of that form.
 */
public enum Fusion {
    /** A pooling and its normalisation: computed once for all edges that leave a value. */
    POOLING,
    /** ReLU, convolution, normalisation: one wide convolution. */
    CONVOLUTION,
    /** Twice ReLU, depthwise, 1×1, normalisation: one depthwise convolution, one product. */
    SEPARABLE,
    /** Once the same, of dilation 2: undilated on the image's phases. */
    DILATED,
    /** A factorized reduce: one 3×3 convolution. */
    REDUCE;

    /**
     * Whether layers are of this form.
     *
     * @param layers of an operation where it stands
     * @return false where a supernet has to run them one by one
     */
    public boolean fits(List<Primitive> layers) {
        return switch (this) {
            case POOLING -> layers.size() == 2 && layers.get(0) instanceof Pool && ends(layers);
            case CONVOLUTION ->
                    layers.size() == 3
                            && relu(layers.get(0))
                            && square(layers.get(1), 1)
                            && ((Convolution) layers.get(1)).groups() == 1
                            && ends(layers);
            case SEPARABLE ->
                    layers.size() == 8
                            && half(layers.subList(0, 4), 1)
                            && half(layers.subList(4, 8), 1)
                            && ((Convolution) layers.get(5)).strideHeight() == 1;
            case DILATED -> layers.size() == 4 && half(layers, 2);
            case REDUCE ->
                    layers.size() == 4
                            && relu(layers.get(0))
                            && layers.get(2) instanceof Branches halves
                            && halves.equals(CellOperations.halves(halves.channels()))
                            && halves.channels() > 1
                            && ends(layers);
        };
    }

    private static boolean half(List<Primitive> layers, int dilation) {
        return relu(layers.get(0))
                && square(layers.get(1), dilation)
                && ((Convolution) layers.get(1)).isDepthwise()
                && square(layers.get(2), 1)
                && layers.get(2).equals(pointwise((Convolution) layers.get(2)))
                && ends(layers);
    }

    private static Primitive pointwise(Convolution like) {
        return Primitive.conv(like.name(), like.channels(), 1, 1);
    }

    /** Of one odd side, at stride 1 or 2, without bias. */
    private static boolean square(Primitive layer, int dilation) {
        return layer instanceof Convolution conv
                && conv.height() == conv.width()
                && conv.height() % 2 == 1
                && conv.strideHeight() == conv.strideWidth()
                && conv.strideHeight() <= 2
                && conv.dilation() == dilation
                && !conv.bias();
    }

    private static boolean relu(Primitive layer) {
        return layer.equals(Primitive.RELU);
    }

    private static boolean ends(List<Primitive> layers) {
        return layers.get(layers.size() - 1) instanceof BatchNorm norm
                && norm.kind() != BatchNorm.Kind.LEARNT;
    }
}
