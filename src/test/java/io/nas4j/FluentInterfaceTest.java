package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a cell chains can stand in a lambda too. */
class FluentInterfaceTest {

    private static List<String> checked(Class<?>... types) {
        return Arrays.stream(types)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(
                        method ->
                                Arrays.stream(method.getExceptionTypes())
                                        .anyMatch(e -> !RuntimeException.class.isAssignableFrom(e)))
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .toList();
    }

    @Test
    void nothingInItThrowsAnExceptionThatMustBeCaught() {
        assertThat(
                        checked(
                                Nas.class,
                                Search.class,
                                SearchResult.class,
                                SearchCharts.class,
                                SearchAnalysis.class,
                                TrustMeter.class,
                                TrustReport.class,
                                Reproduction.class,
                                io.nas4j.view.Film.class))
                .isEmpty();
    }

    @Test
    void aMethodThatDoesIsFound() {
        assertThat(checked(Checked.class)).containsExactly("Checked.read");
    }

    /** Must not be chained. */
    static final class Checked {
        /** Throws one. */
        public void read() throws IOException {}

        /** Throws none. */
        public void write() {}
    }

    @Test
    void anInterruptedCallLeavesItsThreadInterrupted() {
        InterruptedException stopped = new InterruptedException();
        CancellationException thrown = Interruption.of(stopped);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).hasCause(stopped).hasMessage("interrupted");
        assertThat(Interruption.of(new InterruptedException("before the first epoch")))
                .hasMessage("before the first epoch");
        assertThat(Thread.interrupted()).isTrue();
    }
}
