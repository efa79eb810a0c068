package io.nas4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs no libtorch: a folder is read and written without it. */
class ModelFolderTest {

    private static final int BLOCK = 1024;

    @TempDir Path folder;

    /** However much is free, either the new model is there or the old one is. */
    @Test
    void aFullDiskLeavesTheOldModel() throws IOException {
        NasModel old = SmallModel.of(1);
        NasModel next = SmallModel.of(3);
        boolean refused = false;
        boolean done = false;
        for (int blocks = 30; blocks <= 90; blocks += 3) {
            try (FileSystem disk = disk(blocks)) {
                Path home = disk.getPath("/model");
                old.save(home);
                try {
                    next.save(home);
                    done = true;
                    same(NasModel.load(home), next);
                } catch (IOException e) {
                    refused = true;
                    same(NasModel.load(home), old);
                }
                assertThat(home).isDirectoryNotContaining("glob:**part");
            } catch (IOException tooSmallForTheOldOne) {
                assertThat(done).isFalse();
            }
        }
        assertThat(refused).isTrue();
        assertThat(done).isTrue();
    }

    private static FileSystem disk(int blocks) {
        return Jimfs.newFileSystem(
                Configuration.unix().toBuilder()
                        .setBlockSize(BLOCK)
                        .setMaxSize((long) blocks * BLOCK)
                        .build());
    }

    private static void same(NasModel found, NasModel expected) {
        assertThat(found.card().channels()).isEqualTo(expected.card().channels());
        for (int i = 0; i < expected.weights().size(); i++) {
            assertThat(found.weights().get(i).values())
                    .isEqualTo(expected.weights().get(i).values());
        }
    }

    @Test
    void aModelOfANewerVersionIsRefusedAsSuch() throws IOException {
        Path home = folder.resolve("model");
        SmallModel.of(1).save(home);
        Path card = home.resolve("model.json");
        String text = Files.readString(card);
        Files.writeString(card, text.replaceFirst("\"nas4j\":\\s*\\d+", "\"nas4j\":999"));
        assertThatThrownBy(() -> NasModel.load(home))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("version 999")
                .hasMessageContaining("Try a newer");
    }

    /** Every byte that is cut off or changed is told of in words, by no other exception. */
    @Test
    void anyDamageIsRefused() throws IOException {
        Path home = folder.resolve("model");
        SmallModel.of(1).save(home);
        for (String name : new String[] {"model.json", "weights.safetensors"}) {
            Path file = home.resolve(name);
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length - 1; at += Math.max(1, whole.length / 40)) {
                Files.write(file, Arrays.copyOf(whole, at));
                assertThatThrownBy(() -> NasModel.load(home))
                        .as("%s cut at %d", name, at)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 40)) {
                byte[] flipped = whole.clone();
                flipped[at] ^= 0x80;
                Files.write(file, flipped);
                if (name.endsWith("safetensors")) {
                    assertThatThrownBy(() -> NasModel.load(home))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("damaged");
                } else {
                    refusedOrRead(home);
                }
            }
            Files.write(file, whole);
        }
        same(NasModel.load(home), SmallModel.of(1));
    }

    /** A card is text, and a changed letter of a class's name is a name too. */
    private static void refusedOrRead(Path home) throws IOException {
        try {
            NasModel.load(home);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("(?s).{10,}");
        }
    }
}
