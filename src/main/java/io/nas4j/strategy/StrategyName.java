package io.nas4j.strategy;

import java.util.Locale;

/** A strategy's class as a reader calls it. */
final class StrategyName {

    private StrategyName() {}

    /**
     * {@code RandomSearch} is a random search; an anonymous strategy is a strategy of one's own.
     */
    static String of(Class<? extends SearchStrategy> strategy) {
        String name = strategy.getSimpleName();
        if (name.isEmpty() || name.contains("$$")) {
            return "own strategy";
        }
        if (name.length() <= 5 || name.chars().allMatch(Character::isUpperCase)) {
            return name.toUpperCase(Locale.ROOT);
        }
        return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
