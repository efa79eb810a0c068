package io.nas4j.space;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Every architecture once, in lexicographic order of the answers: a depth-first chooser. */
final class Enumeration implements Iterator<Architecture> {

    private final SearchSpace space;
    private final List<Integer> answers = new ArrayList<>();
    private final List<Integer> arities = new ArrayList<>();
    private boolean exhausted;

    Enumeration(SearchSpace space) {
        this.space = space;
    }

    @Override
    public boolean hasNext() {
        return !exhausted;
    }

    @Override
    public Architecture next() {
        if (exhausted) {
            throw new NoSuchElementException("the space is exhausted");
        }
        List<Integer> prefix = List.copyOf(answers);
        answers.clear();
        arities.clear();
        Architecture current =
                space.choose(
                        decision -> {
                            int at = answers.size();
                            int answer = at < prefix.size() ? prefix.get(at) : 0;
                            answers.add(answer);
                            arities.add(decision.arity());
                            return answer;
                        });
        advance();
        return current;
    }

    private void advance() {
        int last = answers.size() - 1;
        while (last >= 0 && answers.get(last) + 1 == arities.get(last)) {
            answers.remove(last--);
        }
        if (last < 0) {
            exhausted = true;
        } else {
            answers.set(last, answers.get(last) + 1);
        }
    }
}
