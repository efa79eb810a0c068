package io.nas4j.journal;

import static io.nas4j.space.Require.require;

import io.nas4j.curve.StoppingRule;
import io.nas4j.data.Data;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.json.JournalJson.Header;
import io.nas4j.space.Constraint;
import io.nas4j.strategy.SearchStrategy;
import io.nas4j.trial.Objective;
import io.nas4j.trial.Task;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** What makes two searches the same: everything that decides which trials they make. */
public final class SearchIdentity {

    /** Of the user's classes, which may change without changing what they compute. */
    private static final String CODE = " code";

    private SearchIdentity() {}

    /**
     * The header of a search's journal.
     *
     * @param task space, data, seeds and objectives
     * @param strategy with all its settings
     * @param estimator by what it prints, and by its measure
     * @param repeats whether equal networks are estimated anew
     * @param stopping which trainings end early
     * @return two searches with equal headers make the same trials, as far as can be known
     */
    public static Header of(
            Task task,
            SearchStrategy strategy,
            PerformanceEstimator estimator,
            boolean repeats,
            StoppingRule stopping) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("strategy", settings(strategy));
        settings.put("estimator", description(estimator));
        Data data = task.data();
        settings.put("data", data.toString());
        settings.put("data content", data.contentHash());
        settings.put("data split", data.split().contentHash());
        settings.put("seed", Long.toString(task.seeds().master()));
        settings.put("repeats", Boolean.toString(repeats));
        List<Objective> objectives = strategy.objectives(task);
        if (!objectives.equals(List.of(Objective.SCORE))) {
            settings.put("objectives", objectives.toString());
        }
        code(settings, "strategy", strategy);
        code(settings, "estimator", estimator);
        if (stopping != StoppingRule.NONE) {
            settings.put("stopping", settings(stopping));
            code(settings, "stopping", stopping);
        }
        if (!task.space().constraints().isEmpty()) {
            settings.put(
                    "constraints",
                    task.space().constraints().stream()
                            .map(Constraint::name)
                            .collect(Collectors.joining(" and ")));
            code(settings, "constraints", task.space().constraints());
        }
        return new Header(task.space(), estimator.measure(), settings, Provenance.here());
    }

    private static void code(Map<String, String> settings, String name, Object value) {
        String code = UserCode.of(value);
        if (!code.isEmpty()) {
            settings.put(name + CODE, code);
        }
    }

    /**
     * What a journal cannot vouch for, of two searches that are the same as far as is known.
     *
     * @return sentences, one each for strategy, estimator, stopping rule and constraints
     */
    static List<String> doubts(Path journal, Header there, Header here) {
        List<String> doubts = new ArrayList<>();
        for (String name : List.of("strategy", "estimator", "stopping", "constraints")) {
            String before = there.settings().getOrDefault(name + CODE, "");
            String now = here.settings().getOrDefault(name + CODE, "");
            String what = name + " \"" + here.settings().get(name) + "\"";
            if (now.contains(UserCode.UNKNOWN) || before.contains(UserCode.UNKNOWN)) {
                doubts.add(
                        String.format(
                                Locale.ROOT,
                                "the journal cannot tell whether the code of %s is still the same"
                                        + " as when %s was begun. Try another journal if it has"
                                        + " changed",
                                what,
                                journal));
            } else if (!now.equals(before)) {
                doubts.add(
                        String.format(
                                Locale.ROOT,
                                "the code of %s has changed since journal %s was begun (%s there,"
                                        + " %s here). Try another journal if what it computes has"
                                        + " changed too",
                                what,
                                journal,
                                before.isEmpty() ? "none" : before,
                                now.isEmpty() ? "none" : now));
            }
        }
        return doubts;
    }

    /**
     * Refuses a journal of another search.
     *
     * @param journal its file, for the message
     * @param there its header
     * @param here the header of the search that wants to go on with it
     * @throws IllegalArgumentException naming everything that differs, with both values
     */
    public static void requireSame(Path journal, Header there, Header here) {
        List<String> differences = new ArrayList<>();
        compare(differences, "measure", there.measure(), here.measure());
        if (!there.space().equals(here.space())) {
            String left = there.space().toString();
            String right = here.space().toString();
            differences.add(
                    left.equals(right)
                            ? "the space (" + left + ") has other operations or sizes here"
                            : "space is " + left + " there, but " + right + " here");
        }
        Map<String, String> all = new LinkedHashMap<>(there.settings());
        here.settings().forEach(all::putIfAbsent);
        all.keySet().removeIf(name -> name.endsWith(CODE));
        for (String name : all.keySet()) {
            compare(
                    differences,
                    name,
                    there.settings().getOrDefault(name, "unknown"),
                    here.settings().getOrDefault(name, "unknown"));
        }
        require(
                differences.isEmpty(),
                "journal %s belongs to another search: %s. Try another file, or delete this one.",
                journal,
                String.join("; ", differences));
    }

    private static void compare(List<String> all, String name, String there, String here) {
        if (!there.equals(here)) {
            all.add(name + " is " + there + " there, but " + here + " here");
        }
    }

    /**
     * All components of a record, also those that its own text leaves out.
     *
     * @param value a record, or anything else by what it prints
     * @return the same in every JVM
     */
    public static String settings(Object value) {
        if (!(value instanceof Record)) {
            return description(value);
        }
        StringJoiner all = new StringJoiner(", ", value.getClass().getSimpleName() + "[", "]");
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                Method accessor = component.getAccessor();
                accessor.setAccessible(true);
                all.add(component.getName() + "=" + settings(accessor.invoke(value)));
            } catch (ReflectiveOperationException | InaccessibleObjectException e) {
                return description(value);
            }
        }
        return all.toString();
    }

    /**
     * What a value prints as, without what changes from one JVM or notebook cell to the next.
     *
     * @param value anything
     * @return without the names of lambdas, hash codes and a notebook's classes
     */
    public static String description(Object value) {
        return value.toString()
                .replaceAll(
                        "(?:[\\w.]*[.$])?(\\w+)\\$\\$Lambda[\\w/.$]*(?:@[0-9a-f]+)?", "$1.lambda")
                .replaceAll("REPL\\.\\$JShell\\$\\w+\\$", "")
                .replaceAll("@[0-9a-f]{1,8}\\b", "");
    }
}
