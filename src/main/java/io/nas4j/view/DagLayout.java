package io.nas4j.view;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.CenterEdgeLabelPlacementStrategy;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.math.KVector;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where boxes, edges and labels of a directed acyclic graph go: a layered drawing (Sugiyama et al.,
 * 1981) by the Eclipse Layout Kernel, without any of Eclipse around it.
 *
 * @param width of all
 * @param height of all
 * @param boxes one a node
 * @param routes from source to target, one per edge
 * @param labels one per edge; of no size where it has none
 */
record DagLayout(
        double width, double height, List<Box> boxes, List<List<Point>> routes, List<Box> labels) {

    record Point(double x, double y) {}

    record Box(double x, double y, double width, double height) {
        double centerX() {
            return x + width / 2;
        }

        double centerY() {
            return y + height / 2;
        }

        static Box sized(double width, double height) {
            return new Box(0, 0, width, height);
        }
    }

    /**
     * An edge to be laid out.
     *
     * @param from position of its source
     * @param to position of its target
     * @param label its size; zero for none
     */
    record Link(int from, int to, Box label) {}

    static {
        // teaches ELK the types of its own properties; finds nothing outside of our class loader
        LayoutMetaDataService.getInstance();
    }

    /**
     * Lays out.
     *
     * @param sizes of the nodes; those without an incoming link come first
     * @param links between them
     * @param down top to bottom rather than left to right
     * @param gap between layers
     * @param bundle how thick an edge is
     * @return positions from (0, 0)
     */
    static DagLayout of(
            List<Box> sizes, List<Link> links, boolean down, double gap, double bundle) {
        ElkNode graph = ElkGraphUtil.createGraph();
        graph.setProperty(CoreOptions.DIRECTION, down ? Direction.DOWN : Direction.RIGHT);
        graph.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        graph.setProperty(CoreOptions.PADDING, new ElkPadding(0));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, 14 + bundle);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, 8 + bundle);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 8 + bundle);
        graph.setProperty(LayeredOptions.SPACING_LABEL_LABEL, 4.0);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, gap);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, gap / 2);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, gap / 2);
        graph.setProperty(
                LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
        graph.setProperty(LayeredOptions.THOROUGHNESS, 20);
        // labels of long edges share a column with those of short ones
        graph.setProperty(
                LayeredOptions.EDGE_LABELS_CENTER_LABEL_PLACEMENT_STRATEGY,
                CenterEdgeLabelPlacementStrategy.SPACE_EFFICIENT_LAYER);
        graph.setProperty(LayeredOptions.CROSSING_MINIMIZATION_SEMI_INTERACTIVE, true);
        List<ElkNode> nodes = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            int node = i;
            ElkNode created = ElkGraphUtil.createNode(graph);
            created.setDimensions(sizes.get(i).width, sizes.get(i).height);
            if (links.stream().noneMatch(link -> link.to == node)) {
                created.setProperty(
                        LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.FIRST);
                // keeps the inputs in their order
                created.setProperty(CoreOptions.POSITION, new KVector(10.0 * i, 10.0 * i));
            }
            nodes.add(created);
        }
        List<ElkEdge> edges = new ArrayList<>();
        for (Link link : links) {
            ElkEdge edge = ElkGraphUtil.createSimpleEdge(nodes.get(link.from), nodes.get(link.to));
            if (link.label.width > 0) {
                ElkLabel label = ElkGraphUtil.createLabel("x", edge);
                label.setDimensions(link.label.width, link.label.height);
                label.setProperty(CoreOptions.EDGE_LABELS_INLINE, true);
            }
            edges.add(edge);
        }
        new LayeredLayoutProvider().layout(graph, new BasicProgressMonitor());
        return new DagLayout(
                graph.getWidth(),
                graph.getHeight(),
                nodes.stream()
                        .map(n -> new Box(n.getX(), n.getY(), n.getWidth(), n.getHeight()))
                        .toList(),
                edges.stream().map(DagLayout::route).toList(),
                edges.stream().map(DagLayout::label).toList());
    }

    private static List<Point> route(ElkEdge edge) {
        ElkEdgeSection section = edge.getSections().get(0);
        List<Point> points = new ArrayList<>();
        points.add(new Point(section.getStartX(), section.getStartY()));
        section.getBendPoints().forEach(bend -> points.add(new Point(bend.getX(), bend.getY())));
        points.add(new Point(section.getEndX(), section.getEndY()));
        return List.copyOf(points);
    }

    private static Box label(ElkEdge edge) {
        if (edge.getLabels().isEmpty()) {
            return Box.sized(0, 0);
        }
        ElkLabel label = edge.getLabels().get(0);
        return new Box(label.getX(), label.getY(), label.getWidth(), label.getHeight());
    }
}
