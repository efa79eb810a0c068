package io.nas4j.data;

import static io.nas4j.space.Require.require;

import java.util.List;

/**
 * A table and how its training rows say that it becomes numbers.
 *
 * @param frame without the targets
 * @param reader the settings
 * @param encoding fitted to the training rows
 */
record FittedTable(Frame frame, TableReader reader, TableEncoding encoding) {

    /** Fits; {@code told} is what is said of the targets. */
    static FittedTable of(Frame frame, TableReader reader, int[] training, List<String> told) {
        TableEncoding encoding =
                new TableEncoding(
                        told,
                        frame.columns().stream()
                                .map(column -> ColumnEncoding.of(column, training, reader))
                                .toList());
        require(
                !encoding.features().isEmpty(),
                "there must be a column to predict from, but of \"%s\" none is left:%n%s",
                frame.name(),
                encoding);
        return new FittedTable(frame, reader, encoding);
    }

    /** The same table, fitted to other training rows. */
    FittedTable fitted(int[] training) {
        return of(frame, reader, training, encoding.targets());
    }

    Examples.Rows rows() {
        return new Examples.Rows(encoding.encode(frame), encoding.features().size());
    }
}
