package io.nas4j.json;

import static io.nas4j.space.Require.require;

import io.nas4j.data.Answer;
import io.nas4j.data.ColumnEncoding;
import io.nas4j.data.TableEncoding;
import io.nas4j.data.Target;
import io.nas4j.operation.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Trained networks: their cards, and the headers of their weights. */
final class ModelJson {

    private static final String METADATA = "__metadata__";

    private static final RecordJson ENCODINGS =
            new RecordJson(
                    Vocabulary.of(
                            List.of(
                                    TableEncoding.class,
                                    ColumnEncoding.LeftOut.class,
                                    ColumnEncoding.Number.class,
                                    ColumnEncoding.Category.class,
                                    ColumnEncoding.Date.class,
                                    ColumnEncoding.Prose.class)));

    private ModelJson() {}

    static void write(Writer out, ModelCard card) {
        out.object("network", () -> SpaceJson.write(out, card.network()));
        out.field("inputs", card.images() ? "images" : "rows");
        out.integers("shape", List.of(card.channels(), card.height(), card.width()));
        card.encoding().ifPresent(some -> out.object("encoding", () -> ENCODINGS.write(out, some)));
        Answer answer = card.answer();
        // a classifier's card says what it always said
        out.texts(names(answer.kind()), answer.names());
        if (answer.kind() == Target.Kind.NUMBERS) {
            out.numbers("answer scale", answer.scale()).numbers("answer offset", answer.offset());
        }
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
                in.has("encoding")
                        ? Optional.of(ENCODINGS.read(in.object("encoding"), TableEncoding.class))
                        : Optional.empty(),
                answer(in),
                in.numbers("scale"),
                in.numbers("offset"),
                provenance);
    }

    private static String names(Target.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Answer answer(Fields in) {
        for (Target.Kind kind : Target.Kind.values()) {
            if (in.has(names(kind))) {
                List<String> names = in.texts(names(kind));
                return kind == Target.Kind.NUMBERS
                        ? new Answer(
                                kind,
                                names,
                                in.numbers("answer scale"),
                                in.numbers("answer offset"))
                        : new Answer(kind, names);
            }
        }
        // says what is missing
        return Answer.classes(in.texts(names(Target.Kind.CLASSES)));
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
