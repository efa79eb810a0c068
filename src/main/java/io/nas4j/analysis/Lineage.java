package io.nas4j.analysis;

import static io.nas4j.space.Require.require;

import io.nas4j.space.Decision;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Walk;
import io.nas4j.trial.History;
import io.nas4j.trial.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who descends from whom in an ageing population, read off the history.
 *
 * <p>A search records no parents. A mutation changes one decision, so the parent is taken to be the
 * nearest architecture that was alive at the birth; of several as near, the one with the best
 * score, which wins tournaments. Where two members are neighbours of a child, this is a guess.
 *
 * @param members one a scored trial, oldest first
 */
public record Lineage(List<Member> members) {

    /**
     * One member of the population.
     *
     * @param trial its trial
     * @param parent empty in the first population, which is sampled
     * @param changes what the mutation did, for example {@code normal/v2/left op: skip → max_pool
     *     3x3}; empty without a parent
     * @param leaves the number of the trial at whose birth it was the oldest and died; that of the
     *     next trial where it is alive at the end
     */
    public record Member(Trial trial, Optional<Trial> parent, List<String> changes, int leaves) {
        public Member {
            changes = List.copyOf(changes);
        }

        /**
         * Where it comes from, in words.
         *
         * @return what the mutation did, or that it was sampled
         */
        public String origin() {
            return parent.isEmpty() ? "sampled at random" : String.join(", ", changes);
        }
    }

    /**
     * A member and the one that it was made of.
     *
     * @param parent the older
     * @param child the younger
     * @param changes what the mutation did
     */
    public record Mutation(Trial parent, Trial child, List<String> changes) {
        public Mutation {
            changes = List.copyOf(changes);
        }
    }

    public Lineage {
        members = List.copyOf(members);
    }

    /**
     * Reads off the lineage.
     *
     * @param space the search's
     * @param history of an ageing evolution
     * @param population how many are alive, at least 2
     * @return one member a scored trial
     */
    public static Lineage of(SearchSpace space, History history, int population) {
        require(population >= 2, "population must be at least 2, but was %d.", population);
        List<Trial> scored = history.scored();
        List<Map<String, String>> answers = new ArrayList<>();
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < scored.size(); i++) {
            Trial trial = scored.get(i);
            answers.add(words(space, trial));
            int leaves =
                    i + population < scored.size()
                            ? scored.get(i + population).number()
                            : history.size();
            if (i < population) {
                members.add(new Member(trial, Optional.empty(), List.of(), leaves));
                continue;
            }
            int parent = i - 1;
            List<String> fewest = changes(answers.get(parent), answers.get(i));
            for (int other = i - 2; other >= i - population; other--) {
                List<String> changes = changes(answers.get(other), answers.get(i));
                boolean better = score(scored.get(other)) > score(scored.get(parent));
                if (changes.size() < fewest.size() || (changes.size() == fewest.size() && better)) {
                    parent = other;
                    fewest = changes;
                }
            }
            members.add(new Member(trial, Optional.of(scored.get(parent)), fewest, leaves));
        }
        return new Lineage(members);
    }

    /**
     * Where a trial comes from.
     *
     * @param trial a scored one
     * @return from its ancestor in the first population down to itself
     */
    public List<Member> ancestors(Trial trial) {
        List<Member> line = new ArrayList<>();
        Optional<Trial> at = Optional.of(trial);
        // parents are older than their children
        for (int i = members.size() - 1; i >= 0 && at.isPresent(); i--) {
            if (members.get(i).trial().number() == at.get().number()) {
                line.add(0, members.get(i));
                at = members.get(i).parent();
            }
        }
        require(!line.isEmpty(), "trial %d has no score, so it is no member.", trial.number());
        return line;
    }

    /**
     * Every mutation of the search.
     *
     * @return the best child first
     */
    public List<Mutation> mutations() {
        List<Mutation> all = new ArrayList<>();
        for (Member member : members) {
            member.parent()
                    .ifPresent(
                            parent ->
                                    all.add(
                                            new Mutation(
                                                    parent, member.trial(), member.changes())));
        }
        all.sort(Comparator.comparingDouble(mutation -> -score(mutation.child())));
        return List.copyOf(all);
    }

    private static double score(Trial trial) {
        return trial.score().orElseThrow();
    }

    private static Map<String, String> words(SearchSpace space, Trial trial) {
        Walk walk = space.walk(trial.architecture());
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < walk.decisions().size(); i++) {
            Decision decision = walk.decisions().get(i);
            words.put(decision.id(), decision.label(trial.architecture().choices().get(i)));
        }
        return words;
    }

    private static List<String> changes(Map<String, String> parent, Map<String, String> child) {
        List<String> changes = new ArrayList<>();
        child.forEach(
                (id, label) -> {
                    String before = parent.get(id);
                    if (!label.equals(before)) {
                        changes.add(id + ": " + (before == null ? "" : before + " → ") + label);
                    }
                });
        return changes;
    }
}
