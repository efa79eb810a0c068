package io.nas4j.analysis;

import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** How well each class, or label, is told: a line each. */
final class ClassLines {

    private ClassLines() {}

    static String of(
            List<String> names,
            IntToDoubleFunction precision,
            IntToDoubleFunction recall,
            IntToDoubleFunction f1) {
        int width = names.stream().mapToInt(String::length).reduce(1, Math::max);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-" + width + "s  precision %.3f  recall %.3f  f1 %.3f%n",
                            names.get(i),
                            precision.applyAsDouble(i),
                            recall.applyAsDouble(i),
                            f1.applyAsDouble(i)));
        }
        return text.toString();
    }
}
