package io.nas4j.view;

import io.nas4j.space.Decision;
import io.nas4j.space.Node;
import io.nas4j.space.OptionWeights;
import io.nas4j.view.Graph.Kind;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Graph.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Steps of a chain become boxes: arguments go into the box of the operation that inherits them,
 * activations and normalisation into the box before, repeats are counted.
 */
final class Boxes {

    private final Map<String, Tree> trees;
    private final OptionWeights weights;
    private final Map<String, Integer> scope = new HashMap<>();
    private final Map<String, String> openArguments = new LinkedHashMap<>();
    private List<Box> boxes = new ArrayList<>();
    private String note = "";

    private static final class Box {
        final String label;
        final Kind kind;
        final List<String> lines;
        int times = 1;

        Box(String label, Kind kind, List<String> lines) {
            this.label = label;
            this.kind = kind;
            this.lines = new ArrayList<>(lines);
        }

        boolean repeats(Box next) {
            return kind == Kind.PART && label.equals(next.label) && lines.equals(next.lines);
        }

        Vertex vertex() {
            String text = times == 1 ? label : label + " \u00d7 " + times;
            return new Vertex(text, lines, kind, Mark.NONE);
        }
    }

    Boxes(Map<String, Tree> trees, OptionWeights weights) {
        this.trees = trees;
        this.weights = weights;
    }

    /** The boxes of a cell's vertex that is a layer: a source, then arguments and operations. */
    static Boxes ofVertex(Tree vertex, OptionWeights weights) {
        Boxes boxes = new Boxes(Map.of(), weights);
        boolean layer =
                vertex.node() instanceof Node.Chain
                        && vertex.children().stream().anyMatch(s -> s.isWith() || s.isArgument());
        if (layer) {
            vertex.children().subList(1, vertex.children().size()).forEach(boxes::step);
        }
        return boxes;
    }

    /** Chains within chains, and definitions without decisions, written out. */
    static List<Tree> flattened(Tree tree, Map<String, Tree> trees) {
        List<Tree> steps = new ArrayList<>();
        if (tree.node() instanceof Node.Chain) {
            tree.children().forEach(child -> steps.addAll(flattened(child, trees)));
        } else if (tree.node() instanceof Node.Ref ref && isPlain(trees.get(ref.name()))) {
            steps.addAll(flattened(trees.get(ref.name()), trees));
        } else {
            steps.add(tree);
        }
        return steps;
    }

    private static boolean isPlain(Tree definition) {
        return !GraphReader.isCell(definition) && !definition.isOpen();
    }

    boolean isEmpty() {
        return boxes.isEmpty();
    }

    List<Vertex> vertices() {
        return boxes.stream().map(Box::vertex).toList();
    }

    /** The boxes so far, which are then forgotten. */
    List<Vertex> take() {
        List<Vertex> taken = vertices();
        boxes = new ArrayList<>();
        return taken;
    }

    String note() {
        return note;
    }

    void step(Tree tree) {
        Node node = tree.node();
        if (node instanceof Node.Op op) {
            if (op.name().equals("with")) {
                scope.putAll(op.args());
                openArguments.keySet().removeAll(op.args().keySet());
            } else {
                operation(op);
            }
        } else if (tree.isArgument()) {
            argument(tree);
        } else if (node instanceof Node.Choice choice) {
            choice(choice, tree);
        } else if (node instanceof Node.Ref ref) {
            List<String> lines =
                    scope.containsKey("channels")
                            ? List.of(scope.get("channels") + " channels")
                            : List.of();
            add(new Box(ref.name(), Kind.PART, lines));
        } else {
            String label = node instanceof Node.Join join ? join.merge().name() : "SUM";
            List<String> lines =
                    tree.children().stream().map(child -> OpText.describe(child.node())).toList();
            add(new Box(label.toLowerCase(Locale.ROOT), Kind.OPERATION, lines));
        }
    }

