package io.nas4j.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;

/**
 * The script that draws interactive figures, which this library brings along: no network. A page
 * needs it once, whichever output holds it; figures that came before it wait for it.
 */
final class Plotly {

    /** Lines, bars, boxes, histograms, heat maps, contours, pies; no maps and nothing in space. */
    private static final String FILE = "plotly-cartesian-2.35.2.min.js.gz";

    /** What the page keeps for all figures: who waits, and whether the script is on its way. */
    private static final String PAGE =
            "var page=window.nas4jFigures=window.nas4jFigures||{waiting:[],coming:false};";

    private Plotly() {}

    /**
     * A script that draws as soon as the page has Plotly.
     *
     * @param id of the element that a static picture stands in
     * @param body draws into the element {@code id + "live"}
     * @param carries whether Plotly comes along
     * @return without the element around it; where anything fails, the picture stays
     */
    static String script(String id, String body, boolean carries) {
        return "(function(){var box=document.getElementById('"
                + id
                + "');if(!box){return;}"
                + PAGE
                + "function draw(){var live=document.createElement('div');live.id='"
                + id
                + "live';box.appendChild(live);try{(function(){"
                + body
                + "})();box.firstElementChild.style.display='none';}"
                + "catch(e){box.removeChild(live);}}"
                + "if(window.Plotly){draw();return;}page.waiting.push(draw);"
                + (carries ? loading() : "")
                + "})();";
    }

    /** The names that it looks for a module loader by are hidden from it. */
    private static String loading() {
        return "if(page.coming){return;}page.coming=true;"
                + "var bytes=Uint8Array.from(atob('"
                + base64()
                + "'),function(c){return c.charCodeAt(0);});"
                + "new Response(new Blob([bytes]).stream().pipeThrough("
                + "new DecompressionStream('gzip'))).text().then(function(code){"
                + "var s=document.createElement('script');"
                + "s.textContent='(function(exports,module,define){'+code+'\\n})();';"
                + "document.head.appendChild(s);"
                + "page.waiting.splice(0).forEach(function(f){f();});"
                + "}).catch(function(){page.coming=false;});";
    }

    private static String base64() {
        try (InputStream packed = Plotly.class.getResourceAsStream(FILE)) {
            return Base64.getEncoder().encodeToString(packed.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
