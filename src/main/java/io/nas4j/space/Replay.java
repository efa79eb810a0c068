package io.nas4j.space;

import static io.nas4j.space.Require.require;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The chooser that answers as an architecture does, and notices answers too few or too many. */
final class Replay implements Chooser {

    /** The decisions that an architecture reaches, and its answers by id in walk order. */
    record Answers(List<Decision> decisions, Map<String, Integer> byId) {}

    private final Architecture architecture;
    private int at;

    Replay(SearchSpace space, Architecture architecture) {
        require(
                architecture.space().equals(space.name()),
                "an architecture of space \"%s\" was expected, but it is of \"%s\".",
                space.name(),
                architecture.space());
        this.architecture = architecture;
    }

    static Answers answers(SearchSpace space, Architecture architecture) {
        Replay replay = new Replay(space, architecture);
        Walker walker = new Walker(space.plans(), replay, false);
        walker.walk();
        replay.requireUsedUp();
        Map<String, Integer> byId = new LinkedHashMap<>();
        List<Decision> decisions = walker.decisions();
        for (int i = 0; i < decisions.size(); i++) {
            byId.put(decisions.get(i).id(), walker.answers.get(i));
        }
        return new Answers(decisions, byId);
    }

    /** The answers by {@link WalkPlan#hole}; of those that are not reached whatever. */
    static int[] byHole(SearchSpace space, Architecture architecture) {
        Replay replay = new Replay(space, architecture);
        Walker walker = new Walker(space.plans(), replay, false);
        walker.walk();
        replay.requireUsedUp();
        int most = -1;
        for (WalkPlan plan : walker.holes) {
            most = Math.max(most, plan.hole);
        }
        int[] answers = new int[most + 1];
        for (int i = 0; i < walker.holes.size(); i++) {
            answers[walker.holes.get(i).hole] = walker.answers.get(i);
        }
        return answers;
    }

    @Override
    public int choose(Decision decision) {
        require(
                at < architecture.choices().size(),
                "an architecture of \"%s\" must answer \"%s\", but it has %d choices only.",
                architecture.space(),
                decision.id(),
                architecture.choices().size());
        return architecture.choices().get(at++);
    }

    void requireUsedUp() {
        require(
                at == architecture.choices().size(),
                "an architecture of \"%s\" must have %d choices here, but has %d.",
                architecture.space(),
                at,
                architecture.choices().size());
    }
}
