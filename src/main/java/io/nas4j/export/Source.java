package io.nas4j.export;

import io.nas4j.json.ModelCard;
import io.nas4j.model.NasModel;
import io.nas4j.nn.InputShape;
import io.nas4j.nn.Instruction;
import io.nas4j.nn.LayerCount;
import io.nas4j.nn.Networks;
import io.nas4j.nn.Program;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model's program as statements of a language, and the page that they are put into. */
record Source(ModelCard card, Program program) {

    private static final Pattern HOLE = Pattern.compile("@([A-Z]+)@");

    static Source of(NasModel model) {
        ModelCard card = model.card();
        InputShape input = new InputShape(card.channels(), card.height(), card.width());
        return new Source(card, Networks.lower(card.network(), input, card.outputs(), 1));
    }

    /**
     * One assignment an instruction that the output needs.
     *
     * @param register from a number to a name
     * @param slot from a number to a name
     * @return {@code name = expression}, without an end
     */
    List<String> statements(
            Dialect dialect, IntFunction<String> register, IntFunction<String> slot) {
        boolean[] needed = LayerCount.needed(program);
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < needed.length; i++) {
            if (!needed[i]) {
                continue;
            }
            Instruction instruction = program.instructions().get(i);
            String expression =
                    dialect.expression(
                            instruction.kernel(),
                            instruction.inputs().stream().map(register::apply).toList(),
                            instruction.slots().stream().map(slot::apply).toList());
            if (expression.isEmpty()) {
                throw Dialect.foreign(program, instruction);
            }
            statements.add(register.apply(instruction.output()) + " = " + expression);
        }
        return statements;
    }

    /** By hole, what is filled in alike in every language; to be added to. */
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        texts.put("CHANNELS", String.valueOf(card.channels()));
        texts.put("HEIGHT", String.valueOf(card.height()));
        texts.put("WIDTH", String.valueOf(card.width()));
        texts.put("COUNT", String.valueOf(card.outputs()));
        texts.put("COMMENT", comment());
        return texts;
    }

    /** Where the model comes from, in one line that ends no comment. */
    private String comment() {
        return Literal.comment(card.provenance().toString());
    }

    /** Fills a page's holes, each once: what is filled in is not looked at again. */
    static String filled(String resource, Map<String, String> texts) {
        Matcher holes = HOLE.matcher(read(resource));
        return holes.replaceAll(
                hole ->
                        Matcher.quoteReplacement(
                                Objects.requireNonNull(texts.get(hole.group(1)), hole.group())));
    }

    private static String read(String resource) {
        try (InputStream in = Source.class.getResourceAsStream(resource)) {
            return new String(
                    Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
