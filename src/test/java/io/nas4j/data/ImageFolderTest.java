package io.nas4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {

    @TempDir Path folder;

    @Test
    void aFolderAClassBecomesOneClassEach() throws IOException {
        draw("blue/a.png", 4, 4, Color.BLUE);
        draw("red/b.png", 4, 4, Color.RED);
        draw("red/deeper/c.bmp", 4, 4, Color.RED);
        draw("red/.hidden.png", 4, 4, Color.RED);
        Files.writeString(folder.resolve("red/notes.txt"), "not an image");
        Data data = new ImageFolder().size(2).read(folder);

        assertThat(data.classes()).containsExactly("blue", "red");
        assertThat(data.labels()).containsExactly(0, 1, 1);
        assertThat(data.channels()).isEqualTo(3);
        assertThat(Arrays.copyOf(data.pixels(), 12))
                .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255);
        assertThat(data.notes()).isEmpty();
    }

    /** The middle of a picture that is three times as wide as high. */
    @Test
    void theMiddleSquareIsAveraged() throws IOException {
        BufferedImage image = new BufferedImage(12, 4, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 12; x++) {
            for (int y = 0; y < 4; y++) {
                // outer thirds white; the middle is black on the left and grey on the right
                int value = x < 4 || x > 7 ? 255 : x < 6 ? 0 : 100;
                image.setRGB(x, y, new Color(value, value, value).getRGB());
            }
        }
        write("a/wide.png", image);
        Data data = new ImageFolder().size(2).grey(true).read(folder);
        assertThat(data.pixels()).containsExactly(0, 100, 0, 100);
    }

    @Test
    void whatIsTransparentIsWhite() throws IOException {
        write("a/clear.png", new BufferedImage(2, 2, BufferedImage.TYPE_INT_ARGB));
        assertThat(new ImageFolder().size(1).read(folder).pixels()).containsOnly((byte) 255);
    }

    @Test
    void jpegsAreReadToWithinTheirLoss() throws IOException {
        draw("a/photo.jpg", 32, 32, new Color(200, 40, 90));
        byte[] pixels = new ImageFolder().size(1).read(folder).pixels();
        assertThat(IntStream.range(0, 3).map(i -> pixels[i] & 0xff).toArray())
                .satisfies(rgb -> assertThat(rgb[0]).isBetween(190, 210))
                .satisfies(rgb -> assertThat(rgb[1]).isBetween(30, 50))
                .satisfies(rgb -> assertThat(rgb[2]).isBetween(80, 100));
    }

    @Test
    void foldersTrainAndTestAreTheSplit() throws IOException {
        for (int i = 0; i < 12; i++) {
            draw("train/x/" + i + ".png", 2, 2, Color.RED);
        }
        draw("test/x/1.png", 2, 2, Color.RED);
        draw("test/y/1.png", 2, 2, Color.BLUE);
        draw("train/y/1.png", 2, 2, Color.BLUE);
        Data without = new ImageFolder().read(folder);
        assertThat(without.split().test()).containsExactly(13, 14);
        assertThat(without.split().validation()).hasSize(2);
        draw("val/y/1.png", 2, 2, Color.BLUE);
        Data with = new ImageFolder().read(folder);
        assertThat(with.split().validation()).containsExactly(13);
        assertThat(with.split().test()).containsExactly(14, 15);
    }

    @Test
    void aTornFileIsLeftOutAndNamed() throws IOException {
        for (int i = 0; i < 30; i++) {
            draw("a/" + i + ".png", 2, 2, Color.RED);
        }
        Files.writeString(folder.resolve("a/torn.png"), "no picture at all");
        Data data = Readers.folder(folder);
        assertThat(data.size()).isEqualTo(30);
        assertThat(data.notes()).singleElement().asString().contains("1 of 31", "torn.png");
        assertThat(data).asString().contains("torn.png");
        assertThat(data.split(0.5, 0.25).notes()).isEqualTo(data.notes());
    }

    /** Decoded on several threads: the order is that of the names, also where files are torn. */
    @Test
    void manyImagesKeepTheirOrderAndLabels() throws IOException {
        for (int i = 0; i < 200; i++) {
            String name = (i % 2 == 0 ? "a/" : "b/") + (1000 + i) + ".png";
            draw(name, 2, 2, new Color(i, 255 - i, 7));
            if (i % 50 == 10) {
                Files.write(folder.resolve(name), new byte[] {1, 2, 3});
            }
        }
        Data data = new ImageFolder().size(1).read(folder);
        assertThat(data.size()).isEqualTo(196);
        int at = 0;
        for (int label = 0; label < 2; label++) {
            for (int i = label; i < 200; i += 2) {
                if (i % 50 != 10) {
                    assertThat(data.labels()[at]).isEqualTo(label);
                    assertThat(data.pixels()[3 * at] & 0xff).isEqualTo(i);
                    assertThat(data.pixels()[3 * at + 1] & 0xff).isEqualTo(255 - i);
                    at++;
                }
            }
        }
        assertThat(data.notes().get(0)).contains("4 of 200 files").contains("1010.png");
    }

    @Test
    void tooManyTornFilesAreRefused() throws IOException {
        draw("a/1.png", 2, 2, Color.RED);
        byte[] whole = Files.readAllBytes(folder.resolve("a/1.png"));
        Files.write(folder.resolve("a/half.png"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Readers.folder(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("half.png", "unreadable(0.5)");
        assertThat(new ImageFolder().unreadable(0.5).read(folder).size()).isEqualTo(1);
    }

    @Test
    void aFolderWithoutClassesIsRefused() throws IOException {
        assertThatThrownBy(() -> Readers.folder(folder)).hasMessageContaining("folder a class");
        Files.createDirectories(folder.resolve("empty"));
        assertThatThrownBy(() -> Readers.folder(folder)).hasMessageContaining("holds none");
        assertThatThrownBy(() -> Readers.folder(folder.resolve("missing")))
                .hasMessageContaining("must be a folder");
    }

    private void draw(String name, int width, int height, Color colour) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(colour);
        pen.fillRect(0, 0, width, height);
        pen.dispose();
        write(name, image);
    }

    private void write(String name, BufferedImage image) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()))
                .isTrue();
    }
}
