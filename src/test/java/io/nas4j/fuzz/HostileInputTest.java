package io.nas4j.fuzz;

import static io.nas4j.space.Grammar.classifier;
import static io.nas4j.space.Grammar.norConv;
import static io.nas4j.space.Grammar.ref;
import static io.nas4j.space.Grammar.skip;
import static io.nas4j.space.Grammar.stem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.nas4j.data.Photo;
import io.nas4j.journal.JournalContent;
import io.nas4j.json.Json;
import io.nas4j.model.Safetensors;
import io.nas4j.search.MemoryFolder;
import io.nas4j.space.Architecture;
import io.nas4j.space.Node;
import io.nas4j.space.SearchSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small texts and files that stand for more than any machine holds. */
class HostileInputTest {

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    /** Each definition names the one before so many times. */
    private static Map<String, Node> nested(int definitions, int times) {
        Map<String, Node> shared = new LinkedHashMap<>();
        shared.put("d0", norConv(3));
        for (int i = 1; i < definitions; i++) {
            List<Node> steps = new ArrayList<>();
            for (int k = 0; k < times; k++) {
                steps.add(ref("d" + (i - 1)));
            }
            shared.put("d" + i, new Node.Chain(steps));
        }
        return shared;
    }

    private static String json(String root, String shared) {
        return "{\"nas4j\":1,\"kind\":\"space\",\"name\":\"a\",\"root\":"
                + root
                + ",\"shared\":{"
                + shared
                + "}}";
    }

    @Test
    void referencesThatDoubleTheNetworkSixtyTimesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of("bomb", ref("d60"), nested(61, 2)))
                .withMessageContaining("must have at most 1000000 nodes")
                .withMessageContaining("Try fewer references to references.");
        StringBuilder shared = new StringBuilder("\"d0\":{\"op\":\"relu\"}");
        for (int i = 1; i <= 60; i++) {
            String one = "{\"ref\":\"d" + (i - 1) + "\"}";
            shared.append(",\"d" + i + "\":{\"chain\":[" + one + "," + one + "]}");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.space(json("{\"ref\":\"d60\"}", shared.toString())))
                .withMessageContaining("must have at most 1000000 nodes");
        SearchSpace large = SearchSpace.of("large", ref("d15"), nested(16, 2));
        assertThat(large.fingerprint(large.choose(decision -> 0))).hasSize(16);
    }

    @Test
    void definitionsThatNestDeeperThanTheStackAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of("deep", ref("d99999"), nested(100_000, 1)))
                .withMessageContaining("must nest at most 200 deep, references included");
        SearchSpace deep = SearchSpace.of("deep", ref("d90"), nested(91, 1));
        Architecture only = deep.choose(decision -> 0);
        assertThat(deep.fingerprint(only)).hasSize(16);
        assertThat(Json.space(Json.write(deep))).isEqualTo(deep);
    }

    @Test
    void jsonThatNestsDeeperThanTheStackIsRefused() {
        for (String opening : List.of("{\"chain\":[", "[", "{\"a\":")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Json.space(json(opening.repeat(100_000), "")))
                    .withMessageContaining("must nest at most 200 deep");
        }
    }

    @Test
    void aValueThatIsAddedToItselfAgainAndAgainHasAFingerprint() {
        List<Node> steps = new ArrayList<>(List.of(stem(4)));
        for (int i = 0; i < 64; i++) {
            steps.add(new Node.Join(Node.Merge.SUM, List.of(skip(), skip())));
        }
        steps.add(classifier());
        SearchSpace doubled = SearchSpace.of("doubled", steps.toArray(Node[]::new));
        assertThat(doubled.fingerprint(doubled.choose(decision -> 0))).hasSize(16);
    }

    @Test
    void aChoiceOfManyOptionsTakesNoSquareOfTheirNumber() {
        List<Node> options = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            options.add(new Node.Choice("inner" + i, List.of(skip(), norConv(1))));
        }
        SearchSpace wide = SearchSpace.of("wide", new Node.Choice("outer", options));
        assertThat(wide.decisions()).hasSize(50_001);
    }

    @Test
    void whatIsCountedBeyondAllNumbersIsRefused() {
        List<Node> options = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            options.add(norConv(3));
        }
        Node.Subset subset = new Node.Subset("some", 100, Node.Merge.SUM, options);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchSpace.of("subset", subset))
                .withMessageContaining("\"some\" picks 100 of 200 options");
        List<Node> one = List.of(skip());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Node.Cell(Integer.MAX_VALUE, one, Node.Merge.SUM))
                .withMessageContaining("from 1 to 1000 inputs");
        Map<String, Node> shared = new LinkedHashMap<>();
        List<Node> steps = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            shared.put("d" + i, new Node.Choice("c", List.of(skip(), norConv(3))));
            steps.add(new Node.Choice("h" + i, List.of(ref("d" + i), skip())));
        }
        SearchSpace sets = SearchSpace.of("sets", new Node.Chain(steps), shared);
        assertThatIllegalStateException()
                .isThrownBy(sets::size)
                .withMessageContaining("Try fewer holes that choose between references.");
    }

    @Test
    void aCellOfSeveralInputsThatIsNoStepReadsItsOneValueAsOftenAsItWants() {
        Node cell =
                new Node.Cell(
                        3,
                        List.of(new Node.Chain(List.of(new Node.Input(2), norConv(3)))),
                        Node.Merge.SUM);
        SearchSpace space =
                SearchSpace.of(
                        "cell",
                        stem(4),
                        new Node.Join(Node.Merge.SUM, List.of(cell, skip())),
                        classifier());
        assertThat(space.fingerprint(space.choose(decision -> 0))).hasSize(16);
    }

    @Test
    void aPictureThatClaimsMorePixelsThanTheHeapHoldsIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", out);
        byte[] png = out.toByteArray();
        ByteBuffer header = ByteBuffer.wrap(png);
        header.putInt(16, 60_000).putInt(20, 60_000);
        CRC32 sum = new CRC32();
        sum.update(png, 12, 17);
        header.putInt(29, (int) sum.getValue());
        Path file = folder.resolve("large.png");
        Files.write(file, png);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Photo.read(file))
                .withMessageStartingWith("3600000000 pixels, more than ");
    }

    @Test
    void pictureFormatsThatTrustTheirHeadersAreRefused() throws IOException {
        Path file = folder.resolve("picture");
        for (String format : List.of("tiff", "wbmp")) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY);
            assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Photo.read(file))
                    .withMessageStartingWith("a picture in the format ");
        }
    }

    @Test
    void weightsWhoseHeaderClaimsToBeLongAreRefused() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        for (long claimed : new long[] {-1, Long.MAX_VALUE, 1L << 31, 17L << 20}) {
            byte[] bytes = new byte[64];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(claimed);
            Files.write(file, bytes);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Safetensors.read(file))
                    .withMessageContaining("its header would have " + claimed + " bytes of 64");
        }
    }

    @Test
    void aJournalOfOneEndlessLineIsNoJournal() throws IOException {
        Path file = folder.resolve("endless.jsonl");
        Files.writeString(file, "{\"a\":".repeat(200_000) + "\n", StandardCharsets.UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JournalContent.read(file))
                .withMessageContaining("is not a journal of nas4j")
                .withMessageContaining("must nest at most 200 deep");
    }
}
