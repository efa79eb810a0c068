package io.nas4j.notebook;

import io.nas4j.analysis.Confirmation;
import io.nas4j.search.Budget;
import io.nas4j.search.SearchSpec;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** How many trials a search has run, and what came beside those of its budget. */
final class LiveCount {

    private final OptionalInt total;
    private final boolean concludes;
    private int count;
    private int repeats;
    private int confirmations;

    LiveCount(SearchSpec search) {
        total = trials(search.budget());
        concludes = search.concludes();
    }

    /** The first number of trials that ends the search. */
    private static OptionalInt trials(Budget budget) {
        if (budget instanceof Budget.Trials trials) {
            return OptionalInt.of(trials.count());
        }
        if (budget instanceof Budget.Either either) {
            OptionalInt first = trials(either.first());
            return first.isPresent() ? first : trials(either.second());
        }
        return OptionalInt.empty();
    }

    void add(Trial trial) {
        boolean again = Confirmation.isOne(trial);
        confirmations += again ? 1 : 0;
        count += trial.reused() || again ? 0 : 1;
        repeats += trial.reused() ? 1 : 0;
    }

    int run() {
        return isAnswered() ? count - 1 : count;
    }

    /** A resumed search may hold more trials than its budget now has. */
    OptionalInt total() {
        return total.isPresent()
                ? OptionalInt.of(Math.max(total.getAsInt(), run()))
                : OptionalInt.empty();
    }

    /** A strategy's answer comes on top of a budget of trials. */
    private boolean isAnswered() {
        return concludes && total.isPresent() && count == total.getAsInt() + 1;
    }

    String beside() {
        List<String> beside = new ArrayList<>();
        if (isAnswered()) {
            beside.add("the answer");
        }
        if (repeats > 0) {
            beside.add(repeats + (repeats == 1 ? " repeat" : " repeats"));
        }
        if (confirmations > 0) {
            beside.add(confirmations + (confirmations == 1 ? " confirmation" : " confirmations"));
        }
        return String.join(", ", beside);
    }

    @Override
    public String toString() {
        String beside = beside();
        return run()
                + (total.isPresent() ? "/" + total().getAsInt() : " trials")
                + (beside.isEmpty() ? "" : " + " + beside);
    }
}
