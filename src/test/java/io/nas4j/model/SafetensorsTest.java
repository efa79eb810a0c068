package io.nas4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nas4j.train.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir Path folder;

    @Test
    void theNumbersAreTheSameAgain() throws IOException {
        Tensor matrix =
                new Tensor("a \"b\"/0", List.of(2L, 3L), new float[] {1, -2, 3.5f, 0, 1e-30f, 7});
        Tensor number = new Tensor("number", List.of(), new float[] {Float.MIN_VALUE});
        Tensor none = new Tensor("none", List.of(0L, 4L), new float[0]);
        Path file = folder.resolve("w.safetensors");
        Safetensors.write(file, List.of(matrix, number, none));
        List<Tensor> read = Safetensors.read(file);
        assertThat(read).extracting(Tensor::name).containsExactly("a \"b\"/0", "number", "none");
        assertThat(read)
                .extracting(Tensor::shape)
                .isEqualTo(List.of(matrix.shape(), number.shape(), none.shape()));
        assertThat(read.get(0).values()).containsExactly(matrix.values());
        assertThat(read.get(1).values()).containsExactly(Float.MIN_VALUE);
    }

    /** The layout that the format's description has: little-endian, numbers behind the header. */
    @Test
    void aFileThatAnotherToolWroteIsRead() throws IOException {
        Path file =
                file(
                        "{\"__metadata__\":{\"format\":\"pt\"},\"b\":{\"dtype\":\"F32\",\"shape\":[1],"
                                + "\"data_offsets\":[4,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],"
                                + "\"data_offsets\":[0,4]}}",
                        8);
        List<Tensor> read = Safetensors.read(file);
        assertThat(read).extracting(Tensor::name).containsExactly("a", "b");
        assertThat(read.get(1).values()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807, 4],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}",
                "{\"a\":7}",
                "[]",
                "not json"
            })
    void aTornOrForeignHeaderIsRefused(String header) throws IOException {
        Path file = file(header, 8);
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever the bytes, reading ends in numbers or in one kind of error, and asks no memory. */
    @Test
    void noBytesDoMoreThanBeRefused() throws IOException {
        Path good = folder.resolve("good");
        Safetensors.write(good, List.of(new Tensor("a", List.of(4L), new float[4])));
        byte[] whole = Files.readAllBytes(good);
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = whole.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path file = folder.resolve("fuzzed");
            Files.write(file, java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length + 8)));
            try {
                Safetensors.read(file);
            } catch (IllegalArgumentException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    private Path file(String header, int bytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer =
                ByteBuffer.allocate(8 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(text.length).put(text);
        for (int i = 0; i < bytes / 4; i++) {
            buffer.putFloat(i);
        }
        Path file = folder.resolve("made.safetensors");
        Files.write(file, buffer.array());
        return file;
    }
}
