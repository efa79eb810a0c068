package io.nas4j.genotype;

import static io.nas4j.space.Require.require;

import io.nas4j.genotype.Genotype.Edge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Reads the one Python value that a genotype is; nothing of it is ever run. */
final class GenotypeReader {

    private static final int LONGEST = 20_000;
    private static final int MOST_VERTICES = 64;
    private static final Set<String> FIELDS =
            Set.of("normal", "normal_concat", "reduce", "reduce_concat");

    private final String text;
    private int at;

    GenotypeReader(String text) {
        require(
                text.length() <= LONGEST,
                "a genotype has at most %d characters, but has %d.",
                LONGEST,
                text.length());
        this.text = text;
    }

    Genotype read() {
        Map<String, List<Edge>> edges = new LinkedHashMap<>();
        Map<String, List<Integer>> concats = new LinkedHashMap<>();
        if (peek() != 'G') {
            // "DARTS_V2 = Genotype(..)" as in a file
            word();
            expect('=');
        }
        require(word().equals("Genotype"), "a genotype begins with \"Genotype(\"%s", place());
        expect('(');
        while (peek() != ')') {
            String field = word();
            require(
                    FIELDS.contains(field)
                            && !edges.containsKey(field)
                            && !concats.containsKey(field),
                    "a genotype has each of %s once, but names \"%s\"%s",
                    new TreeSet<>(FIELDS),
                    field,
                    place());
            expect('=');
            if (field.endsWith("_concat")) {
                concats.put(field, integers());
            } else {
                edges.put(field, edges());
            }
            if (peek() == ',') {
                at++;
            }
        }
        expect(')');
        peek();
        require(
                at == text.length(),
                "a genotype ends with its parenthesis, but goes on%s",
                place());
        FIELDS.forEach(
                field ->
                        require(
                                edges.containsKey(field) || concats.containsKey(field),
                                "a genotype has each of %s, but \"%s\" is missing.",
                                new TreeSet<>(FIELDS),
                                field));
        return new Genotype(
                edges.get("normal"),
                concats.get("normal_concat"),
                edges.get("reduce"),
                concats.get("reduce_concat"));
    }

    private List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        expect('[');
        while (peek() != ']') {
            require(
                    edges.size() < 2 * MOST_VERTICES,
                    "a cell has at most %d vertices, but has more%s",
                    MOST_VERTICES,
                    place());
            expect('(');
            char quote = peek();
            require(
                    quote == '\'' || quote == '"',
                    "an edge begins with an operation's name in quotes%s",
                    place());
            at++;
            int end = text.indexOf(quote, at);
            require(end >= 0, "an operation's name ends with a quote%s", place());
            String operation = text.substring(at, end);
            at = end + 1;
            expect(',');
            edges.add(new Edge(operation, integer()));
            expect(')');
            if (peek() == ',') {
                at++;
            }
        }
        expect(']');
        return edges;
    }

    /** {@code [2, 3, 4]} or {@code range(2, 5)}. */
    private List<Integer> integers() {
        List<Integer> integers = new ArrayList<>();
        if (peek() == 'r' || peek() == 'l') {
            boolean list = peek() == 'l';
            if (list) {
                require(word().equals("list"), "a concat is a list or a range%s", place());
                expect('(');
            }
            require(word().equals("range"), "a concat is a list or a range%s", place());
            expect('(');
            int from = integer();
            expect(',');
            int to = integer();
            expect(')');
            if (list) {
                expect(')');
            }
            return IntStream.range(from, to).boxed().toList();
        }
        expect('[');
        while (peek() != ']') {
            integers.add(integer());
            if (peek() == ',') {
                at++;
            }
        }
        expect(']');
        return integers;
    }

    /** At most three digits: no cell has more values. */
    private int integer() {
        peek();
        int from = at;
        while (at < text.length() && at < from + 3 && Character.digit(text.charAt(at), 10) >= 0) {
            at++;
        }
        require(at > from, "a number was expected%s", place());
        return Integer.parseInt(text.substring(from, at));
    }

    private String word() {
        peek();
        int from = at;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private void expect(char symbol) {
        require(peek() == symbol, "\"%s\" was expected%s", symbol, place());
        at++;
    }

    /** The next character that is no space; 0 at the end. */
    private char peek() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private String place() {
        String rest = text.substring(at, Math.min(text.length(), at + 20));
        return ", but character "
                + (at + 1)
                + (rest.isEmpty() ? " is the end" : " begins \"" + rest + "\"")
                + ". Try Genotype(normal=[('sep_conv_3x3', 1), ..], normal_concat=[2, 3, 4, 5],"
                + " reduce=[..], reduce_concat=[2, 3, 4, 5]).";
    }
}
