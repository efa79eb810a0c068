package io.nas4j.json;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Answer;
import io.nas4j.data.TableEncoding;
import io.nas4j.data.Target;
import io.nas4j.space.SearchSpace;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a trained network is besides its weights.
 *
 * @param network a space without holes
 * @param channels of an input image, or features of a row; at least 1
 * @param height of an input image in pixels; 1 for rows
 * @param width of an input image in pixels; 1 for rows
 * @param images whether inputs are images of bytes rather than rows of floats
 * @param encoding how a table's cells become the rows; empty for images, and for rows that were
 *     numbers already
 * @param answer what the network's outputs mean
 * @param scale factors of the raw inputs, one a channel
 * @param offset added behind, one a channel
 * @param provenance where the network comes from: names and texts
 */
public record ModelCard(
        SearchSpace network,
        int channels,
        int height,
        int width,
        boolean images,
        Optional<TableEncoding> encoding,
        Answer answer,
        List<Double> scale,
        List<Double> offset,
        Map<String, String> provenance) {

    public ModelCard {
        require(
                channels >= 1 && height >= 1 && width >= 1,
                "an input has channels, height and width of at least 1, but has %d×%d×%d.",
                channels,
                height,
                width);
        require(
                encoding.isEmpty() || !images && encoding.get().features().size() == channels,
                "a table must be encoded as the network's %d features, but it is %d.",
                channels,
                encoding.map(e -> e.features().size()).orElse(0));
        scale = List.copyOf(scale);
        offset = List.copyOf(offset);
        require(
                scale.size() == channels && offset.size() == channels,
                "a normalisation has a scale and an offset for each of %d channels, but has %d and"
                        + " %d.",
                channels,
                scale.size(),
                offset.size());
        provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    }

    /**
     * The names of the classes.
     *
     * @return by label
     * @throws IllegalArgumentException when something else is predicted
     */
    public List<String> classes() {
        answer.requireKind(Target.Kind.CLASSES, "classes()");
        return answer.names();
    }

    /**
     * How many numbers the network computes.
     *
     * @return at least 1
     */
    public int outputs() {
        return answer.outputs();
    }
}
