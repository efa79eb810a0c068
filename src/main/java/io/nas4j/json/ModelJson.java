package io.nas4j.json;

import static io.nas4j.space.Require.require;

import io.nas4j.operation.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trained networks: their cards, and the headers of their weights. */
final class ModelJson {

    private static final String METADATA = "__metadata__";

    private ModelJson() {}

    static void write(Writer out, ModelCard card) {
        out.object("network", () -> SpaceJson.write(out, card.network()));
        out.field("inputs", card.images() ? "images" : "rows");
        out.integers("shape", List.of(card.channels(), card.height(), card.width()));
        out.texts("classes", card.classes());
        out.numbers("scale", card.scale()).numbers("offset", card.offset());
        out.object(
                "provenance",
                () -> card.provenance().forEach((name, text) -> out.field(name, text)));
    }

    static ModelCard card(Fields in, Collection<Operation> own) {
        List<Integer> shape = in.integers("shape");
        require(
                shape.size() == 3,
                "field \"shape\" must be channels, height and width, but was %s.",
                shape);
        String inputs = in.text("inputs");
        require(
                inputs.equals("images") || inputs.equals("rows"),
                "field \"inputs\" must be images or rows, but was \"%s\".",
                inputs);
        Map<String, String> provenance = new LinkedHashMap<>();
        Fields texts = in.object("provenance");
        texts.names().forEach(name -> provenance.put(name, texts.text(name)));
        return new ModelCard(
                SpaceJson.space(in.object("network"), own),
                shape.get(0),
                shape.get(1),
                shape.get(2),
                inputs.equals("images"),
                in.texts("classes"),
                in.numbers("scale"),
                in.numbers("offset"),
                provenance);
    }

    /** The header of a safetensors file: no document of nas4j, so without version and kind. */
    static String header(List<TensorEntry> entries) {
        return Writer.object(
                out -> {
                    out.object(METADATA, () -> out.field("format", "pt"));
                    for (TensorEntry entry : entries) {
                        out.object(
                                entry.name(),
                                () ->
                                        out.field("dtype", entry.type())
                                                .wholes("shape", entry.shape())
                                                .wholes(
                                                        "data_offsets",
                                                        List.of(entry.from(), entry.to())));
                    }
                });
    }

    static List<TensorEntry> entries(String text) {
        Fields in = Fields.parse(text);
        List<TensorEntry> entries = new ArrayList<>();
        for (String name : in.names()) {
            if (name.equals(METADATA)) {
                continue;
            }
            Fields entry = in.object(name);
            List<Long> offsets = entry.wholes("data_offsets");
            require(
                    offsets.size() == 2,
                    "tensor \"%s\" must have two offsets, but has %s.",
                    name,
                    offsets);
            entries.add(
                    new TensorEntry(
                            name,
                            entry.text("dtype"),
                            entry.wholes("shape"),
                            offsets.get(0),
                            offsets.get(1)));
        }
        return entries;
    }
}
