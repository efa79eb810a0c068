package io.nas4j.fuzz;

import java.util.SplittableRandom;

/**
 * A space that nobody would write, as JSON: nested in each other, with references to references,
 * sizes out of range, and now and then a part that is missing.
 */
final class MadeUpSpace {

    private static final String[] OPERATIONS = {
        "skip_connect", "none", "nor_conv", "max_pool", "relu", "classifier", "stem", "dense", "gat"
    };
    private static final String[] MERGES = {"SUM", "MEAN", "CONCAT", "LAST", "LOOSE_ENDS"};
    private static final int[] NUMBERS = {-1, 0, 1, 2, 3, 5, 8, 64, 999, 1_000_000, 2147483647};

    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();
    private final int definitions;
    private final int deepest;
    private int left = 400;

    MadeUpSpace(long number, long seed) {
        random = new SplittableRandom(number * 0x9E3779B97F4A7C15L ^ seed);
        definitions = random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(4);
        deepest = random.nextInt(10) == 0 ? 90 : 1 + random.nextInt(6);
    }

    String text() {
        text.append("{\"nas4j\":1,\"kind\":\"space\",\"name\":\"made up\",\"root\":");
        node(0, definitions);
        text.append(",\"shared\":{");
        for (int i = 0; i < definitions; i++) {
            text.append(i == 0 ? "" : ",").append("\"d").append(i).append("\":");
            left = Math.max(left, 20);
            // of earlier ones, so that they are seldom cyclic
            node(0, random.nextInt(50) == 0 ? definitions : i);
        }
        text.append("}}");
        return text.toString();
    }

    private void node(int depth, int known) {
        left--;
        int kind = left < 0 || depth > deepest ? random.nextInt(3) : random.nextInt(9);
        switch (kind) {
            case 0 -> operation();
            case 1 -> reads(depth);
            case 2 -> {
                if (known == 0) {
                    operation();
                } else {
                    int back = 1 + random.nextInt(Math.min(known, 3));
                    text.append("{\"ref\":\"d").append(known - back).append("\"}");
                }
            }
            case 3, 4 -> nodes("{\"chain\":[", depth, known);
            case 5 -> nodes("{\"join\":\"" + merge() + "\",\"branches\":[", depth, known);
            case 6 ->
                    nodes(
                            "{\"cell\":\""
                                    + merge()
                                    + "\",\"inputs\":"
                                    + number()
                                    + ",\"vertices\":[",
                            depth,
                            known);
            case 7 -> nodes("{\"choice\":\"" + name() + "\",\"options\":[", depth, known);
            default ->
                    nodes(
                            "{\"subset\":\""
                                    + name()
                                    + "\",\"picks\":"
                                    + (1 + random.nextInt(3))
                                    + ",\"merge\":\""
                                    + merge()
                                    + "\",\"options\":[",
                            depth,
                            known);
        }
    }

    /** Outside of cells there is nothing to read. */
    private void reads(int depth) {
        if (depth < 2 && random.nextInt(10) > 0) {
            operation();
        } else {
            text.append("{\"input\":").append(random.nextInt(3)).append('}');
        }
    }

    private void nodes(String start, int depth, int known) {
        text.append(start);
        int count = random.nextInt(40) == 0 ? random.nextInt(70) : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ",");
            node(depth + 1, known);
        }
        text.append("]}");
    }

    private void operation() {
        String operation = OPERATIONS[random.nextInt(random.nextInt(8) == 0 ? 9 : 3)];
        text.append("{\"op\":\"").append(operation).append('"');
        if (random.nextInt(8) == 0) {
            text.append(",\"args\":{\"")
                    .append(random.nextBoolean() ? "kernel" : "stride")
                    .append("\":")
                    .append(number())
                    .append('}');
        }
        text.append('}');
    }

    private int number() {
        return random.nextInt(12) == 0
                ? NUMBERS[random.nextInt(NUMBERS.length)]
                : 1 + random.nextInt(3);
    }

    private String merge() {
        return MERGES[random.nextInt(random.nextInt(10) == 0 ? 5 : 3)];
    }

    private String name() {
        return "h" + random.nextInt(40);
    }
}
