package io.nas4j.space;

import io.nas4j.operation.Operations;
import io.nas4j.space.Node.Merge;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One number a path of operations. */
final class Paths implements Encoding {

    /** Paths double with every residual: of the rest only the first in order are followed. */
    private static final int MOST = 500;

    private static final Comparator<String> SHORT_FIRST =
            Comparator.<String>comparingLong(path -> path.chars().filter(c -> c == '>').count())
                    .thenComparing(Comparator.naturalOrder());

    private final SearchSpace space;
    private final Map<String, Integer> index = new HashMap<>();

    private Paths(SearchSpace space, Collection<String> vocabulary) {
        this.space = space;
        vocabulary.forEach(path -> index.put(path, index.size()));
    }

    static Paths over(SearchSpace space, Collection<Architecture> known, int length) {
        SortedSet<String> all = new TreeSet<>(SHORT_FIRST);
        known.forEach(architecture -> all.addAll(paths(space, architecture)));
        return new Paths(space, all.stream().limit(length).toList());
    }

    @Override
    public int length() {
        return index.size();
    }

    @Override
    public double[] encode(Architecture architecture) {
        double[] result = new double[index.size()];
        for (String path : paths(space, architecture)) {
            Integer at = index.get(path);
            if (at != null) {
                result[at] = 1;
            }
        }
        return result;
    }

    /** For example {@code cell:>skip_connect>nor_conv_3x3}. */
    static Set<String> paths(SearchSpace space, Architecture architecture) {
        SearchSpace network = space.network(architecture);
        List<String> cells =
                network.shared().entrySet().stream()
                        .filter(entry -> entry.getValue() instanceof Node.Cell)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(ArrayList::new));
        Set<String> result = new TreeSet<>(SHORT_FIRST);
        if (cells.isEmpty()) {
            result.addAll(new Trace().run(network, start("")));
        }
        for (String cell : cells) {
            SearchSpace alone =
                    SearchSpace.of(
                            network.name(),
                            new Node.Chain(List.of(Grammar.ref(cell))),
                            network.shared());
            result.addAll(new Trace().run(alone, start(cell + ":")));
        }
        return result;
    }

    private static SortedSet<String> start(String prefix) {
        SortedSet<String> result = new TreeSet<>(SHORT_FIRST);
        result.add(prefix);
        return result;
    }

    /** The flow over sets of paths: an operation lengthens each, a merge unites. */
    private static final class Trace extends Flow<SortedSet<String>> {

        @Override
        protected SortedSet<String> apply(Node.Op op, SortedSet<String> input) {
            SortedSet<String> result = new TreeSet<>(SHORT_FIRST);
            if (!op.operation().equals(Operations.NONE)) {
                String label = ">" + name(op);
                input.forEach(path -> result.add(path + label));
            }
            return result;
        }

        @Override
        protected SortedSet<String> merge(Merge merge, List<SortedSet<String>> values) {
            SortedSet<String> result = new TreeSet<>(SHORT_FIRST);
            values.forEach(result::addAll);
            while (result.size() > MOST) {
                result.remove(result.last());
            }
            return result;
        }

        @Override
        protected List<SortedSet<String>> prepare(List<SortedSet<String>> inputs, int channels) {
            List<SortedSet<String>> result = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                SortedSet<String> tagged = new TreeSet<>(SHORT_FIRST);
                for (String path : inputs.get(i)) {
                    tagged.add(path + i);
                }
                result.add(tagged);
            }
            return result;
        }

        /** Stride belongs to the cell's place in the network, not to the cell. */
        private static String name(Node.Op op) {
            Map<String, Integer> args = new HashMap<>(op.args());
            args.remove("stride");
            return op.with(args).label();
        }
    }
}
