package io.nas4j;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.skip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Data;
import io.nas4j.estimate.Tabular;
import io.nas4j.space.SearchSpace;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TablesTest {

    @Test
    void aTableWithATargetColumnBecomesRows() {
        Table table =
                Table.create("iris")
                        .addColumns(
                                DoubleColumn.create("width", 0.123456789, 12345.678, 1e-9),
                                IntColumn.create("age", 3, 1_000_000, 5),
                                BooleanColumn.create("wild", true, false, true),
                                StringColumn.create("kind", "b", "a", "b"));
        Data data = Tables.data(table, "kind");

        assertThat(data.name()).isEqualTo("iris");
        assertThat(data.classes()).containsExactly("a", "b");
        assertThat(data.labels()).containsExactly(1, 0, 1);
        assertThat(data.values())
                .containsExactly(
                        0.123456789f, 3, 0, 1, 12345.678f, 1_000_000, 1, 0, 1e-9f, 5, 0, 1);
    }

    @Test
    void aMissingValueIsRefusedByRowAndColumn() {
        Table table =
                Table.create("t")
                        .addColumns(
                                DoubleColumn.create("x", 1.0, Double.NaN),
                                StringColumn.create("y", "a", "b"));
        assertThatThrownBy(() -> Tables.data(table, "y"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("column \"x\" of \"t\" is empty in row 2");
    }

    @Test
    void aTableOfScoresBecomesAnEstimator() {
        SearchSpace space = SearchSpace.of("two", choice("first", norConv(3), skip()));
        Table table =
                Table.create("own")
                        .addColumns(
                                StringColumn.create("architecture", "nor_conv_3x3", "skip_connect"),
                                DoubleColumn.create("score", 0.25, 0.75));
        Tabular tabular = Tables.tabular(table, space);

        assertThat(tabular.optimum()).isEqualTo(0.75);
        assertThat(tabular.table().best().choices()).containsExactly(1);
        assertThat(tabular.table().size()).isEqualTo(2);
    }
}
