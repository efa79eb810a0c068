package io.nas4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.nas4j.analysis.CollapseDoctor;
import io.nas4j.analysis.Importance;
import io.nas4j.space.OptionWeights;
import io.nas4j.space.SearchSpace;
import io.nas4j.space.Spaces;
import io.nas4j.view.Chart.Mark;
import io.nas4j.view.Chart.Series;
import io.nas4j.view.Graph.Edge;
import io.nas4j.view.Graph.Kind;
import io.nas4j.view.Graph.Strand;
import io.nas4j.view.Graph.Style;
import io.nas4j.view.Graph.Vertex;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every public view against {@link RenderableContract} or {@link PictureContract}. */
class ViewsKeepTheContractTest {

    @Nested
    class Charts extends PictureContract {
        @Override
        protected Chart view(String name) {
            return chart(name);
        }
    }

    @Nested
    class HeatMaps extends PictureContract {
        @Override
        protected HeatMap view(String name) {
            return new HeatMap(
                    name,
                    List.of(name, "b"),
                    List.of("c", name + "d"),
                    List.of(List.of(0.0, 0.5), List.of(1.0, 0.25)));
        }
    }

    @Nested
    class Workers extends RenderableContract {
        @Override
        protected Lanes view(String name) {
            return new Lanes(
                    List.of(
                            new Lanes.Lane(
                                    name,
                                    OptionalInt.of(7),
                                    "epoch 3: 0.8000",
                                    OptionalDouble.of(0.25),
                                    2,
                                    1),
                            new Lanes.Lane(
                                    "worker 1 on gpu:1",
                                    OptionalInt.empty(),
                                    "",
                                    OptionalDouble.empty(),
                                    3,
                                    0)));
        }
    }

    @Nested
    class Grids extends PictureContract {
        @Override
        protected Grid view(String name) {
            return Grid.row(new Grid.Tile(name, chart(name)), new Grid.Tile("other", chart("b")));
        }
    }

    @Nested
    class Films extends PictureContract {
        @Override
        protected Film view(String name) {
            Film film = Samples.film(Spaces.nasBench201(), 20);
            return new Film(
                    name,
                    Samples.parts(name),
                    film.course(),
                    List.of(new Film.Key(3, name, film.keys().get(0).cell())),
                    film.cost());
        }
    }

    @Nested
    class Notices extends PictureContract {
        @Override
        protected Notice view(String name) {
            return new Notice("nothing of " + name, List.of(name, "Try again."));
        }
    }

    @Nested
    class Diagrams extends PictureContract {
        @Override
        protected Diagram view(String name) {
            return new Diagram(name, List.of(graph(name)));
        }
    }

    @Nested
    class Supernets extends PictureContract {
        @Override
        protected Diagram view(String name) {
            return Diagram.of(Spaces.cells(), Samples.weights(Spaces.cells(), 3, 1));
        }
    }

    @Nested
    class Controllers extends PictureContract {
        @Override
        protected Diagram view(String name) {
            SearchSpace space = Spaces.zophLe();
            return Diagram.controller(
                    space, space.sample(new java.util.SplittableRandom(1)), OptionWeights.NONE);
        }
    }

    @Nested
    class Diagnoses extends PictureContract {
        @Override
        protected Diagnosis view(String name) {
            CollapseDoctor.Epoch epoch =
                    new CollapseDoctor.Epoch(
                            0, 1, 4, 0.9, OptionalDouble.of(0.1), OptionalDouble.empty());
            return new Diagnosis(new CollapseDoctor(List.of(epoch, epoch), name, 1));
        }
    }

    @Nested
    class CostsAgainstTrust extends PictureContract {
        @Override
        protected CostAgainstTrust view(String name) {
            return new CostAgainstTrust(Samples.trust(name), name, Duration.ofMinutes(4));
        }
    }

    @Nested
    class TrustTables extends RenderableContract {
        @Override
        protected TrustTable view(String name) {
            return new TrustTable(Samples.trust(name), "judged by " + name);
        }
    }

    @Nested
    class ProgressPanels extends RenderableContract {
        @Override
        protected Progress view(String name) {
            return progress(name);
        }
    }

    @Nested
    class TrainingPanels extends RenderableContract {
        @Override
        protected TrainingPanel view(String name) {
            return new TrainingPanel(
                    name,
                    2,
                    5,
                    0.5,
                    Duration.ofSeconds(42),
                    Optional.of(Duration.ofSeconds(40)),
                    OptionalDouble.of(0.3),
                    List.of(0.6, 0.8),
                    List.of(0.5, 0.7),
                    name,
                    name,
                    OptionalLong.empty());
        }
    }

    @Nested
    class Thumbnails extends PictureContract {
        @Override
        protected Thumbnail view(String name) {
            return new Thumbnail(name, 3, 2, 2, new byte[] {0, 1, 2, 3, 90, 5, 6, 7, 8, 9, -1, 8});
        }
    }

    @Nested
    class Assessments extends RenderableContract {
        @Override
        protected AssessmentPanel view(String name) {
            return AssessmentPanelTest.panel(name);
        }
    }

    @Nested
    class Dashboards extends RenderableContract {
        @Override
        protected Dashboard view(String name) {
            return new Dashboard(
                    progress(name),
                    Optional.of(boxes(name)),
                    Optional.of(chart(name)),
                    Optional.of(chart(name)));
        }
    }

