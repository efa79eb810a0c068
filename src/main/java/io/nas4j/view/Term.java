package io.nas4j.view;

import io.nas4j.space.Decision;
import io.nas4j.space.Node;
import io.nas4j.space.OptionWeights;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Mark;
import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Graph.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One summand of a vertex: a source and what is done to it on the way.
 *
 * @param from position of the source
 * @param strands the operations; empty for none
 * @param optional whether it may be left out
 */
record Term(int from, List<Strand> strands, boolean optional) {

    /** More alternatives on one edge than this are counted, not listed. */
    private static final int MOST_STRANDS = 16;

    static Term of(int from) {
        return new Term(from, List.of(), false);
    }

    Term then(List<Strand> next) {
        if (strands.isEmpty() || next.isEmpty()) {
            return new Term(from, strands.isEmpty() ? next : strands, optional);
        }
        int product = strands.size() * next.size();
        List<Strand> joined = new ArrayList<>();
        if (product > MOST_STRANDS) {
            joined.add(new Strand(product + " operations", 1));
        } else {
            for (Strand a : strands) {
                for (Strand b : next) {
                    joined.add(
                            new Strand(
                                    a.operation() + " \u203a " + b.operation(),
                                    a.weight() * b.weight()));
                }
            }
        }
        return new Term(from, joined, optional);
    }

    Term maybe(double weight) {
        List<Strand> scaled =
                strands.stream().map(s -> new Strand(s.operation(), s.weight() * weight)).toList();
        return new Term(from, scaled, true);
    }

    Edge edge(int to, boolean weighted) {
        Style style = Style.OPERATION;
        if (strands.isEmpty()) {
            style = optional ? Style.OPTIONAL : Style.PLAIN;
        } else if (strands.size() > 1) {
            style = weighted ? Style.MIXTURE : Style.CANDIDATES;
        }
        return new Edge(from, to, style, strands, Mark.NONE);
    }

    /** Terms of one source and the same alternatives become one, with the mean of the weights. */
    static List<Term> merged(List<Term> terms) {
        List<Term> result = new ArrayList<>();
        for (Term term : terms) {
            int twin =
                    IntStream.range(0, result.size())
                            .filter(i -> result.get(i).isLike(term))
                            .findFirst()
                            .orElse(-1);
            if (twin < 0) {
                result.add(term);
            } else {
                result.set(twin, result.get(twin).mean(term));
            }
        }
        return result;
    }

    private boolean isLike(Term other) {
        return strands.size() > 1
                && from == other.from
                && strands.stream()
                        .map(Strand::operation)
                        .toList()
                        .equals(other.strands.stream().map(Strand::operation).toList());
    }

    private Term mean(Term other) {
        List<Strand> mean =
                IntStream.range(0, strands.size())
                        .mapToObj(
                                i ->
                                        new Strand(
                                                strands.get(i).operation(),
                                                (strands.get(i).weight()
                                                                + other.strands.get(i).weight())
                                                        / 2))
                        .toList();
        return new Term(from, mean, optional || other.optional);
    }

    /**
     * Reads an expression inside a cell.
     *
     * @param tree the expression
     * @param values positions of the values that it sees
     * @param in what flows into it
     * @param weights of the options; empty when all count the same
     * @return its summands
     */
    static List<Term> read(Tree tree, List<Integer> values, List<Term> in, OptionWeights weights) {
        Node node = tree.node();
        if (node instanceof Node.Input input) {
            return List.of(of(values.get(input.index())));
        }
        if (node instanceof Node.Op op) {
            return then(in, List.of(new Strand(OpText.label(op), 1)));
        }
        if (node instanceof Node.Ref ref) {
            return then(in, List.of(new Strand(ref.name(), 1)));
        }
        if (node instanceof Node.Cell) {
            return then(in, List.of(new Strand("cell", 1)));
        }
        if (node instanceof Node.Chain) {
            List<Term> current = in;
            for (Tree step : tree.children()) {
                current = step.isWith() ? current : read(step, values, current, weights);
            }
            return current;
        }
        if (node instanceof Node.Choice && !tree.readsInput()) {
            return then(in, strands(tree.decision().orElseThrow(), weights));
        }
        List<Term> all = new ArrayList<>();
        for (int i = 0; i < tree.children().size(); i++) {
            Tree child = tree.children().get(i);
            List<Term> terms = read(child, values, in, weights);
            if (child.node() instanceof Node.Op op && op.name().equals("none")) {
                // a branch that was decided away
                continue;
            }
            if (tree.decision().isEmpty()) {
                all.addAll(terms);
            } else if (child.readsInput()) {
                boolean choice = node instanceof Node.Choice;
                double weight = choice ? weight(tree.decision().get(), i, weights) : 1;
                terms.forEach(term -> all.add(term.maybe(weight)));
            }
        }
        return all;
    }

    private static List<Term> then(List<Term> terms, List<Strand> strands) {
        return terms.stream().map(term -> term.then(strands)).toList();
    }

    static List<Strand> strands(Decision decision, OptionWeights weights) {
        return IntStream.range(0, decision.options())
                .mapToObj(i -> new Strand(decision.labels().get(i), weight(decision, i, weights)))
                .toList();
    }

    private static double weight(Decision decision, int option, OptionWeights weights) {
        return weights.byDecision().containsKey(decision.id())
                ? weights.score(decision, option)
                : 1.0 / decision.options();
    }
}
