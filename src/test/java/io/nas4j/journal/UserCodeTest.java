package io.nas4j.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.estimate.Candidate;
import io.nas4j.estimate.PerformanceEstimator;
import io.nas4j.search.Budget;
import io.nas4j.search.RunResult;
import io.nas4j.search.SearchLoop;
import io.nas4j.search.SearchSpec;
import io.nas4j.search.Searches;
import io.nas4j.space.Spaces;
import io.nas4j.strategy.Evolution;
import io.nas4j.strategy.RandomSearch;
import io.nas4j.strategy.SearchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal says when an estimator or a strategy of a user may have changed. */
class UserCodeTest {

    @TempDir Path folder;

    /** A user's function; loaded anew below, as if it had been compiled again. */
    @SuppressWarnings("serial")
    static final class Mine implements PerformanceEstimator.Score {
        @Override
        public double of(Candidate candidate) {
            return candidate.architecture().choices().get(0);
        }
    }

    /** Loads {@link Mine} and shows, as the file of that class, what a test wants to be there. */
    private static final class Loader extends ClassLoader {
        private final byte[] shown;

        Loader(byte[] shown) {
            super(UserCodeTest.class.getClassLoader());
            this.shown = shown;
        }

        static byte[] bytes() throws IOException {
            try (InputStream in =
                    UserCodeTest.class.getResourceAsStream("UserCodeTest$Mine.class")) {
                return in.readAllBytes();
            }
        }

        PerformanceEstimator.Score mine() throws IOException, ReflectiveOperationException {
            byte[] bytes = bytes();
            Class<?> type = defineClass(Mine.class.getName(), bytes, 0, bytes.length);
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (PerformanceEstimator.Score) constructor.newInstance();
        }

        @Override
        public InputStream getResourceAsStream(String name) {
            return shown.length == 0 ? null : new ByteArrayInputStream(shown);
        }
    }

    private List<String> warnings(byte[] first, byte[] second) throws Exception {
        Path journal = folder.resolve(first.length + "-" + second.length + ".jsonl");
        assertThat(run(journal, first, 3).warnings()).isEmpty();
        return run(journal, second, 6).warnings();
    }

    private static RunResult run(Path journal, byte[] shown, int trials) throws Exception {
        PerformanceEstimator mine = PerformanceEstimator.of("mine", new Loader(shown).mine());
        return new SearchLoop(
                        SearchSpec.of(
                                        Searches.task(Spaces.nasBench201(), 3),
                                        new RandomSearch(),
                                        mine,
                                        Budget.trials(trials))
                                .journal(journal))
                .run();
    }

    @Test
    void theSameClassIsResumedWithoutAWord() throws Exception {
        assertThat(warnings(Loader.bytes(), Loader.bytes())).isEmpty();
    }

    @Test
    void aClassThatWasCompiledFromOtherCodeIsTold() throws Exception {
        byte[] other = Arrays.copyOf(Loader.bytes(), Loader.bytes().length + 1);
        assertThat(warnings(Loader.bytes(), other))
                .singleElement()
                .asString()
                .startsWith("the code of estimator \"mine\" has changed since journal")
                .contains(Mine.class.getName())
                .endsWith("Try another journal if what it computes has changed too");
    }

    /** Of a notebook's cells nothing can be read that is the same in the next kernel. */
    @Test
    void aFunctionThatCannotBeComparedIsToldWhenItsTrialsAreUsed() throws Exception {
        assertThat(warnings(new byte[0], new byte[0]))
                .singleElement()
                .asString()
                .startsWith(
                        "the journal cannot tell whether the code of estimator \"mine\" is still"
                                + " the same as when")
                .endsWith("was begun. Try another journal if it has changed");
    }

    @Test
    void onlyTheUsersClassesCount() {
        assertThat(UserCode.of(new RandomSearch())).isEmpty();
        assertThat(UserCode.of(new Evolution())).isEmpty();
        record Own(SearchStrategy inner) {}
        assertThat(UserCode.of(new Own(new Evolution())))
                .matches(".*UserCodeTest\\$\\dOwn [0-9a-f]{8}");
    }

    @Test
    void aLambdaIsKnownByTheClassThatItIsWrittenIn() {
        assertThat(UserCode.of(PerformanceEstimator.of("lambda", candidate -> 1)))
                .matches(UserCodeTest.class.getName() + " [0-9a-f]{8}");
    }
}
