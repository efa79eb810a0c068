package io.nas4j.notebook;

import io.nas4j.view.MimeBundle;
import io.nas4j.view.Renderers;
import java.util.List;
import org.rapaio.jupyter.kernel.display.DisplayData;
import org.rapaio.jupyter.kernel.display.DisplayRenderer;
import org.rapaio.jupyter.kernel.display.DisplayTransformer;
import org.rapaio.jupyter.kernel.display.spi.DisplayProvider;

/** What the rapaio kernel asks for: our values draw themselves there too. */
public final class RapaioProvider implements DisplayProvider {

    @Override
    public List<DisplayRenderer> getDisplayRenderers() {
        return Renderers.types().stream().<DisplayRenderer>map(TypeRenderer::new).toList();
    }

    @Override
    public List<DisplayTransformer> getDisplayTransformers() {
        return List.of();
    }

    private record TypeRenderer(Class<?> type) implements DisplayRenderer {

        @Override
        public Class<?> rendererClass() {
            return type;
        }

        /** It asks with null when the cell named no type. */
        @Override
        public boolean canRender(String mime) {
            return mime == null || mime.equals(MimeBundle.HTML) || mime.equals("html");
        }

        @Override
        public DisplayData render(String mime, Object value) {
            MimeBundle bundle = Notebooks.bundle(value);
            DisplayData data = DisplayData.fromText(bundle.text());
            bundle.data().forEach((type, content) -> data.putData(type, content));
            return data;
        }
    }
}
