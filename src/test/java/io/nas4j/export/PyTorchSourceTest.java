package io.nas4j.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.nas4j.model.NasModel;
import io.nas4j.space.Spaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That PyTorch answers the same is checked by {@code src/bench/python/check_handover.py}. */
class PyTorchSourceTest {

    @TempDir Path folder;

    /**
     * What a name says stands between quotes or in the comment; all else is as for a plain name.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"\"\nimport os\nos.system('rm')\n\"\"\"",
                "\\\"]; import os #",
                "'''",
                "\\N{BULLET}\\u002a/\\",
                "@FORWARD@ @COMMENT@",
                "</script><script>alert(1)</script>",
                "\r\u2028\u0000\ud83d\ude00\ud83d"
            })
    void namesAreTextNeverCode(String hostile) throws IOException {
        assertThat(skeleton(hostile)).isEqualTo(skeleton("plain"));
    }

    private String skeleton(String name) throws IOException {
        NasModel model = RandomModel.of(Spaces.nasBench201(4, 1), 1, name);
        PyTorchSource.write(model, folder);
        String text = Files.readString(folder.resolve("network.py"));
        assertThat(text).matches("[\n -~]*");
        int end = text.indexOf("\"\"\"", 3);
        int comment = text.lastIndexOf("\n", end - 2) + 1;
        assertThat(text.substring(comment, end)).doesNotContain("\\");
        return (text.substring(0, comment) + text.substring(end))
                .replaceAll("(?<!\")\"[^\"\n]*\"(?!\")", "text");
    }

    @Test
    void everyWeightIsNamed() throws IOException {
        NasModel model = RandomModel.of(Spaces.cells(4, 3, 2), 2);
        PyTorchSource.write(model, folder);
        String text = Files.readString(folder.resolve("network.py"));
        model.weights()
                .forEach(weight -> assertThat(text).contains(": \"" + weight.name() + "\","));
    }
}
