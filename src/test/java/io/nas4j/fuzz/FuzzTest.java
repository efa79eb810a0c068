package io.nas4j.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.search.MemoryFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers take damaged inputs for what they are; a million of them are in {@code FuzzReport}.
 *
 * <p>Inputs are made by a counter, so that they are the same on every machine and no tool keeps a
 * data base of its own; a reader of coverage would need a native agent.
 */
class FuzzTest {

    private static final int INPUTS = 250;

    @TempDir(factory = MemoryFolder.class)
    static Path folder;

    static Stream<Target> targets() throws IOException {
        return new Targets(folder).all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void nothingButADocumentedErrorWithAMessageIsThrown(Target target) throws Exception {
        target.accept();
        Target.Result result = target.attack(1_000_000_000L, INPUTS, 5, () -> 0);
        assertThat(result.findings()).isEmpty();
        assertThat(result.inputs()).isEqualTo(INPUTS);
    }

    @Test
    void aReaderThatThrowsAnythingElseIsFound() {
        Target careless =
                new Target(
                        "careless",
                        List.of(new byte[] {1, 2, 3, 4}),
                        input -> {
                            if (input[3] != 4) {
                                throw new IllegalArgumentException("documented");
                            }
                        },
                        List.of(IllegalArgumentException.class));
        Target.Result result = careless.attack(0, 200, 1, () -> 0);
        assertThat(result.findings().keySet())
                .singleElement()
                .asString()
                .contains("ArrayIndexOutOfBoundsException");
        assertThat(result.accepted()).isBetween(1L, 199L);
    }

    @Test
    void inputsAreTheSameEveryTimeAndDifferByNumberAndSeed() {
        Mutator mutator =
                new Mutator(
                        List.of(
                                "a reader of text 12".getBytes(StandardCharsets.UTF_8),
                                new byte[300]));
        List<String> inputs = new ArrayList<>();
        for (int number = 0; number < 50; number++) {
            byte[] input = mutator.input(number, 3);
            assertThat(mutator.input(number, 3)).isEqualTo(input);
            inputs.add(java.util.Arrays.toString(input));
        }
        assertThat(inputs.stream().distinct()).hasSizeGreaterThan(45);
        assertThat(mutator.input(7, 4)).isNotEqualTo(mutator.input(7, 3));
    }
}