    @Nested
    class Components extends PictureContract {
        @Override
        protected ThreeBoxes view(String name) {
            return boxes(name);
        }
    }

    @Nested
    class TrialTables extends RenderableContract {
        @Override
        protected TrialTable view(String name) {
            return new TrialTable(
                    List.of("trial", name), List.of(List.of("1", name), List.of("2", "b")), 3);
        }
    }

    @Nested
    class Leaderboards extends RenderableContract {
        @Override
        protected Leaderboard view(String name) {
            return new Leaderboard(
                    List.of(
                            new Leaderboard.Entry(
                                    name,
                                    name,
                                    name,
                                    OptionalDouble.of(0.5),
                                    3,
                                    10,
                                    Duration.ofSeconds(7)),
                            new Leaderboard.Entry(
                                    "b",
                                    "random",
                                    name,
                                    OptionalDouble.empty(),
                                    0,
                                    0,
                                    Duration.ZERO)),
                    name);
        }
    }

    @Nested
    class Dependences extends PictureContract {
        @Override
        protected Dependence view(String name) {
            return new Dependence(
                    new Importance(
                            12,
                            0.5,
                            List.of(
                                    new Importance.Effect(
                                            name,
                                            0.75,
                                            List.of(
                                                    new Importance.Marginal(name, 0.1, 6),
                                                    new Importance.Marginal("b", -0.1, 6)))),
                            List.of(new Importance.Interaction(name, "b", 0.25))),
                    3);
        }
    }

    @Nested
    class ParallelLines extends PictureContract {
        @Override
        protected ParallelCoordinates view(String name) {
            return new ParallelCoordinates(
                    name,
                    List.of(
                            new ParallelCoordinates.Axis(name, List.of(name, "b")),
                            new ParallelCoordinates.Axis("c", List.of("d"))),
                    name,
                    List.of(
                            new ParallelCoordinates.Line(List.of(0, 0), 0.5),
                            new ParallelCoordinates.Line(List.of(1, 0), 0.75)));
        }
    }

    @Test
    void noPublicViewIsLeftOut() {
        Set<String> tested =
                Arrays.stream(getClass().getDeclaredClasses())
                        .filter(RenderableContract.class::isAssignableFrom)
                        .map(ViewsKeepTheContractTest::viewed)
                        .collect(Collectors.toSet());
        Set<String> views =
                new ClassFileImporter()
                                .withImportOption(location -> location.contains("/target/classes/"))
                                .importPackages("io.nas4j.view")
                                .stream()
                                .filter(type -> type.isAssignableTo(Renderable.class))
                                .filter(type -> !type.isInterface())
                                .filter(t -> t.getModifiers().contains(JavaModifier.PUBLIC))
                                .map(JavaClass::getSimpleName)
                                .collect(Collectors.toSet());
        assertThat(tested).isEqualTo(views).hasSizeGreaterThan(7);
    }

    @Test
    void aScriptAndABrokenDrawingAreFound() {
        assertThatThrownBy(
                        () ->
                                RenderableContract.requireSafe(
                                        MimeBundle.html("<SCRIPT>alert(1)</SCRIPT>", "x")))
                .hasMessageContaining("must not have <script");
        assertThatThrownBy(
                        () ->
                                RenderableContract.requireSafe(
                                        MimeBundle.html("<b onclick=\"a()\">x</b>", "x")))
                .hasMessageContaining("handlers");
        assertThatThrownBy(() -> RenderableContract.requireSafe("<svg><g></svg>"))
                .hasMessageContaining("well-formed");
        assertThatThrownBy(() -> RenderableContract.requireSafe("<svg><a href=\"x\"/></svg>"))
                .hasMessageContaining("must not have <a>");
    }

    private static String viewed(Class<?> contract) {
        return Arrays.stream(contract.getDeclaredMethods())
                .filter(method -> method.getName().equals("view") && !method.isBridge())
                .findFirst()
                .orElseThrow()
                .getReturnType()
                .getSimpleName();
    }

    private static Chart chart(String name) {
        return new Chart(
                name,
                name,
                name,
                List.of(new Series(name, Mark.LINE, List.of(1.0, 2.0), List.of(0.5, 0.75))));
    }

    private static ThreeBoxes boxes(String name) {
        List<String> lines = List.of(name, name, name, name);
        Optional<ThreeBoxes.Part> lit = Optional.of(ThreeBoxes.Part.STRATEGY);
        return new ThreeBoxes(lines, lines, lines, name, name, lit);
    }

    private static Graph graph(String name) {
        return new Graph(
                name,
                List.of(
                        Vertex.of(name, Kind.INPUT),
                        new Vertex(name, List.of(name), Kind.OPERATION, Graph.Mark.ADDED),
                        Vertex.of("out", Kind.OUTPUT)),
                List.of(
                        new Edge(
                                0,
                                1,
                                Style.CANDIDATES,
                                List.of(new Strand(name, 0.5), new Strand("b", 0.5)),
                                Graph.Mark.NONE),
                        new Edge(1, 2, Style.PLAIN, List.of(), Graph.Mark.NONE)),
                name);
    }

    private static Progress progress(String name) {
        return new Progress(
                name,
                3,
                OptionalInt.of(10),
                name,
                0.3,
                Duration.ofSeconds(83),
                Optional.of(Duration.ofSeconds(200)),
                OptionalDouble.of(0.5),
                List.of(0.25, 0.5, 0.4),
                name,
                name,
                name,
                name,
                "",
                OptionalLong.empty());
    }
}
