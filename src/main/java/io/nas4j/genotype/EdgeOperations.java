package io.nas4j.genotype;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Grammar;
import io.nas4j.space.Node;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operations by the names that genotypes have for them. */
final class EdgeOperations {

    private static final Pattern SQUARE =
            Pattern.compile("(max_pool|avg_pool|sep_conv|dil_conv|nor_conv)_([13579])x\\2");
    private static final Pattern FACTORIZED = Pattern.compile("conv_([3579])x1_1x\\1");

    /** Names that papers have beside ours. */
    private static final Map<String, String> ALSO =
            Map.of("skip", "skip_connect", "identity", "skip_connect", "zero", "none");

    private EdgeOperations() {}

    static Node.Op node(String name) {
        String known = ALSO.getOrDefault(name, name);
        if (known.equals("skip_connect")) {
            return Grammar.skip();
        }
        if (known.equals("none")) {
            return Grammar.none();
        }
        Matcher square = SQUARE.matcher(known);
        if (square.matches()) {
            return Grammar.op(square.group(1), "kernel", Integer.valueOf(square.group(2)));
        }
        Matcher factorized = FACTORIZED.matcher(known);
        require(
                factorized.matches(),
                "an operation of a genotype is one of skip_connect, none, max_pool_3x3, avg_pool_3x3,"
                        + " sep_conv_3x3, dil_conv_3x3, nor_conv_3x3 (and other odd kernels to 9),"
                        + " conv_7x1_1x7, but was \"%s\".",
                name.length() > 40 ? name.substring(0, 40) + "…" : name);
        return Grammar.op("fac_conv", "kernel", Integer.valueOf(factorized.group(1)));
    }

    static String name(Node.Op operation) {
        if (operation.name().equals("fac_conv")) {
            int kernel = operation.args().get("kernel");
            return "conv_" + kernel + "x1_1x" + kernel;
        }
        return operation.label();
    }

    /** Whether a space's label and a genotype's name are the same operation. */
    static boolean same(String label, String name) {
        return node(name).label().equals(label);
    }
}