    private void operation(Node.Op op) {
        if (op.name().equals("skip_connect")) {
            return;
        }
        if (OpText.isMinor(op) && !boxes.isEmpty() && last().kind == Kind.OPERATION) {
            minor(OpText.describe(op));
            return;
        }
        Map<String, Integer> inherited = new HashMap<>(scope);
        List<String> open = new ArrayList<>();
        openArguments
                .entrySet()
                .removeIf(
                        entry -> {
                            boolean taken = op.operation().takes(entry.getKey());
                            if (taken) {
                                open.add(entry.getValue());
                                inherited.remove(entry.getKey());
                            }
                            return taken;
                        });
        List<String> lines = new ArrayList<>();
        String details = String.join(", ", OpText.details(op, inherited));
        if (!details.isEmpty()) {
            lines.add(details);
        }
        lines.addAll(open);
        add(new Box(OpText.label(op, inherited), Kind.OPERATION, lines));
    }

    private void argument(Tree tree) {
        Node.Choice choice = (Node.Choice) tree.node();
        String name = ((Node.Op) tree.children().get(0).node()).args().keySet().iterator().next();
        Decision decision = tree.decision().orElseThrow();
        List<String> values =
                decision.labels().stream().map(l -> l.substring(l.indexOf('=') + 1)).toList();
        openArguments.put(name, choice.name() + " " + options(decision, values));
    }

    private void choice(Node.Choice choice, Tree tree) {
        Decision decision = tree.decision().orElseThrow();
        boolean minor =
                tree.children().stream()
                        .allMatch(
                                c ->
                                        c.node() instanceof Node.Op op
                                                && (OpText.isMinor(op)
                                                        || op.name().equals("skip_connect")));
        List<String> labels = tree.children().stream().map(c -> OpText.describe(c.node())).toList();
        if (minor && !boxes.isEmpty() && last().kind == Kind.OPERATION) {
            last().lines.add(options(decision, labels.stream().map(Boxes::brief).toList()));
        } else if (tree.children().stream().allMatch(Boxes::isRun)) {
            Tree longest = tree.children().get(tree.children().size() - 1);
            flattened(longest, trees).forEach(this::step);
            note = choice.name() + " " + options(decision, depths(tree));
        } else {
            List<String> lines =
                    weights.byDecision().containsKey(decision.id())
                            ? List.of(options(decision, labels))
                            : labels;
            add(new Box(choice.name(), Kind.OPERATION, lines));
        }
    }

    private static String brief(String label) {
        return label.startsWith("skip_connect") ? "no dropout" : label;
    }

    private static boolean isRun(Tree option) {
        return option.node() instanceof Node.Chain
                && option.children().stream().allMatch(c -> c.node() instanceof Node.Ref);
    }

    private static List<String> depths(Tree tree) {
        return tree.children().stream().map(c -> Integer.toString(c.children().size())).toList();
    }

    private String options(Decision decision, List<String> labels) {
        if (!weights.byDecision().containsKey(decision.id())) {
            return String.join(" \u00b7 ", labels);
        }
        List<Strand> strands = Term.strands(decision, weights);
        return java.util.stream.IntStream.range(0, labels.size())
                .boxed()
                .sorted(java.util.Comparator.comparingDouble(i -> -strands.get(i).weight()))
                .limit(2)
                .map(
                        i ->
                                labels.get(i)
                                        + String.format(
                                                Locale.ROOT, " (%.2f)", strands.get(i).weight()))
                .collect(Collectors.joining(" \u00b7 "));
    }

    private void minor(String text) {
        List<String> lines = last().lines;
        int end = lines.size() - 1;
        boolean room = end >= 0 && lines.get(end).startsWith("batch_norm");
        if (room) {
            lines.set(end, lines.get(end) + ", " + text);
        } else {
            lines.add(text);
        }
    }

    private Box last() {
        return boxes.get(boxes.size() - 1);
    }

    private void add(Box box) {
        if (!boxes.isEmpty() && last().repeats(box)) {
            last().times++;
        } else {
            boxes.add(box);
        }
    }
}
