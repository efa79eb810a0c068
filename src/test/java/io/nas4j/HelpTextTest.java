package io.nas4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HelpTextTest {

    @Test
    void theTextIsThatOfTheJavadocOfNas() throws IOException {
        assertThat(lines(Files.readString(HelpText.FILE), false))
                .as("help.tsv; run io.nas4j.HelpText to write it anew")
                .isEqualTo(lines(HelpText.text(), false));
    }

    /** The words about a setting may lag behind its Javadoc until they are next written. */
    @Test
    void everySettingIsInIt() throws IOException {
        assertThat(lines(Files.readString(HelpText.FILE), true))
                .as("help.tsv; run io.nas4j.HelpText to write it anew")
                .isEqualTo(lines(HelpText.text(), true));
    }

    private static List<String> lines(String text, boolean settings) {
        return text.lines()
                .filter(line -> line.startsWith("setting\t") == settings)
                .map(line -> settings ? line.substring(0, line.lastIndexOf('\t')) : line)
                .toList();
    }

    @Test
    void everythingThatNasOffersIsInIt() {
        Set<String> names =
                column(Nas.help(), 1).stream()
                        .map(name -> name.replaceFirst("\\(.*", ""))
                        .collect(Collectors.toSet());
        Stream<String> fields = Arrays.stream(Nas.class.getFields()).map(f -> f.getName());
        Stream<String> methods =
                Arrays.stream(Nas.class.getMethods())
                        .filter(method -> Modifier.isStatic(method.getModifiers()))
                        .map(method -> method.getName());
        assertThat(names).containsAll(Stream.concat(fields, methods).toList());
        assertThat(column(Nas.help(), 2)).allMatch(words -> words.length() > 5);
        assertThat(column(Nas.help(), 2)).noneMatch(words -> words.contains("{@"));
    }

    @Test
    void anotherNameThanOneOfNasIsNotInIt() {
        assertThat(column(Nas.help(), 1)).doesNotContain("remember(result)", "LAST");
    }

    @Test
    void aNameIsToldWithItsSettingsAndTheirDefaults() {
        Help evolution = Nas.help("evolution");
        assertThat(evolution.rows().get(0)).startsWith("search strategy", "EVOLUTION");
        assertThat(evolution.rows())
                .anySatisfy(
                        row ->
                                assertThat(row)
                                        .containsExactly(
                                                "setting",
                                                "population",
                                                "20",
                                                "how many survive, at least 2"));
    }

    @Test
    void settingsOfSettingsAreToldToo() {
        String epochs = Integer.toString(Nas.DARTS.training().epochs());
        assertThat(Nas.help("DARTS").rows())
                .anySatisfy(row -> assertThat(row).contains("training.epochs", epochs))
                .anySatisfy(row -> assertThat(row).contains("training", ""))
                .noneSatisfy(row -> assertThat(row.toString()).contains("Optional"));
    }

    @Test
    void aNameOfTwoThingsTellsBoth() {
        assertThat(column(Nas.help("darts"), 0)).contains("search strategy", "search space");
        assertThat(column(Nas.help("darts"), 1))
                .contains("DARTS", "darts()", "darts(channels, cells)");
        assertThat(Nas.help("DARTS").rows()).isEqualTo(Nas.help("darts").rows());
    }

    @Test
    void aKindListsItsNames() {
        assertThat(column(Nas.help("search strategies"), 1)).contains("RANDOM", "ENAS");
        assertThat(column(Nas.help("budgets"), 0)).containsOnly("budget");
        assertThat(column(Nas.help("spaces"), 1)).contains("cells()").doesNotContain("RANDOM");
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Nas.help("evolutoin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"evolutoin\"")
                .hasMessageContaining("Try \"EVOLUTION\"");
        assertThatThrownBy(() -> Nas.help("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void lettersThatDifferAreCounted() {
        assertThat(Help.distance("darts", "darts")).isZero();
        assertThat(Help.distance("dart", "darts")).isEqualTo(1);
        assertThat(Help.distance("", "abc")).isEqualTo(3);
        assertThat(Help.distance("kitten", "sitting")).isEqualTo(3);
    }

    private static List<String> column(Help help, int column) {
        return help.rows().stream().map(row -> row.get(column)).toList();
    }
}
