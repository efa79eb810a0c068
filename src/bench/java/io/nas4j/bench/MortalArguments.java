package io.nas4j.bench;

import java.util.List;

/**
 * How often the searches of {@link io.nas4j.execute.MortalSearch} are ended before their time.
 *
 * @param light times each light strategy in each mode
 * @param heavy times each strategy that trains
 * @param seed of the moments
 * @param families strategies by name; empty: all
 */
record MortalArguments(int light, int heavy, long seed, List<String> families) {

    /** Reads them in their order. */
    static MortalArguments of(String... args) {
        return new MortalArguments(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                Long.parseLong(args[2]),
                List.of(args).subList(3, args.length));
    }

    boolean wants(String family) {
        return families.isEmpty() || families.contains(family);
    }
}
