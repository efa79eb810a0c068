package io.nas4j.genotype;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Architecture;
import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Architectures of {@link Spaces#nasBench201()} as its authors write them: {@code
 * |nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|},
 * a node between pluses, an operation with the node that it reads between bars.
 *
 * @see <a href="https://arxiv.org/abs/2001.00326">Dong and Yang, 2020</a>
 */
public final class NasBench201String {

    private static final Pattern EDGE = Pattern.compile("([a-z0-9_]{1,40})~(\\d)");
    private static final Pattern ID = Pattern.compile(".*/(\\d)<-(\\d)");
    private static final String EXAMPLE =
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|skip_connect~0|nor_conv_3x3~1|skip_connect~2|";

    private NasBench201String() {}

    /**
     * Reads.
     *
     * @param text of six edges
     * @return an architecture of {@link Spaces#nasBench201()} and of every size of it
     * @throws IllegalArgumentException with what is wrong
     */
    public static Architecture parse(String text) {
        Map<String, String> edges = new HashMap<>();
        String[] nodes = text.strip().split("\\+", -1);
        require(
                nodes.length == 3,
                "a cell of NAS-Bench-201 has three nodes with a plus between, but %d are in \"%s\"."
                        + " Try \"%s\".",
                nodes.length,
                shortened(text),
                EXAMPLE);
        for (int to = 1; to <= 3; to++) {
            String node = nodes[to - 1];
            String[] parts = node.split("\\|", -1);
            require(
                    parts.length == to + 2
                            && parts[0].isEmpty()
                            && parts[parts.length - 1].isEmpty(),
                    "node %d has %d edges, each between bars, but \"%s\" has not. Try \"%s\".",
                    to,
                    to,
                    shortened(node),
                    EXAMPLE);
            for (int from = 0; from < to; from++) {
                Matcher edge = EDGE.matcher(parts[from + 1]);
                require(
                        edge.matches() && Integer.parseInt(edge.group(2)) == from,
                        "edge %d of node %d is an operation, ~ and %d, but was \"%s\". Try \"%s\".",
                        from + 1,
                        to,
                        from,
                        shortened(parts[from + 1]),
                        EXAMPLE);
                edges.put(to + "<-" + from, edge.group(1));
            }
        }
        return Spaces.nasBench201().choose(decision -> answer(decision, edges));
    }

    private static int answer(Decision decision, Map<String, String> edges) {
        Matcher id = ID.matcher(decision.id());
        require(id.matches(), "\"%s\" is no edge of NAS-Bench-201.", decision.id());
        String operation = edges.get(id.group(1) + "<-" + id.group(2));
        int answer = decision.labels().indexOf(operation);
        require(
                answer >= 0,
                "an operation of NAS-Bench-201 is one of %s, but was \"%s\".",
                decision.labels(),
                operation);
        return answer;
    }

    /**
     * Writes.
     *
     * @param architecture of {@link Spaces#nasBench201()}
     * @return six edges
     * @throws IllegalArgumentException for an architecture of another space
     */
    public static String of(Architecture architecture) {
        SearchSpace space = Spaces.nasBench201();
        Map<String, Integer> answers = space.answers(architecture);
        List<Decision> decisions = space.decisions();
        List<String> nodes = new ArrayList<>();
        StringBuilder node = new StringBuilder();
        int last = 1;
        for (Decision decision : decisions) {
            Matcher id = ID.matcher(decision.id());
            require(id.matches(), "\"%s\" is no edge of NAS-Bench-201.", decision.id());
            int to = Integer.parseInt(id.group(1));
            if (to != last) {
                nodes.add(node.append('|').toString());
                node.setLength(0);
                last = to;
            }
            node.append('|')
                    .append(decision.label(answers.get(decision.id())))
                    .append('~')
                    .append(id.group(2));
        }
        nodes.add(node.append('|').toString());
        return String.join("+", nodes);
    }

    private static String shortened(String text) {
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}
