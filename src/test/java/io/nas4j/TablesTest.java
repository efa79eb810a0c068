package io.nas4j;

import static io.nas4j.space.Grammar.choice;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.skip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.data.Data;
import io.nas4j.data.Frame;
import io.nas4j.data.Split;
import io.nas4j.estimate.Tabular;
import io.nas4j.space.SearchSpace;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DateTimeColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.api.TimeColumn;

class TablesTest {

    private static final Split ALL = new Split(new int[] {0, 1, 2}, new int[0], new int[0]);

    @Test
    void aTableWithATargetColumnBecomesRows() {
        Table table =
                Table.create("iris")
                        .addColumns(
                                DoubleColumn.create("width", 0.123456789, 12345.678, 1e-9),
                                IntColumn.create("age", 3, 1_000_000, 5),
                                BooleanColumn.create("wild", true, false, true),
                                StringColumn.create("kind", "b", "a", "b"));
        Data data = Tables.data(table, "kind").split(ALL);

        assertThat(data.name()).isEqualTo("iris");
        assertThat(data.classes()).containsExactly("a", "b");
        assertThat(data.labels()).containsExactly(1, 0, 1);
        assertThat(data.values())
                .containsExactly(0.123456789f, 3, 1, 12345.678f, 1_000_000, 0, 1e-9f, 5, 1);
    }

    @Test
    void everyTypeOfColumnIsKnownAndMissingCellsStayMissing() {
        DateColumn day = DateColumn.create("day", LocalDate.of(2024, 2, 29)).appendMissing();
        DateTimeColumn at =
                DateTimeColumn.create("at", LocalDateTime.of(2024, 2, 29, 12, 0)).appendMissing();
        TimeColumn time = TimeColumn.create("time", LocalTime.of(1, 0)).appendMissing();
        BooleanColumn wild = BooleanColumn.create("wild", true).appendMissing();
        StringColumn kind = StringColumn.create("kind", "a", "");
        DoubleColumn size = DoubleColumn.create("size", 2, Double.NaN);
        Frame frame = Tables.frame(Table.create("t").addColumns(day, at, time, wild, kind, size));
        assertThat(frame.columns()).allMatch(column -> !column.isMissing(0) && column.isMissing(1));
        assertThat(((Frame.Dates) frame.column("at")).seconds()[0]).isEqualTo(1_709_208_000);
        assertThat(((Frame.Dates) frame.column("day")).timed()).isFalse();
        assertThat(((Frame.Numbers) frame.column("time")).values()[0]).isEqualTo(3600);
    }

    @Test
    void aMissingTargetIsRefusedByRowAndColumn() {
        Table table =
                Table.create("t")
                        .addColumns(
                                DoubleColumn.create("x", 1.5, Double.NaN),
                                StringColumn.create("y", "a", "b"));
        assertThatThrownBy(() -> Nas.rows(table, "x"))
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
