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
        for (int i = 0; i < walker.answers.size(); i++) {
            byId.put(walker.decisions.get(i).id(), walker.answers.get(i));
        }
        return new Answers(walker.decisions, byId);
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
