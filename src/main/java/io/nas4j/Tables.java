package io.nas4j;

import io.nas4j.data.Csv;
import io.nas4j.data.Data;
import io.nas4j.data.Readers;
import io.nas4j.estimate.Tabular;
import io.nas4j.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** tablesaw's tables as data to learn from, or as measured architectures. */
public final class Tables {

    private Tables() {}

    /**
     * Rows to learn from. Columns of numbers become one feature each, columns of text one 0/1
     * feature a value.
     *
     * @param table without missing values
     * @param target the column to be predicted; its values, sorted, are the classes
     * @return split 70 / 15 / 15, by a fixed shuffle, class by class
     */
    public static Data data(Table table, String target) {
        return Readers.table(text(table), target);
    }

    /**
     * Measured architectures.
     *
     * @param table columns as for {@link Tabular#csv(java.nio.file.Path, SearchSpace)}
     * @param space what the choices mean
     * @return an estimator
     */
    public static Tabular tabular(Table table, SearchSpace space) {
        return Tabular.csv(text(table), space);
    }

    private static Csv text(Table table) {
        List<List<String>> rows = new ArrayList<>(table.rowCount());
        for (int row = 0; row < table.rowCount(); row++) {
            List<String> cells = new ArrayList<>(table.columnCount());
            for (Column<?> column : table.columns()) {
                cells.add(column.isMissing(row) ? "" : column.getUnformattedString(row));
            }
            rows.add(cells);
        }
        String name = table.name() == null ? "table" : table.name();
        return new Csv(name, table.columnNames(), rows);
    }
}
