package io.nas4j.view;

import static io.nas4j.space.Require.require;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Several pictures side by side, each with a caption.
 *
 * @param columns how many stand in a row at most, at least 1; fewer where they would not be
 *     readable
 * @param tiles row by row
 */
public record Grid(int columns, List<Tile> tiles) implements Picture {

    private static final double WIDTH = 680;

    /** Less than this share of their size, pictures are not readable: fewer stand in a row. */
    private static final double SMALLEST = 0.92;

    private static final double GAP = 16;
    private static final double CAPTION = 24;

    /**
     * One picture of a grid.
     *
     * @param caption a line above it
     * @param picture what is shown
     */
    public record Tile(String caption, Picture picture) {}

    public Grid {
        tiles = List.copyOf(tiles);
        require(columns >= 1, "a grid must have at least 1 column, but had %d.", columns);
        require(!tiles.isEmpty(), "a grid must have at least one picture, but had 0.");
    }

    /**
     * All in one row.
     *
     * @param tiles at least one
     * @return a grid of one row
     */
    public static Grid row(Tile... tiles) {
        return new Grid(tiles.length, List.of(tiles));
    }

    @Override
    public Svg svg() {
        return svg(WIDTH);
    }

    @Override
    public Svg svg(double width) {
        for (int inRow = Math.min(columns, tiles.size()); ; inRow--) {
            double room = (width - (inRow - 1) * GAP) / inRow;
            List<Svg> drawings = tiles.stream().map(tile -> tile.picture().svg(room)).toList();
            double widest = drawings.stream().mapToDouble(Svg::width).max().orElseThrow();
            if (inRow == 1 || widest * SMALLEST <= room) {
                return laid(drawings, inRow, widest, Math.min(1, room / widest));
            }
        }
    }

    private Svg laid(List<Svg> drawings, int inRow, double widest, double scale) {
        Pen pen = new Pen();
        double y = 0;
        for (int row = 0; row * inRow < tiles.size(); row++) {
            double height = 0;
            for (int i = row * inRow; i < Math.min(tiles.size(), (row + 1) * inRow); i++) {
                double x = (i - row * inRow) * (widest * scale + GAP);
                String caption = TextWidth.fitting(tiles.get(i).caption(), 13, widest * scale - 4);
                pen.text(x + 4, y + 16, caption, 13, Pen.INK, Pen.Anchor.START, true);
                pen.place(drawings.get(i), x, y + CAPTION, scale);
                height = Math.max(height, drawings.get(i).height() * scale);
            }
            y += CAPTION + height + GAP;
        }
        return pen.svg(inRow * widest * scale + (inRow - 1) * GAP, y - GAP, alt());
    }

    @Override
    public String alt() {
        return tiles.stream()
                .map(tile -> tile.caption() + ": " + tile.picture().alt())
                .collect(Collectors.joining("; "));
    }

    @Override
    public String toString() {
        return tiles.stream()
                .map(tile -> tile.caption() + "\n" + tile.picture())
                .collect(Collectors.joining("\n\n"));
    }
}
