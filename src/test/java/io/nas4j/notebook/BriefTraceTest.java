package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.notebook.BriefTrace.Thrown;
import java.util.Arrays;
import java.util.List;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BriefTraceTest {

    private static final List<StackTraceElement> FRAMES =
            List.of(
                    frame("io.nas4j.space.Require", "require"),
                    frame("io.nas4j.search.SearchRun", "run"),
                    frame("java.util.Optional", "orElseThrow"),
                    frame("io.nas4j.Search", "run"),
                    frame("", "two"),
                    frame("", ""));

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, "File", 1);
    }

    @AfterEach
    void brief() {
        System.clearProperty(BriefTrace.PROPERTY);
    }

    @Test
    void aForeseenErrorHasTheLinesOfTheCellOnly() {
        assertThat(shown(argument("5 is too much. Try 4.")))
                .containsExactly(".two(File:1)", ".(File:1)", "Nas.fullErrors(shows 4 more lines)");
    }

    @Test
    void anErrorThatNobodyForesawKeepsWhereItWasThrown() {
        assertThat(shown(new Thrown("java.lang.NullPointerException", "x is null", FRAMES)))
                .contains("io.nas4j.space.Require.require(File:1)", ".(File:1)");
    }

    @Test
    void aMessageThatSaysNothingIsNone() {
        assertThat(shown(argument(""))).contains("io.nas4j.space.Require.require(File:1)");
    }

    @Test
    void ofACauseTheMessageIsEnoughUnlessNobodyForesawIt() {
        Thrown cause = new Thrown("java.io.IOException", "the disk is full", FRAMES);
        assertThat(BriefTrace.of(List.of(argument("no"), cause)).get(1)).isEmpty();
        Thrown bug = new Thrown("java.lang.ClassCastException", "no", FRAMES);
        assertThat(BriefTrace.of(List.of(argument("no"), bug)).get(1)).hasSize(4);
    }

    @Test
    void whatDidNotPassThroughTheLibraryIsLeftAsItIs() {
        List<StackTraceElement> own = List.of(frame("org.example.Data", "read"), frame("", ""));
        Thrown thrown = new Thrown("java.lang.IllegalStateException", "closed", own);
        assertThat(BriefTrace.of(List.of(thrown))).containsExactly(own);
    }

    @Test
    void aReaderMayHaveEverything() {
        Notebooks.fullErrors();
        assertThat(BriefTrace.of(List.of(argument("no")))).containsExactly(FRAMES);
    }

    @Test
    void aCellOfJShellGetsItAsTheKernelWillWriteIt() {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            BriefErrors.listen(shell);
            shell.eval(
                    "int one() { io.nas4j.space.Require.require(false, \"a rule.\"); return 1; }");
            EvalException error = (EvalException) shell.eval("one()").get(0).exception();
            assertThat(error.getMessage()).isEqualTo("a rule.");
            assertThat(Arrays.stream(error.getStackTrace()).map(StackTraceElement::toString))
                    .noneMatch(line -> line.startsWith("io.nas4j"))
                    .anyMatch(line -> line.startsWith(".one("))
                    .contains("Nas.fullErrors(shows 1 more line)");
        }
    }

    private static Thrown argument(String message) {
        return new Thrown("java.lang.IllegalArgumentException", message, FRAMES);
    }

    private static List<String> shown(Thrown thrown) {
        return BriefTrace.of(List.of(thrown)).get(0).stream()
                .map(StackTraceElement::toString)
                .toList();
    }
}
