package io.nas4j.notebook;

import java.util.Locale;

/** Types as a reader calls them. */
final class Words {

    private Words() {}

    /**
     * {@code RandomSearch} is a random search; an anonymous strategy is a strategy of one's own.
     */
    static String of(Object strategy) {
        String name = strategy.getClass().getSimpleName();
        if (name.isEmpty() || name.contains("$$")) {
            return "own strategy";
        }
        if (name.equals("PcDarts")) {
            return "PC-DARTS";
        }
        if (name.length() <= 5 || name.chars().allMatch(Character::isUpperCase)) {
            return name.toUpperCase(Locale.ROOT);
        }
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
