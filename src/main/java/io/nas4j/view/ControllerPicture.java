package io.nas4j.view;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Kind;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Style;
import io.nas4j.view.Graph.Vertex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A controller unrolled: one box per token, in the order in which it writes them. */
final class ControllerPicture {

    private static final Pattern VERTEX = Pattern.compile("^((?:.*/)?v[0-9]+)/");

    private ControllerPicture() {}

    static Diagram of(SearchSpace space, Architecture architecture, OptionWeights policy) {
        Walk walk = space.walk(architecture);
        Map<String, List<Vertex>> rows = new LinkedHashMap<>();
        for (int i = 0; i < walk.decisions().size(); i++) {
            Decision decision = walk.decisions().get(i);
            String row = row(decision.id());
            String name = decision.id().substring(row.isEmpty() ? 0 : row.length() + 1);
            int answer = architecture.choices().get(i);
            rows.computeIfAbsent(row, key -> new ArrayList<>())
                    .add(token(name, decision, answer, policy));
        }
        List<Graph> graphs = new ArrayList<>();
        rows.forEach((row, tokens) -> graphs.add(chain(named(row), tokens)));
        return new Diagram(space.name() + ", as the controller writes it", graphs);
    }

    /** A path for the reader: the vertices of a network that is one cell are its layers. */
    static String named(String id) {
        return id.replaceFirst("^v([0-9]+)(?=/|$)", "layer $1");
    }

    /** Tokens of one layer, or one vertex of a cell, stand together. */
    private static String row(String id) {
        Matcher vertex = VERTEX.matcher(id);
        return vertex.find() ? vertex.group(1) : id.substring(0, Math.max(0, id.lastIndexOf('/')));
    }

    private static Vertex token(String name, Decision decision, int answer, OptionWeights policy) {
        List<String> lines = new ArrayList<>();
        lines.add(name);
        List<Double> weights = policy.byDecision().get(decision.id());
        if (weights != null) {
            double probability =
                    decision.picked(answer).stream().mapToDouble(weights::get).min().orElseThrow();
            lines.add(String.format(Locale.ROOT, "p = %.2f", probability));
        }
        String label = decision.label(answer);
        return new Vertex(label.substring(label.indexOf('=') + 1), lines, Kind.PART, Mark.NONE);
    }

    private static Graph chain(String caption, List<Vertex> tokens) {
        List<Edge> edges =
                IntStream.range(1, tokens.size())
                        .mapToObj(i -> new Edge(i - 1, i, Style.PLAIN, List.of(), Mark.NONE))
                        .toList();
        return new Graph(caption, tokens, edges, "");
    }
}
