package io.nas4j.view;

import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/** A figure that knows the chart that it is the twin of. */
final class ChartFigure extends Figure {

    private final Chart chart;

    ChartFigure(Chart chart, Layout layout, Trace... traces) {
        super(layout, traces);
        this.chart = chart;
    }

    Chart chart() {
        return chart;
    }
}
